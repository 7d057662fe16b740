using System.Collections.Immutable;
using Support.Measuring;
using Support.Verdict;

namespace Support.Reports;

/// <summary>The verdict in the words that every format uses.</summary>
internal static class VerdictWords
{
    internal static string Outcome(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Passed => "Passed",
        RunOutcome.Failed => "Failed",
        RunOutcome.NotAttempted => "Nothing attempted",
        _ => "Broken",
    };

    internal static string Outcome(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Reliable => "reliable",
        StepOutcome.Unreliable => "unreliable",
        _ => "not attempted",
    };

    /// <summary>The sign beside a step, so that colour is never the only one.</summary>
    internal static string Mark(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Reliable => "✓",
        StepOutcome.Unreliable => "✗",
        _ => "–",
    };

    internal static string Side(BottleneckSide side) => side switch
    {
        BottleneckSide.Server => "the server under test",
        BottleneckSide.Client => "the suite or its machine, not the server",
        BottleneckSide.Path => "the path between suite and server",
        BottleneckSide.Configuration => "the configuration",
        _ => "none",
    };

    /// <summary>Whose limit it was, in one sentence below the number; null where there is no number.</summary>
    internal static string? Whose(RunVerdict verdict) => (verdict.Bottleneck.Side, NothingMeasured(verdict)) switch
    {
        (_, true) => null,
        (BottleneckSide.Server, _) => "The server under test set the limit.",
        (BottleneckSide.Client, _) => "The server may hold more: no capacity of it is claimed.",
        (BottleneckSide.Path, _) => "The limit lies on the path between suite and server.",
        (BottleneckSide.Configuration, _) => "The configuration set the limit, not the server.",
        _ when verdict.Outcome == RunOutcome.Broken => null,
        _ => "No limit was met: the server may hold more.",
    };

    internal static bool NothingMeasured(RunVerdict verdict) => verdict.HeldAtOnce is null;

    /// <summary>Whether what was measured is what this side could do: then no number of it is a capacity of the server.</summary>
    internal static bool ClientWasTheLimit(RunVerdict verdict) => verdict is { Bottleneck.Side: BottleneckSide.Client, HeldAtOnce: > 0 };

    /// <summary>As in <c>at least 12000; this client was the limit</c>.</summary>
    internal static string AtLeast(RunVerdict verdict) => $"at least {Words.Plain(verdict.HeldAtOnce ?? 0)}; {Client}";

    /// <summary>What is said beside every number that the client's own limit made too low.</summary>
    internal const string Client = "this client was the limit";

    /// <summary>The number, and that it is a lower bound where it is one; what is no number stays as it is.</summary>
    internal static string OrMore(RunVerdict verdict, string number) =>
        ClientWasTheLimit(verdict) && number.Any(char.IsDigit) ? $"{number} or more" : number;

    /// <summary>As in <c>~200</c>.</summary>
    internal static string MaxReliable(RunVerdict verdict) => verdict.MaxReliable switch
    {
        null => "not measured",
        0 => "none",
        { } sessions => "~" + Words.Plain(sessions),
    };

    internal static string BoundBy(RunVerdict verdict) => (verdict.Bottleneck.Side, NothingMeasured(verdict)) switch
    {
        (BottleneckSide.None, true) => "not known: nothing was measured",
        (BottleneckSide.None, false) when verdict.Outcome == RunOutcome.Broken => $"not known: {Words.OneLine(verdict.Bottleneck.Cause)}",
        (BottleneckSide.None, false) when verdict.Bottleneck.Cause.Length == 0 => "nothing: no limit was met",
        (BottleneckSide.None, false) => $"nothing: {Words.OneLine(verdict.Bottleneck.Cause)}",
        var (side, _) => $"{Side(side)}: {Words.OneLine(verdict.Bottleneck.Cause)}",
    };

    /// <summary>As in <c>8 for 10,000 connections (6 by the buffer alone), 2,000 a task, buffer 1.2</c>.</summary>
    internal static string Tasks(CapacityReport report)
    {
        var plan = report.Plan;
        var wanted = $"{Words.Count(plan.TargetConnections)} connections";
        if ((plan.Desired ?? plan.TasksNeeded) is not { } tasks)
            return $"not known for {wanted}: no safe limit was measured{(ClientWasTheLimit(report.Verdict) ? $"; {Client}" : "")}";
        // More would fit in a task than was seen, so fewer tasks may do.
        var (most, least, why) = PlanWords.IsAtMost(report) ? ("at most ", " or more", $"; {PlanWords.Fewer(report)}") : ("", "", "");
        var alone = PlanWords.Alone(plan) is { Length: > 0 } words ? $" ({words})" : "";
        var each = plan.ConnectionsPerTask is { } safe ? $", {Words.Count(safe)}{least} a task" : "";
        var doubt = PlanWords.Doubt(plan) is null ? "" : "; in doubt, see the plan";
        return $"{most}{Words.Count(tasks)} for {wanted}{alone}{each}, buffer {Words.Number(plan.Buffer)}{why}{doubt}";
    }

    /// <summary>Why the report is not that of a whole run; null where it is.</summary>
    internal static string? Incomplete(CapacityReport report) => report switch
    {
        { Rebuilt: { } earlier } => earlier.ToString(),
        { Complete: false } => $"stopped early: {(report.Interrupted is { } by ? Words.OneLine(by) : "cause not known")}",
        _ => null,
    };

    /// <summary>As in <c>350 of 500 held (70.0%)</c>.</summary>
    internal static string Held(StepResult result) =>
        $"{Words.Count(result.Held)} of {Words.Count(result.Attempted)} held ({Words.Percent(result.Held, result.Attempted)}%)";

    /// <summary>Why a step is not reliable; the judge's words where it gave any.</summary>
    internal static string Reason(JudgedStep step) =>
        Words.OneLine(step.Reason) is { Length: > 0 } reason ? reason : step.Result is { } result ? Held(result) : "no reason was given";

    internal static string Reasons(ImmutableArray<string> reasons) => string.Join("; ", reasons.Select(Words.OneLine));
}
