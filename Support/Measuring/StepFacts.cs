using System.Collections.Immutable;
using System.Net;
using Support.Pool;

namespace Support.Measuring;

/// <summary>Makes a step's result from what the pool counted. Pure.</summary>
internal static class StepFacts
{
    public static StepResult Empty(int number, int sessions, DateTimeOffset startedAt) => new()
    {
        Number = number,
        Sessions = sessions,
        StartedAt = startedAt,
        Attempted = 0,
        Opened = 0,
        Held = 0,
        Seconds = 0,
    };

    public static StepResult Counted(this StepResult empty, PoolFacts facts, int held) => empty with
    {
        Attempted = facts.Counts.Attempted,
        Opened = facts.Counts.Opened,
        Held = held,
        Failures = facts.Failures,
        Examples = facts.Examples,
        EndedInTls = facts.EndedInTls,
        DnsMilliseconds = facts.ResolveTime?.TotalMilliseconds,
        ConnectMilliseconds = Latencies.Of(facts.Timings.Select(t => t.Total)),
        TcpMilliseconds = Latencies.Of(facts.Timings.Select(t => (long)t.Tcp)),
        TlsMilliseconds = facts.Timings.Any(t => t.Tls > 0)
            ? Latencies.Of(facts.Timings.Select(t => (long)t.Tls))
            : null,
        UpgradeMilliseconds = Latencies.Of(facts.Timings.Select(t => (long)t.Upgrade)),
        PongMilliseconds = Latencies.Of(facts.PongMicroseconds.Select(m => (long)m)),
        Losses = LossSummaries.Of(facts.Losses),
        Addresses = facts.Addresses,
    };

    public static StepResult Stopped(
        this StepResult result, EarlyStop? stop) => result with { Stop = stop?.Kind, StoppedEarly = stop?.Text };

    // One attempt was made, and it ended at the name: asking the resolver once for each connection would be a storm.
    public static StepResult Unresolved(this StepResult empty, string host, string why)
    {
        var failure = new FailureClass(FailureKind.DnsFailure);
        return (empty with
        {
            Attempted = 1,
            Failures = ImmutableSortedDictionary<FailureClass, int>.Empty.Add(failure, 1),
            Examples = ImmutableSortedDictionary<FailureClass, string>.Empty.Add(failure, $"{host}: {why}"),
        }).Stopped(new(EarlyStopKind.Unresolved, $"{host} could not be resolved"));
    }

    public static ClientSaturation Saturation(
        PoolFacts facts, ResourceReading before, ResourceReading held, double cores, double? busy) => new(
        Math.Round(facts.LongestLag.TotalMilliseconds, 3),
        held.Throttled?.Since(before.Throttled)?.TotalSeconds,
        cores,
        busy,
        held.MemoryShare,
        held.OomKills - before.OomKills);

    /// <summary>The target's addresses as the pool knows them.</summary>
    public static ImmutableArray<IPEndPoint> Target(PoolFacts facts) =>
        [.. facts.Addresses.Select(address => IPEndPoint.Parse(address.EndPoint))];
}
