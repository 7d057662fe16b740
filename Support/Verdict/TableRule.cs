using Support.Host;
using Support.Pool;

namespace Support.Verdict;

/// <summary>
/// Side, cause and next step from the class of the failures alone; the last word where no other rule has one.
/// </summary>
internal static class TableRule
{
    // Policy violation (RFC 6455, 7.4.1): with 1013 what servers close with that count their connections.
    private static readonly FailureClass Policy = new(FailureKind.ClosedByPeer, "1008");

    public static Bottleneck Of(LimitCase limit)
    {
        var main = limit.Main!.Value;
        var row = FailureExplanations.Of(main);
        return limit.Say(limit.FromTheFirst ? SideFromTheFirst(main, row.Side) : row.Side, row.Cause,
            (limit.FromTheFirst ? null : row.NextOnceOpened) ?? row.Next,
            row.Resource ?? (main == Policy ? Resource.OwnCap : (Resource?)null));
    }

    /// <summary>
    /// The side where no connection was ever opened: a server that answers, and to none as a WebSocket server would, is
    /// not full; it was asked in the wrong way or place.
    /// </summary>
    public static BottleneckSide SideFromTheFirst(FailureClass failure, BottleneckSide side) =>
        side == BottleneckSide.Server
        && failure is { Kind: FailureKind.HandshakeProtocol } or { Kind: FailureKind.HandshakeRejected, Code: < 500 }
            ? BottleneckSide.Configuration
            : side;
}
