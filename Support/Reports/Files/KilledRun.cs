using Support.Host;
using Support.Reports.Documents;
using static Support.Reports.Content.Numbers;

namespace Support.Reports.Files;

/// <summary>What the log of an earlier run says of it, and how far it came where it was killed.</summary>
internal static class KilledRun
{
    /// <summary>The finding's id.</summary>
    public const string Id = "Run.EarlierKilled";

    /// <summary>The finding for a report; a warning, for it says nothing about the run that reports it.</summary>
    /// <param name="killed">What the run left.</param>
    /// <param name="keptIn">The file that holds it now.</param>
    public static Finding Finding(StepsLogContent killed, string keptIn)
    {
        ArgumentNullException.ThrowIfNull(killed);
        return new(
            Id,
            "Earlier run came to its end",
            CheckOutcome.Warning,
            "a log that ends with the line \"complete\"",
            $"an earlier run ({killed.Header?.Id ?? "its id is lost"}) was killed "
            + $"{Where(killed)}; what it measured is in {keptIn}",
            "Look for what ended it: out of memory, a time limit of the CI system, or a task that was stopped.");
    }

    /// <summary>The run that a report tells of which is made anew from its log.</summary>
    public static RebuiltFrom Rebuilt(StepsLogContent log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new(
            log.Header?.Id,
            log.Header?.StartedAt,
            log.Steps.LastOrDefault(step => step.Result is not null)?.Sessions,
            log.SearchEnd is null ? log.Probes.LastOrDefault()?.Number : null,
            log.Complete,
            log.Interrupted)
        {
            AtSize = AtSize(log),
        };
    }

    /// <summary>How far it came, as in <c>after the step of 200 sessions</c>.</summary>
    public static string Where(StepsLogContent killed)
    {
        ArgumentNullException.ThrowIfNull(killed);
        if (AtSize(killed) is { } at)
            return at;
        if (killed.Probes is [.., var tried])
            return $"after probe {Digits(tried.Number)} of the search";
        return killed.Steps.LastOrDefault(step => step.Result is not null) is { } last
            ? $"after the step of {Digits(last.Sessions)} sessions"
            : "before its first step ended";
    }

    /// <summary>
    /// How far it came at task sizes, as in <c>at 256/512, run 2, after try 3 of its search</c>; null where it measured
    /// at none.
    /// </summary>
    private static string? AtSize(StepsLogContent log)
    {
        // The lines of a run come before the one that ends it, so the last of them that no run claims is of the one
        // under way.
        var (step, tried, run) =
            (log.SizeSteps.LastOrDefault(), log.SizeProbes.LastOrDefault(), log.SizeRuns.LastOrDefault());
        if (tried is not null && IsUnderWay(log, tried.Label, tried.Run))
            return $"at {At(tried.Label, tried.Run)}, after probe {Digits(tried.Probe.Number)} of its search";
        if (step is not null && IsUnderWay(log, step.Label, step.Run))
            return $"at {At(step.Label, step.Run)}, after its step of {Digits(step.Step.Sessions)} sessions";
        return run is null ? null : $"after run {Digits(run.Number)} at {PlainText.Line(run.Label)}";
    }

    private static string At(string label, int run) => $"{PlainText.Line(label)}, run {Digits(run)}";

    private static bool IsUnderWay(StepsLogContent log, string label, int run) =>
        !log.SizeRuns.Any(one => one.Label == label && one.Number == run);
}
