using System.Collections.Immutable;

namespace Support.Pool;

/// <summary>Everything that a pool has counted, read at one moment.</summary>
public sealed record PoolFacts
{
    /// <summary>Attempted, opened, open.</summary>
    public required PoolCounts Counts { get; init; }

    /// <summary>Failures so far by class, drops included.</summary>
    public ImmutableSortedDictionary<FailureClass, int> Failures { get; init; } =
        ImmutableSortedDictionary<FailureClass, int>.Empty;

    /// <summary>The first example of each class.</summary>
    public ImmutableSortedDictionary<FailureClass, string> Examples { get; init; } =
        ImmutableSortedDictionary<FailureClass, string>.Empty;

    /// <summary>As <see cref="FailureTally.EndedInTls"/>.</summary>
    public int EndedInTls { get; init; }

    /// <summary>The stages of every successful open.</summary>
    public ImmutableArray<OpenTiming> Timings { get; init; } = [];

    /// <summary>Ping to pong of every connection that the last pings found responsive, in microseconds.</summary>
    public ImmutableArray<int> PongMicroseconds { get; init; } = [];

    /// <summary>How long the target's name took to resolve; null where the URL holds an address.</summary>
    public TimeSpan? ResolveTime { get; init; }

    /// <summary>Why opening ended before everything was attempted; null where it did not.</summary>
    public EarlyStop? StoppedEarly { get; init; }

    /// <summary>Open connections that ended without being asked to, in the order in which that was found.</summary>
    public ImmutableArray<Loss> Losses { get; init; } = [];

    /// <summary>
    /// Attempts and failures by the target's address, each attempt once it ended; one row where it has one address, and
    /// there before the first attempt.
    /// </summary>
    public ImmutableArray<AddressCount> Addresses { get; init; } = [];

    /// <summary>
    /// The longest time that the pool's own threads came late to their turn: above some 100 ms this side was short of
    /// processor time.
    /// </summary>
    public TimeSpan LongestLag { get; init; }
}

/// <summary>One open connection that ended.</summary>
/// <param name="Class">Its failure class.</param>
/// <param name="AgeSeconds">From the last byte that was sent or received on it to its end.</param>
/// <param name="AtSeconds">From the making of the pool to its end.</param>
public readonly record struct Loss(FailureClass Class, double AgeSeconds, double AtSeconds);

/// <summary>What became of the attempts towards one address.</summary>
/// <param name="EndPoint">Address and port, as in <c>10.0.0.7:443</c>.</param>
/// <param name="Attempted">Handshakes started towards it.</param>
/// <param name="Failed">Of those, not opened.</param>
public sealed record AddressCount(string EndPoint, int Attempted, int Failed);

/// <summary>The stages of one successful open, in microseconds.</summary>
/// <param name="Tcp">Start to TCP established.</param>
/// <param name="Tls">TCP established to TLS established; 0 for <c>ws</c>.</param>
/// <param name="Upgrade">Request sent to answer checked.</param>
public readonly record struct OpenTiming(int Tcp, int Tls, int Upgrade)
{
    /// <summary>All stages together.</summary>
    public long Total => (long)Tcp + Tls + Upgrade;
}
