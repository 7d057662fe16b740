namespace Support.Verdict.Bottlenecks;

/// <summary>Side, cause and next step from the class of the failures alone; the last word where no other rule has one.</summary>
internal static class TableRule
{
    private static readonly string[] AskedWrongly =
        ["HandshakeRejected(1", "HandshakeRejected(2", "HandshakeRejected(3", "HandshakeRejected(4", "HandshakeProtocol"];

    // 1008, policy violation (RFC 6455, 7.4.1): with 1013 what servers close with that count their connections.
    private const string Policy = "ClosedByPeer(1008)";

    public static Bottleneck Of(LimitCase limit)
    {
        var row = FailureExplanations.Of(limit.Main);
        return limit.Say(limit.FromTheFirst ? SideFromTheFirst(limit.Main, row.Side) : row.Side, row.Cause, row.Next, row.Resource ?? (limit.Main == Policy ? Resource.OwnCap : null));
    }

    /// <summary>The side where no connection was ever opened: a server that answers, and to none as a WebSocket server would, is not full; it was asked in the wrong way or place.</summary>
    public static BottleneckSide SideFromTheFirst(string failureClass, BottleneckSide side) =>
        side == BottleneckSide.Server && AskedWrongly.Any(prefix => failureClass.StartsWith(prefix, StringComparison.Ordinal))
            ? BottleneckSide.Configuration
            : side;
}
