using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Tests.Docs;

namespace Support.Tests.HouseRules;

/// <summary>A file of the repository.</summary>
/// <param name="Path">Below the root, with slashes.</param>
/// <param name="Text">Its text, with plain line ends.</param>
internal sealed record Source(string Path, string Text)
{
    public string[] Lines => Text.TrimEnd('\n').Split('\n');

    /// <summary>The first folder.</summary>
    public string Project => Path.Split('/')[0];

    /// <summary>The second folder.</summary>
    public string Room => Path.Split('/')[1];

    /// <summary>The code alone: comments and the insides of texts are blank, line breaks stay.</summary>
    public string Code => SourceText.WithoutCommentsAndTexts(Text);

    public override string ToString() => Path;
}

/// <summary>
/// The files that the house rules are about: what is committed, found without git, so that an archive can be tested as
/// well.
/// </summary>
internal static partial class Sources
{
    private static readonly string[] Made =
        ["bin", "obj", ".git", ".vs", ".idea", "node_modules", "TestResults", "latest"];
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".rsp",
            ".sln", ".md", ".json", ".jsonl", ".mjs", ".xml", ".html", ".txt", ".runsettings", ".yml", ".yaml", ""];

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<Source> All { get; } = [.. Read(new DirectoryInfo(Documents.Root), "")];

    /// <summary>Every file of C#.</summary>
    public static IReadOnlyList<Source> Code { get; } =
        [.. All.Where(source => source.Path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>C# below a folder.</summary>
    public static IEnumerable<Source> CodeIn(string project) => Code.Where(source => source.Project == project);

    /// <summary>Asserts that no line of the files has a match; each that has is named.</summary>
    public static void AssertNone(IEnumerable<Source> sources, Regex pattern, Func<Source, string>? text = null)
    {
        var found = sources.SelectMany(source => (text?.Invoke(source) ?? source.Text).Split('\n')
            .Select((line, index) => (line, index))
            .Where(item => pattern.IsMatch(item.line))
            .Select(item => $"{source.Path}:{item.index + 1}: {source.Text.Split('\n')[item.index].Trim()}"));
        Assert.That(found, Is.Empty);
    }

    private static IEnumerable<Source> Read(DirectoryInfo folder, string path)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => TextEndings.Contains(file.Extension)
            && !file.Name.EndsWith(".received", StringComparison.Ordinal)))
            yield return new(path + file.Name, File.ReadAllText(file.FullName).ReplaceLineEndings("\n"));
        // Below reports only the sample is committed; an image that was built there has pipes and devices, and reading
        // one never ends.
        foreach (var source in folder.EnumerateDirectories()
            .Where(below => !Made.Contains(below.Name) && (path != "reports/" || below.Name == "sample"))
            .SelectMany(below => Read(below, $"{path}{below.Name}/")))
            yield return source;
    }
}

/// <summary>C# with what is not code blanked out; near enough to the language for rules, no parser.</summary>
internal static partial class SourceText
{
    public static string WithoutCommentsAndTexts(string text) => NotCode().Replace(text, match =>
    {
        var blank = new StringBuilder(match.Length);
        foreach (var character in match.ValueSpan)
            blank.Append(character == '\n' ? '\n' : ' ');
        return blank.ToString();
    });

    // Raw texts, comments, verbatim texts, characters, texts.
    [GeneratedRegex(
        """""
        "{3}[\s\S]*?"{3}|//[^\n]*|/\*[\s\S]*?\*/|\$?@\$?"(?:[^"]|"")*"|'(?:\\.[^'\n]*|[^'\\\n])'|"(?:\\.|[^"\\\n])*"
        """"")]
    private static partial Regex NotCode();
}
