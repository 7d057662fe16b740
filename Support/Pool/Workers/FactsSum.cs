using System.Collections.Immutable;

namespace Support.Pool.Workers;

/// <summary>What several workers counted, as one.</summary>
internal static class FactsSum
{
    /// <summary>The sum; nothing where there are none.</summary>
    public static PoolFacts Of(IReadOnlyCollection<PoolFacts> all) => new()
    {
        Counts = all.Aggregate(default(PoolCounts), (sum, next) => new(
            sum.Attempted + next.Counts.Attempted, sum.Opened + next.Counts.Opened, sum.Open + next.Counts.Open)),
        Failures = all.SelectMany(facts => facts.Failures).GroupBy(pair => pair.Key)
            .ToImmutableSortedDictionary(group => group.Key, group => group.Sum(pair => pair.Value)),
        Examples = all.SelectMany(facts => facts.Examples).GroupBy(pair => pair.Key)
            .ToImmutableSortedDictionary(group => group.Key, group => group.First().Value),
        EndedInTls = all.Sum(facts => facts.EndedInTls),
        Timings = [.. all.SelectMany(facts => facts.Timings)],
        PongMicroseconds = [.. all.SelectMany(facts => facts.PongMicroseconds)],
        ResolveTime = all.Select(facts => facts.ResolveTime).FirstOrDefault(took => took is not null),
        StoppedEarly = all.Select(facts => facts.StoppedEarly).FirstOrDefault(why => why is not null),
        Losses = [.. all.SelectMany(facts => facts.Losses).OrderBy(loss => loss.AtSeconds)],
        Addresses = [.. all.SelectMany(facts => facts.Addresses).GroupBy(row => row.EndPoint)
            .Select(rows => new AddressCount(rows.Key, rows.Sum(row => row.Attempted), rows.Sum(row => row.Failed)))],
        LongestLag = all.Select(facts => facts.LongestLag).DefaultIfEmpty().Max(),
    };

    /// <summary>
    /// The last that a worker told before it ended: what was open or under way is lost, and counts so.
    /// </summary>
    /// <param name="last">What it told.</param>
    /// <param name="end">How it ended.</param>
    public static PoolFacts AfterEnd(PoolFacts last, Failure end)
    {
        // Attempted is what failed, what is open, and what was under way; of those the last two are lost.
        var lost = last.Counts.Attempted - last.Failures.Values.Sum();
        var counted = last with { Counts = last.Counts with { Open = 0 }, StoppedEarly = last.StoppedEarly
            ?? new(EarlyStopKind.WorkerEnded, end.Example) };
        return lost == 0 ? counted : Of([counted, new()
        {
            Counts = default,
            Failures = ImmutableSortedDictionary<FailureClass, int>.Empty.Add(end.Class, lost),
            Examples = ImmutableSortedDictionary<FailureClass, string>.Empty.Add(end.Class, end.Example),
        }]);
    }
}
