using System.Globalization;
using System.Text;
using Support.Pool;
using Support.Verdict;

namespace Support.Tests.Docs;

/// <summary><c>docs/symptoms.md</c>: the fault matrix by what a report says.</summary>
internal static class SymptomsPage
{
    private const string Head = """
        # Symptoms

        Look up what a report says under `failures`, or in the bottleneck's evidence. Each row was produced by a real server or
        process and recognised by class and side (`Support.Tests/Verdict/Matrix`), but for parts of 25 to 27: an address without ports stands for a range
        that is used up, and the figures of throttling and memory are given to the judge. 28 and 29 are done by `.ci/checks/kills.mjs`. The number is that of the fault matrix which the suite was built against.
        The side can change with what else is known: figures of the server or of this machine come before the class.

        This page is generated from the code.

        """;

    public static void AssertCurrent() => Documents.AssertWritten("docs/symptoms.md", Render());

    private static string Explained(FailureExplanation row) =>
        $"{Sentence(row.Cause)} {row.Next}{OnceOpened(row.NextOnceOpened)}\n\n";

    private static string OnceOpened(string? next) =>
        next is null ? "" : $" Where connections opened before: {char.ToLowerInvariant(next[0])}{next[1..]}";

    private static string Render()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var rows in FaultCatalog.All.GroupBy(row => row.Class)
            .OrderBy(group => group.Key == FaultCatalog.NoClass).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            var none = rows.Key == FaultCatalog.NoClass;
            page.Append(none ? "\n## No failure class\n\n" : $"\n## `{rows.Key}`\n\n");
            page.Append(none
                ? "Nothing fails for these.\n\n"
                : Explained(FailureExplanations.Of(FailureClass.Parse(rows.Key))));
            page.Append(
                "| what happens | whose limit | what the suite says and does | no. |\n| --- | --- | --- | --- |\n");
            foreach (var row in rows)
                page.Append(CultureInfo.InvariantCulture, $"| {row.Behaviour} | "
                    + $"{row.Side.ToString().ToLowerInvariant()} | {row.Says} | "
                    + $"{row.Number?.ToString(CultureInfo.InvariantCulture) ?? "–"} |\n");
        }

        return page.ToString();
    }

    private static string Sentence(string cause) => $"{char.ToUpperInvariant(cause[0])}{cause[1..]}.";
}
