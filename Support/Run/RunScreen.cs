using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Files;
using Support.Sizes;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// What a person sees of a run: steps and probes as they happen, checks where they warn, one summary at the end, and
/// nothing twice. The list of every check is in the reports.
/// </summary>
/// <param name="write">Writes one or more lines at once; may be called from several threads.</param>
/// <param name="baseDirectory">
/// The folder that the run was started in: paths below it are shown as they are opened there.
/// </param>
public sealed class RunScreen(Action<string> write, string baseDirectory) : IRunScreen
{
    private volatile bool hasSteps;
    private volatile string? notAttempted;

    /// <inheritdoc />
    public void Report(StepProgress value) => write(ScreenRows.Progress(value));

    /// <inheritdoc />
    // One that fails before the first step is why there is none: the summary says so, and comes at once.
    public void Show(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.Outcome == CheckOutcome.Warning || (finding.Outcome == CheckOutcome.Critical && hasSteps))
            write(string.Join('\n', ScreenRows.Check(finding)));
    }

    /// <inheritdoc />
    public void Show(JudgedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        hasSteps |= step.Result is not null;
        // What kept every step from running is the summary's to say, and what ended the ladder is said once.
        if (hasSteps && (step.Result is not null || step.Reason != notAttempted))
            write(ScreenRows.Step(step));
        notAttempted = step.Result is null ? step.Reason : null;
    }

    /// <inheritdoc />
    public void Show(string size, JudgedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        hasSteps |= step.Result is not null;
        write(ScreenRows.Step(size, step));
    }

    /// <inheritdoc />
    public void Show(string? size, SearchProbe probe, SearchProbe? before) =>
        write(size is null ? ScreenRows.Probe(probe, before) : ScreenRows.Probe(size, probe, before));

    /// <inheritdoc />
    public void Show(SizeRun run, int repeats) => write(ScreenRows.Run(run, repeats));

    /// <inheritdoc />
    public void Show(Publication publication) => write(ScreenRows.Published(publication));

    /// <inheritdoc />
    public void Show(ServiceMetrics service) => write(string.Join('\n', ScreenRows.Service(service)));

    /// <inheritdoc />
    public void ShowPause(int sessions, TimeSpan? waited) => write(ScreenRows.Pause(sessions, waited));

    /// <inheritdoc />
    public void Note(string line) => write(line);

    /// <inheritdoc />
    public void Close(CapacityReport report, string directory) =>
        write("\n" + string.Join('\n', ScreenRows.Summary(report, Page(directory))));

    private string Page(string directory)
    {
        var page = Path.Combine(directory, ReportWriter.PageFile);
        var here = Path.GetRelativePath(baseDirectory, page);
        return here.StartsWith("..", StringComparison.Ordinal) ? page : here;
    }
}
