using System.Collections.Immutable;
using Support.Plan;
using Support.Targets;

namespace Support.Sizes;

/// <summary>A case with its runs, what was accepted for it, and its row. Pure.</summary>
internal sealed record JudgedSize(
    SizeCase Case, ImmutableArray<SizeRun> Counted, ImmutableArray<SizeRun> Runs, BaselineEntry? Entry, SizeRow Row)
{
    /// <summary>Whether the gate is about it.</summary>
    internal bool IsGated => Case.Origins.Contains(SizeOrigin.Definition);

    /// <summary>
    /// The run with the least limit among those that have steps; null where the server did not start in any.
    /// </summary>
    internal SizeRun? Lowest => Counted.Where(run => !run.Steps.IsEmpty).MinBy(SizeStatistics.LimitOf);

    /// <summary>
    /// Why the server holds nothing at this size: it started in no run. Null where it did in one, and where none
    /// counts.
    /// </summary>
    internal string? NeverStarted =>
        Counted.All(run => run.NotStarted is not null) ? Counted.FirstOrDefault()?.NotStarted : null;

    /// <summary>
    /// Whether it is one of those that <c>Gate.Accept</c> is about: what was before the change is not what anyone
    /// accepts now.
    /// </summary>
    internal bool IsToBeAccepted => Case.Origins.Any(origin => origin != SizeOrigin.Before);

    /// <summary>Why the runs are not enough to be accepted; null where they are.</summary>
    internal string? NotAcceptable { get; private init; }

    /// <summary>Whether <c>Gate.Accept</c> writes it: what is not written is not forgiven either.</summary>
    internal bool IsAccepted { get; private init; }

    /// <summary>
    /// What differs between what was accepted and what is here; empty where nothing does, or nothing was accepted.
    /// </summary>
    internal ImmutableArray<string> Differences { get; private init; } = [];

    internal static JudgedSize Of(SizeCase one, SizeEvidence evidence)
    {
        ImmutableArray<SizeRun> runs = [.. evidence.Runs.Where(run => run.Label == one.Label)];
        ImmutableArray<SizeRun> counted = [.. runs.Where(run => SizeStatistics.WhyNot(run) is null)];
        var entry = evidence.Lock.File.Find(evidence.Server, one.Label);
        // A run that went wrong, and one that took place nowhere, is no machine that is too small: what was accepted
        // does not stand in for it.
        var standsIn = runs.IsEmpty && one.TooLarge is not null && evidence.Reached.Contains(one.Label);
        var differences = entry is null ? [] : BaselineDifferences.Of(entry.Provenance, one, evidence, standsIn);
        var row = counted.IsEmpty
            ? Unmeasured(one, runs, standsIn && differences.IsEmpty ? entry : null, evidence)
            : Measured(one, counted, evidence);
        var notAcceptable = WhyNotAcceptable(counted, evidence);
        return new(one, counted, runs, entry, row)
        {
            Differences = differences,
            NotAcceptable = notAcceptable,
            IsAccepted = evidence.Gate.Accept && evidence.Lock.Problem is null && notAcceptable is null,
        };
    }

    private static string? WhyNotAcceptable(ImmutableArray<SizeRun> counted, SizeEvidence evidence) =>
        counted.FirstOrDefault(run => run.NotStarted is not null) is { } failed
            ? Say($"in run {failed.Number} the server did not start: {failed.NotStarted}")
            : counted.Length == evidence.Gate.Repeats ? null
            : Say($"{counted.Length} of {evidence.Gate.Repeats} runs count (Gate.Repeats)");

    private static SizeRow Blank(SizeCase one, SizeSource source, SizeEvidence evidence) => new()
    {
        Label = one.Label,
        Size = one.Size,
        Origins = one.Origins,
        Source = source,
        Expected = SizeExpectation.Of(one.Size, evidence.Gate.Expected),
        CostPerMonth = evidence.Plan.Price.CostPerMonth(one.Size),
    };

    private static SizeRow Measured(SizeCase one, ImmutableArray<SizeRun> counted, SizeEvidence evidence)
    {
        var blank = Blank(one, SizeSource.Measured, evidence);
        var limit = SizeStatistics.Interval(counted, one.Declared);
        var (boundBy, typical) = SizeStatistics.Cause(counted);
        ImmutableArray<SizeReadings> readings = [.. counted.Select(SizeReadings.Of)];
        double[] bytes = [.. readings.Select(reading => reading.BytesPerConnection).OfType<double>().Order()];
        return blank with
        {
            Limits = [.. counted.Select(SizeStatistics.LimitOf)],
            Limit = limit,
            MaxReliable = counted.Min(SizeStatistics.MaxReliableOf),
            SafeLimit = counted.Min(SizeStatistics.SafeLimitOf),
            BoundBy = boundBy,
            Cause = typical.NotStarted ?? typical.Verdict.Bottleneck.Cause,
            Next = typical.Verdict.Bottleneck.Next is { Length: > 0 } next ? next : null,
            BytesPerConnection = bytes.Length == 0 ? null : bytes[(bytes.Length - 1) / 2],
            ThrottledShare = readings.Max(reading => reading.ThrottledShare),
            ConnectP95 = counted.Max(SizeStatistics.ConnectP95),
            StartSeconds = counted.Max(run => run.StartSeconds),
            SecondsPerRun = counted.Average(run => run.Seconds),
            CostPerThousand = TaskPrice.CostPerThousand(blank.CostPerMonth, limit.Low),
        };
    }

    private static SizeRow Unmeasured(
        SizeCase one, ImmutableArray<SizeRun> runs, BaselineEntry? accepted, SizeEvidence evidence)
    {
        var cannot = evidence.Reached.Contains(one.Label) ? one.TooLarge ?? Missing(evidence.Cgroups) : null;
        var why = runs.Select(SizeStatistics.WhyNot).FirstOrDefault(fault => fault is not null)
            ?? cannot ?? "no run of it took place";
        if (accepted is null)
            return Blank(one, SizeSource.None, evidence) with { NotMeasured = why };
        var row = Blank(one, SizeSource.Baseline, evidence);
        return row with
        {
            NotMeasured = why,
            Limit = accepted.Limit,
            MaxReliable = accepted.MaxReliable,
            SafeLimit = accepted.SafeLimit,
            BoundBy = accepted.BoundBy,
            BytesPerConnection = accepted.BytesPerConnection,
            CostPerThousand = TaskPrice.CostPerThousand(row.CostPerMonth, accepted.Limit.Low),
        };
    }

    private static string? Missing(CgroupSupport support) =>
        support.Driver == CgroupDriver.None
            ? $"no control group can be made here{(support.Why is { } why ? $": {why}" : "")}"
            : null;
}
