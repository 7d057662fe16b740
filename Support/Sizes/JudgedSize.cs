using System.Collections.Immutable;
using Support.Plan;
using Support.Targets.Groups;

namespace Support.Sizes;

/// <summary>A case with its runs, what was accepted for it, and its row. Pure.</summary>
internal sealed record JudgedSize(SizeCase Case, ImmutableArray<SizeRun> Counted, ImmutableArray<SizeRun> Runs, LockEntry? Entry, SizeRow Row)
{
    /// <summary>Whether the gate is about it.</summary>
    internal bool IsGated => Case.Origins.Contains(SizeOrigin.Definition);

    /// <summary>The run with the least limit; null where none counts.</summary>
    internal SizeRun? Lowest => Counted.IsEmpty ? null : Counted.MinBy(SizeStatistics.LimitOf);

    /// <summary>What differs between what was accepted and what is here; empty where nothing does, or nothing was accepted.</summary>
    internal ImmutableArray<string> Differences { get; private init; } = [];

    internal static JudgedSize Of(SizeCase one, SizeEvidence evidence)
    {
        ImmutableArray<SizeRun> runs = [.. evidence.Runs.Where(run => run.Label == one.Label)];
        ImmutableArray<SizeRun> counted = [.. runs.Where(run => SizeStatistics.WhyNot(run) is null)];
        var entry = evidence.Lock.File.Find(evidence.Server, one.Label);
        var differences = entry is null ? [] : LockDifferences.Of(entry.Provenance, one, evidence);
        var row = counted.IsEmpty ? Unmeasured(one, runs, differences.IsEmpty ? entry : null, evidence) : Measured(one, counted, evidence);
        return new(one, counted, runs, entry, row) { Differences = differences };
    }

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
        ImmutableArray<SizeReadings> readings = [.. counted.Select(evidence.Readings)];
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
            CostPerThousand = TaskPrices.CostPerThousand(blank.CostPerMonth, limit.Low),
        };
    }

    private static SizeRow Unmeasured(SizeCase one, ImmutableArray<SizeRun> runs, LockEntry? accepted, SizeEvidence evidence)
    {
        var cannot = one.TooLarge ?? Missing(evidence.Ability);
        var why = runs.Select(SizeStatistics.WhyNot).FirstOrDefault(fault => fault is not null) ?? cannot ?? "no run of it took place";
        // A run that went wrong is no machine that is too small: what was accepted does not stand in for it.
        if (accepted is null || cannot is null || !runs.IsEmpty)
            return Blank(one, SizeSource.None, evidence) with { NotMeasured = why };
        var row = Blank(one, SizeSource.LockFile, evidence);
        return row with
        {
            NotMeasured = why,
            Limit = accepted.Limit,
            MaxReliable = accepted.MaxReliable,
            SafeLimit = accepted.SafeLimit,
            BoundBy = accepted.BoundBy,
            BytesPerConnection = accepted.BytesPerConnection,
            CostPerThousand = TaskPrices.CostPerThousand(row.CostPerMonth, accepted.Limit.Low),
        };
    }

    private static string? Missing(GroupAbility ability) =>
        ability.Way == GroupWay.None ? $"no control group can be made here{(ability.Why is { } why ? $": {why}" : "")}" : null;
}
