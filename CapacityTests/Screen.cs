using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Reports;
using Support.Reports.Content;
using Support.Run;
using Support.Sizes;
using Support.Verdict;

namespace CapacityTests;

/// <summary>What people see while the run goes on, each line once and as it happens. The list of every check is in the reports.</summary>
internal sealed class Screen : IRunScreen
{
    private string? notAttempted;
    private bool hasSteps;

    public void Report(StepProgress value) => Note(FormattableString.Invariant(
        $"… {value.Sessions,5} sessions: {value.Activity}, {value.Attempted} attempted, {value.Open} open, {value.Elapsed.TotalSeconds:0} s"));

    // One that fails ends the run or misses a gate: the runner names it, and the summary says why.
    public void Show(Finding finding)
    {
        if (finding.Outcome == CheckOutcome.Warning)
            Note(ScreenRows.Check(finding));
    }

    // As above: a reading that is not true breaks the run.
    public void Show(MeterReading reading)
    {
    }

    public void Show(JudgedStep step)
    {
        // What kept every step from running is the summary's to say, and what ended the ladder is said once.
        hasSteps |= step.Result is not null;
        if (hasSteps && (step.Result is not null || step.Reason != notAttempted))
            Note(ScreenRows.Step(step));
        notAttempted = step.Result is null ? step.Reason : null;
    }

    public void Show(string size, JudgedStep step) => Note(ScreenRows.Step(size, step));

    public void Show(string? size, SearchTry tried, SearchTry? before) =>
        Note(size is null ? ScreenRows.Probe(tried, before) : ScreenRows.Probe(size, tried, before));

    public void Show(SizeRun run, int repeats) => Note(ScreenRows.Run(run, repeats));

    public void Show(Publication publication) => Note(ScreenRows.Published(publication));

    public void Show(ServiceMetrics service) => Note(string.Join('\n', ScreenRows.Service(service)));

    public void ShowPause(int sessions, TimeSpan? waited) => Note(waited is { } pause
        ? FormattableString.Invariant($"… {sessions,5} sessions: begins, after a pause of {pause.TotalSeconds:0} s")
        : FormattableString.Invariant($"… {sessions,5} sessions: pause, until the connections of the step before are gone"));

    // At once, and of a level of its own: what a test leaves as its output comes when it ends, and is for the TRX.
    public void Note(string line) => TestContext.Error.WriteLine(line);

    public void Close(CapacityReport report, string directory)
    {
        Note("\n" + string.Join('\n', ScreenRows.Summary(report, Page(directory))));
        // The one line of it is for whoever reads the TRX.
        if (TestContext.CurrentContext.Test.MethodName is not null)
            TestContext.Out.Write(VerdictLine.Of(report));
    }

    // As it is opened from the folder in which the run was started.
    private static string Page(string directory)
    {
        var page = Path.Combine(directory, "capacity.html");
        var here = Path.GetRelativePath(Suite.BaseDirectory, page);
        return here.StartsWith("..", StringComparison.Ordinal) ? page : here;
    }
}
