using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;

namespace Support.Verdict;

/// <summary>What was tried to tell whose limit it is: by the search, or by a second try of the step.</summary>
internal static class SearchRules
{
    // The paces that a person sets, below what was shown to hold.
    private static readonly double[] Decades = [1, 2, 5];

    // A pace to live with lies below the highest that just held.
    private const double RateShare = 0.8;

    private static readonly FailureKind[] Queued = [FailureKind.ConnectTimeout, FailureKind.HandshakeTimeout];

    /// <summary>Not how many are held, but how they are opened.</summary>
    public static Bottleneck? Opening(LimitCase limit) => limit.Run.Search switch
    {
        { Opening: OpeningLimit.Rate, Paced: { Pace.Rate: { } rate } paced } => limit.Say(
            BottleneckSide.Server,
            Say($"the server takes new connections only so fast: all {paced.Held} were held at {rate:0.#} opens a "
                + $"second, and not at the run's own pace"),
            Say($"Set Pool.Rate={Below(rate)}, or the pace at which clients really come, and measure again.")),
        { Opening: OpeningLimit.InFlight, Paced: { } paced } => limit.Say(
            BottleneckSide.Server,
            Say($"the server takes only so many handshakes at once: all {paced.Held} were held with "
                + $"{paced.Pace.InFlight} at once, and not with more"),
            Say($"Set Pool.InFlight={paced.Pace.InFlight} and measure again.")),
        { Opening: OpeningLimit.PerAddress } => limit.Say(
            BottleneckSide.Server,
            "the server limits the connections of one client address: a second address opened more",
            "Set Pool.SourceAddresses to several local addresses, and measure again."),
        _ => null,
    };

    /// <summary>Each ended at the same age, at every count: a timer.</summary>
    public static Bottleneck? EndsAtAge(LimitCase limit) =>
        limit.Result.EndsAtAge is { } age && limit.IsMainly(FailureKind.ClosedByPeer)
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server closes each connection {age:0.#} s after its last byte ({limit.Main}), at every "
                    + $"count"),
                "Find out what the server expects after the upgrade (a handshake, a login, a ping of the application): "
                + "this suite sends none of it, and an idle or age limit of the server looks the same.",
                Resource.IdleTimeout)
            : null;

    /// <summary>It holds another number each time.</summary>
    public static Bottleneck? Varies(LimitCase limit) =>
        limit.Run.Search?.Varies is { } varies && limit.IsMainly(
            FailureKind.Refused, FailureKind.ConnectReset, FailureKind.HandshakeProtocol,
            FailureKind.HandshakeRejected, FailureKind.HandshakeTimeout, FailureKind.TlsFailure)
            ? limit.Say(
                BottleneckSide.Server,
                Say($"what the server takes varies from probe to probe, from {varies.Samples.Min()} to {varies.High}"),
                "Where several workers share one port, spread connections evenly (reuseport in nginx), then measure "
                + "again.",
                Resource.OwnCap)
            : null;

    /// <summary>It refuses what is beyond a number, whatever the pace, and on loopback whatever the address.</summary>
    public static Bottleneck? OwnCap(LimitCase limit) =>
        IsOfNumber(limit, out var held)
        && (limit.IsMainly(FailureKind.Refused, FailureKind.ConnectReset, FailureKind.HandshakeProtocol)
            || limit.Main is { Kind: FailureKind.HandshakeRejected, Code: 429 or >= 500 })
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server takes no more than {held} connections, however slowly they come "
                    + $"({limit.Main})"),
                "Raise the limit that its log names (connections, workers, open files), then measure again.",
                Resource.OwnCap)
            : null;

    /// <summary>
    /// It waits with what is beyond a number, whatever the pace: a longer queue holds no connection more.
    /// </summary>
    public static Bottleneck? OwnQueue(LimitCase limit) =>
        IsOfNumber(limit, out var held) && limit.IsMainly(Queued)
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server takes no more than {held} connections, however slowly they come, and leaves "
                    + $"the rest waiting"),
                "Raise the server's own limit of connections or threads (maxConnections, maxconn); its backlog and "
                + "queue only hold those that wait.",
                Resource.OwnCap)
            : null;

    /// <summary>It answers the pings of a number, though the others were idle for no longer.</summary>
    public static Bottleneck? Unanswered(LimitCase limit) =>
        limit.Run.Search is { Opening: null, Limit: { IsExact: true } exact } && limit.IsMainly(FailureKind.IdleLost)
            && limit.Result is { CutOff: 0, TargetAnswer: TargetAnswer.Opens }
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server answers the pings of no more than {exact.Holds} connections, and no others"),
                "Look for what keeps it from reading in the step: a blocked event loop, busy threads, memory.")
            : null;

    // Slowly no more were held, or at a rate as many as in one go.
    private static bool IsOfNumber(LimitCase limit, out int held)
    {
        held = limit.Run.Search is { Opening: null, Limit: { IsExact: true } exact, Pace: { } pace }
            && (pace.Rate is null || (pace.Stop is null
                && LimitSearch.AreNear(Math.Min(pace.Held, exact.Holds), Math.Max(pace.Held, exact.Holds))))
            ? pace.Held
            : 0;
        return held > 0;
    }

    private static string Below(double rate)
    {
        var wanted = Math.Max(1, rate * RateShare);
        var decade = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return Say($"{Decades.Last(step => step * decade <= wanted * 1.0001) * decade:0}");
    }
}
