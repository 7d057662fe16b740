using Support.Ecs;
using NUnit.Framework;
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

/// <summary>
/// What people see while the run goes on. What happens inside of a test is shown at once; what a test comes to, is its
/// output, which the
/// runner shows as the test ends and keeps in the TRX: shown as progress as well, it would stand on the screen twice.
/// </summary>
internal sealed class Screen : IRunScreen
{
    public void Report(StepProgress value) => Note(FormattableString.Invariant(
        $"… {value.Sessions,5} sessions: {value.Activity}, {value.Attempted} attempted, {value.Open} open, ")
        + FormattableString.Invariant($"{value.Elapsed.TotalSeconds:0} s"));

    public void Show(Finding finding)
    {
        var mark = finding.Outcome switch { CheckOutcome.Passed => "✓", CheckOutcome.Warning => "!", _ => "✗" };
        // The runner shows the reason of a skipped test itself.
        if (finding.Outcome != CheckOutcome.NotApplicable)
            Note($"{mark} {finding.Title}: {finding.Actual}");
        if (finding is { Outcome: CheckOutcome.Warning or CheckOutcome.Critical, Next.Length: > 0 })
            Note($"  next: {finding.Next}");
    }

    public void Show(MeterReading reading) => Note(SelfTest.Row(reading));

    public void Show(JudgedStep step) => TestContext.Out.Write(ScreenRows.Step(step));

    public void Show(string size, JudgedStep step) => Note(ScreenRows.Step(size, step));

    public void Show(string? size, SearchTry tried, SearchTry? before) =>
        Note(size is null ? ScreenRows.Probe(tried, before) : ScreenRows.Probe(size, tried, before));

    public void Show(SizeRun run, int repeats) => TestContext.Out.Write(ScreenRows.Run(run, repeats));

    public void Show(Publication publication) => TestContext.Out.Write(ScreenRows.Published(publication));

    public void Show(ServiceMetrics service) => TestContext.Out.Write(string.Join('\n', ScreenRows.Service(service)));

    public void ShowPause(int sessions, TimeSpan? waited) => Note(waited is { } pause
        ? FormattableString.Invariant($"… {sessions,5} sessions: begins, after a pause of {pause.TotalSeconds:0} s")
        : FormattableString.Invariant(
            $"… {sessions,5} sessions: pause, until the connections of the step before are gone"));

    public void Note(string line) => TestContext.Progress.WriteLine(line);

    public void Close(CapacityReport report, string directory)
    {
        var lines = ScreenRows.Summary(report, directory);
        // No line end after the last: the screen adds one. Outside of a test nobody shows its output.
        if (TestContext.CurrentContext.Test.MethodName is not null)
            TestContext.Out.Write(string.Join('\n', [.. lines, VerdictLine.Of(report)]));
        else
            lines.ToList().ForEach(Note);
    }
}
