using System.Collections.Immutable;
using Support.Reports.Content;
using Support.Reports.Data;
using Support.Reports.Documents;

namespace Support.Reports.Files;

/// <summary>Writes every format of a finished report. One that fails does not take the others with it.</summary>
internal static class ReportWriter
{
    /// <summary>The variable in which GitHub Actions names the file of the job's summary.</summary>
    public const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>The page for a person.</summary>
    internal const string PageFile = "capacity.html";

    /// <summary>The formats, in the order in which they are written: the one for machines first.</summary>
    internal static ImmutableArray<ReportFormat> Formats { get; } =
    [
        new("capacity.json", DataJson.Render), new("capacity.md", Markdown),
        new(PageFile, report => HtmlRenderer.Render(ReportContent.Of(report))), new("junit.xml", JUnitReport.Render),
    ];

    /// <summary>
    /// Writes all of <see cref="Formats"/>, and adds the Markdown to the job's summary where the environment names one.
    /// </summary>
    /// <param name="report">The finished report.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="environment">The environment variables of the process.</param>
    /// <returns>The files, and every problem: a problem must fail the run, as evidence is missing.</returns>
    public static WrittenReports Write(
        CapacityReport report, ReportFolder folder, IReadOnlyDictionary<string, string> environment) =>
        Write(report, folder, environment, Formats);

    internal static WrittenReports Write(
        CapacityReport report, ReportFolder folder, IReadOnlyDictionary<string, string> environment,
        ImmutableArray<ReportFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(environment);
        var files = ImmutableArray.CreateBuilder<string>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var format in formats)
            Attempt(format.FileName, problems, () => files.Add(folder.Write(format.FileName, format.Render(report))));

        if (environment.TryGetValue(SummaryVariable, out var summary) && summary.Length > 0)
            Attempt(SummaryVariable, problems, () => ReportFolder.AppendTo(summary, Markdown(report)));
        return new WrittenReports(files.ToImmutable(), problems.ToImmutable());
    }

    private static string Markdown(CapacityReport report) => MarkdownRenderer.Render(ReportContent.Of(report));

    private static void Attempt(string name, ImmutableArray<string>.Builder problems, Action write)
    {
        try
        {
            write();
        }
        catch (ReportWriteException problem)
        {
            problems.Add($"{name}: {problem.Message}");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            problems.Add(
                $"{name} could not be made, a fault of the suite itself: {fault.GetType().Name}: {fault.Message}");
        }
    }
}

/// <summary>One file form of a finished report.</summary>
/// <param name="FileName">The name of its file in the reports folder.</param>
/// <param name="Render">
/// The whole text of the file, with LF line ends and a final one; the same in every culture.
/// </param>
internal sealed record ReportFormat(string FileName, Func<CapacityReport, string> Render);

/// <summary>What was written, and what could not be.</summary>
/// <param name="Files">The paths of the files, in the order of the formats.</param>
/// <param name="Problems">One sentence each; empty where everything was written.</param>
internal sealed record WrittenReports(ImmutableArray<string> Files, ImmutableArray<string> Problems);
