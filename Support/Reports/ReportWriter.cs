using System.Collections.Immutable;

namespace Support.Reports;

/// <summary>Writes every format of a finished report. One that fails does not take the others with it.</summary>
public static class ReportWriter
{
    /// <summary>The variable in which GitHub Actions names the file of the job's summary.</summary>
    public const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>The formats, in the order in which they are written: the one for machines first.</summary>
    public static ImmutableArray<IReportFormat> Formats { get; } = [new JsonReport(), new MarkdownReport(), new HtmlReport(), new JUnitReport()];

    /// <summary>Writes all of <see cref="Formats"/>, and adds the Markdown to the job's summary where the environment names one.</summary>
    /// <param name="report">The finished report.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="environment">The environment variables of the process.</param>
    /// <returns>The files, and every problem: a problem must fail the run, as evidence is missing.</returns>
    public static WrittenReports Write(CapacityReport report, ReportFolder folder, IReadOnlyDictionary<string, string> environment) =>
        Write(report, folder, environment, Formats);

    internal static WrittenReports Write(
        CapacityReport report, ReportFolder folder, IReadOnlyDictionary<string, string> environment, ImmutableArray<IReportFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(environment);
        var files = ImmutableArray.CreateBuilder<string>();
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var format in formats)
            Attempt(format.FileName, problems, () => files.Add(folder.Write(format.FileName, format.Render(report))));

        if (environment.TryGetValue(SummaryVariable, out var summary) && summary.Length > 0)
            Attempt(SummaryVariable, problems, () => ReportFolder.AppendTo(summary, new MarkdownReport().Render(report)));
        return new WrittenReports(files.ToImmutable(), problems.ToImmutable());
    }

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
            problems.Add($"{name} could not be made, a fault of the suite itself: {fault.GetType().Name}: {fault.Message}");
        }
    }
}
