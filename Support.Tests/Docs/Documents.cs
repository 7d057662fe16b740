using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Docs;

/// <summary>The repository's documents, taken apart as far as the tests need it.</summary>
internal static partial class Documents
{
    // Tests run side by side, and two may write to one page.
    private static readonly Lock Writing = new();

    /// <summary>The folder of Tests.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Text(string name) => File.ReadAllText(Path.Combine(Root, name)).ReplaceLineEndings("\n");

    /// <summary>Asserts that a file of the repository is what the code writes; see <see cref="Accept"/>.</summary>
    /// <param name="name">From the root, as in <c>docs/checks.md</c>.</param>
    /// <param name="text">What the code writes.</param>
    public static void AssertWritten(string name, string text) => AssertWritten(name, () => text);

    /// <summary>Asserts that the part between two markers of a page is what the code writes.</summary>
    /// <param name="page">From the root, as in <c>docs/results.md</c>.</param>
    /// <param name="part">The markers' name; see <see cref="Between"/>.</param>
    /// <param name="text">What the code writes.</param>
    public static void AssertWrittenBetween(string page, string part, string text) => AssertWritten(page, () =>
    {
        var (document, marker) = (Text(page), $"<!-- {part} -->\n");
        var start = document.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
        return document[..start] + text + document[(start + Between(page, part).Length)..];
    });

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

    private static void AssertWritten(string name, Func<string> wanted)
    {
        var path = Path.Combine(Root, name);
        string Now() => File.Exists(path) ? Text(name) : "";
        if (Accept.IsWanted)
        {
            lock (Writing)
                new ReportFolder(Path.GetDirectoryName(path)!).Write(Path.GetFileName(path), wanted());
        }

        Assert.That(Now(), Is.EqualTo(wanted()), $"{name} differs. If that is meant: {Accept.Command}");
    }

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
