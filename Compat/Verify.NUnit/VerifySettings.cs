using System.Text;

namespace VerifyTests;

/// <summary>How one text is compared: the part of the package's settings that names files and scrubs lines.</summary>
public sealed class VerifySettings
{
    private readonly List<Action<StringBuilder>> scrubbers = [];

    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    internal string? TypeName { get; private set; }

    internal string? MethodName { get; private set; }

    internal string? ParametersText { get; private set; }

    internal object?[]? Parameters { get; private set; }

    /// <summary>Kept for whoever debugs a test: the stand-in never starts a diff tool, whatever this says.</summary>
    internal bool DiffDisabled { get; private set; }

    /// <summary>The folder of the files; relative to the folder of the calling source file.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>The whole name of the files up to <c>.received</c> and <c>.verified</c>.</summary>
    public void UseFileName(string fileName) => FileName = fileName;

    /// <summary>Stands in for the name of the test class.</summary>
    public void UseTypeName(string name) => TypeName = name;

    /// <summary>Stands in for the name of the test method.</summary>
    public void UseMethodName(string name) => MethodName = name;

    /// <summary>Stand in for the arguments of the test, from the first parameter on.</summary>
    public void UseParameters(params object?[] parameters) => Parameters = parameters;

    /// <summary>Stands in for all of the parameters.</summary>
    public void UseTextForParameters(string parametersText) => ParametersText = parametersText;

    /// <summary>Asks for what the stand-in does anyway: no diff tool is ever started.</summary>
    public void DisableDiff() => DiffDisabled = true;

    /// <summary>
    /// Changes the received text before it is compared. The scrubber added last runs first, as in the package.
    /// </summary>
    public void AddScrubber(Action<StringBuilder> scrubber)
    {
        ArgumentNullException.ThrowIfNull(scrubber);
        scrubbers.Insert(0, scrubber);
    }

    /// <summary>Replaces each line by what the function gives; null leaves the line out.</summary>
    public void ScrubLinesWithReplace(Func<string, string?> replaceLine)
    {
        ArgumentNullException.ThrowIfNull(replaceLine);
        AddScrubber(text =>
        {
            var lines = text.ToString().Split('\n').Select(replaceLine).Where(line => line is not null);
            var replaced = string.Join('\n', lines);
            text.Clear().Append(replaced);
        });
    }

    internal string Scrub(string text)
    {
        // Form feeds and the line ends of Unicode stay, as in the package.
        var builder = new StringBuilder(text).Replace("\r\n", "\n").Replace('\r', '\n');
        foreach (var scrubber in scrubbers)
            scrubber(builder);
        return builder.ToString();
    }
}
