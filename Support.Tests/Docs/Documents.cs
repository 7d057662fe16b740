using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Docs;

/// <summary>The repository's documents, taken apart as far as the tests need it.</summary>
internal static partial class Documents
{
    /// <summary>The folder of Tests.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name)).ReplaceLineEndings("\n");

    /// <summary>
    /// A file that the code writes is what stands in the repository; <c>ACCEPT_SAMPLE=1</c> writes it anew.
    /// </summary>
    public static void AssertWritten(string name, string text)
    {
        var path = Path.Combine(Root, name);
        if (Environment.GetEnvironmentVariable("ACCEPT_SAMPLE") == "1")
            new ReportFolder(Path.GetDirectoryName(path)!).Write(Path.GetFileName(path), text);
        Assert.That(
            File.Exists(path)
                ? Text(name)
                : "", Is.EqualTo(text), $"{name} differs. If that is meant: ACCEPT_SAMPLE=1 dotnet test Support.Tests");
    }

    /// <summary>
    /// What the code writes stands in a document between the lines <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name
    /// --&gt;</c>;
    /// <c>ACCEPT_SAMPLE=1</c> writes it anew.
    /// </summary>
    public static void AssertWrittenBetween(string document, string name, string text) =>
        AssertWritten(document,
            Text(document)
            .Replace($"<!-- {name} -->\n{Between(document, name)}", $"<!-- {name} -->\n{text}",
            StringComparison.Ordinal));

    /// <summary>What stands between the lines <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    public static string Between(string document, string name)
    {
        var (start, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
        var text = Text(document);
        var from = text.IndexOf(start, StringComparison.Ordinal);
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.That(from >= 0 && to > from, Is.True, $"{document} has no lines {start.Trim()} and {end}.");
        return text[(from + start.Length)..to];
    }

    /// <summary>Every line of every shell block, comments removed.</summary>
    public static string[] Commands(string document) => Lines(ShellBlocks().Matches(Text(document)));

    /// <summary>Every line of the shell blocks that are marked as run by CI.</summary>
    public static string[] CommandsThatCiRuns(string document) => Lines(BlocksThatRun().Matches(Text(document)));

    /// <summary>What links point at, those to other sites left out.</summary>
    public static string[] LinkedFiles(string document) =>
        [.. Links().Matches(Text(document)).Select(link => link.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal))];

    private static string[] Lines(MatchCollection blocks) =>
    [
        .. blocks.SelectMany(block => block.Groups["lines"].Value.Split('\n'))
            .Select(line => Comment().Replace(line, "").Trim())
            .Where(line => line.Length > 0),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tests.sln"))) folder = folder.Parent;
        return folder?.FullName
            ?? throw new DirectoryNotFoundException("There is no Tests.sln above the test assembly.");
    }

    [GeneratedRegex(@"```sh\n(?<lines>[\s\S]*?)```")]
    private static partial Regex ShellBlocks();

    [GeneratedRegex(@"<!-- run -->\n```sh\n(?<lines>[\s\S]*?)```")]
    private static partial Regex BlocksThatRun();

    [GeneratedRegex(@"\]\((?<to>[^)#]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"(^|\s+)#.*$")]
    private static partial Regex Comment();
}
