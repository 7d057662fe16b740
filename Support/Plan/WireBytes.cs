namespace Support.Plan;

/// <summary>What a WebSocket message takes on the wire, in bytes.</summary>
internal static class WireBytes
{
    /// <summary>Headers of a segment: IPv4 20 (RFC 791, 3.1), TCP 20 (RFC 9293, 3.1) and its timestamps with padding 12 (RFC 7323, appendix A).</summary>
    internal const int SegmentHeaders = 52;

    /// <summary>Payload of a full segment: 1,500 of Ethernet less <see cref="SegmentHeaders"/>.</summary>
    internal const int SegmentPayload = 1_448;

    /// <summary>The frame around a payload (RFC 6455, 5.2), masked as a client sends it: 6, 8 from 126 bytes, 14 from 65,536.</summary>
    internal static int FrameOf(int payload) => payload switch { <= 125 => 6, <= 65_535 => 8, _ => 14 };

    /// <summary>Payload, frame and the headers of the segments that they take: 260 for 200. Acknowledgements of their own don't count.</summary>
    internal static long Of(int payload)
    {
        long framed = (long)payload + FrameOf(payload);
        return framed + (PlanMath.DivideUp(framed, SegmentPayload) * SegmentHeaders);
    }
}
