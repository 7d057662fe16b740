using System.Text;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>Faults of connections that were properly open.</summary>
internal static class OpenFaultCases
{
    private static readonly byte[] GoingAway = ServerFrame.Close(1001);

    /// <summary>All of them.</summary>
    public static IEnumerable<FaultCase> All() =>
        [.. Ended(), .. Closed(), .. BrokenFrames(), .. BrokenMessages(), .. BrokenCloses()];

    private static IEnumerable<FaultCase> Ended() =>
    [
        new("FIN without a close frame", OpenFaults.Fin, "DroppedAbnormally(fin)", "without a close frame"),
        new("RST", OpenFaults.Rst, "DroppedAbnormally(rst)", "reset the connection"),
        new("RST in place of a pong", OpenFaults.AtPing(TcpFaults.RstAtOnce), "DroppedAbnormally(rst)", "reset"),
        new("FIN in place of a pong", OpenFaults.AtPing(TcpFaults.FinAtOnce), "DroppedAbnormally(fin)", "close frame"),
        new("no pong", GoodServer.NoPong, "IdleLost",
            "no pong came before the deadline") { PongTimeout = TestPool.Brief },
        new("a pong with another payload", OpenFaults.AtPing(
            (peer, stop) => peer.SendAsync(ServerFrame.Pong("????"u8), stop)),
            "IdleLost", "no pong") { PongTimeout = TestPool.Brief },
    ];

    private static IEnumerable<FaultCase> Closed() =>
    [
        .. new[] { 1000, 1001, 1008, 1011, 1012, 1013, 4000 }.Select(code => new FaultCase(
            $"close {code}", OpenFaults.Closes(ServerFrame.Close(code, "bye")), $"ClosedByPeer({code})",
            $"closed with {code}: 'bye'")),
        new("close without a code", OpenFaults.Closes(ServerFrame.Raw(0x88, [])), "ClosedByPeer(1005)",
            "the peer closed with 1005"),
        new("close together with the answer", AnswerFaults.TogetherWith(ServerFrame.Close(1013)), "ClosedByPeer(1013)",
            "1013"),
        new("close in place of a pong", OpenFaults.AtPing((peer, stop) => OpenFaults.ClosesNow(peer, GoingAway, stop)),
            "ClosedByPeer(1001)", "1001"),
        new(
            "garbage after the close frame",
            OpenFaults.Closes([.. ServerFrame.Close(1012), 0xFF, 0xFF]),
            "ClosedByPeer(1012)",
            "1012"),
    ];

    private static IEnumerable<FaultCase> BrokenFrames() =>
    [
        Broken("masked frame", [0x81, 0x81, 1, 2, 3, 4, 0x60], "masked"),
        Broken("RSV1", [0xC1, 0x00], "reserved bits"),
        Broken("RSV2", [0xA1, 0x00], "reserved bits"),
        Broken("RSV3", [0x91, 0x00], "reserved bits"),
        Broken("opcode 3", [0x83, 0x00], "opcode 3 is reserved"),
        Broken("opcode 11", [0x8B, 0x00], "opcode 11 is reserved"),
        Broken("control frame of 126 bytes", ServerFrame.Raw(0x89, new byte[126]), "longer than 125 bytes"),
        Broken("fragmented ping", [0x09, 0x01, 0x41], "control frame is fragmented"),
        Broken("length of 2^63", [0x82, 0x7F, 0x80, 0, 0, 0, 0, 0, 0, 0], "63 bits"),
        Broken("greatest length", [0x82, 0x7F, 255, 255, 255, 255, 255, 255, 255, 255], "63 bits"),
    ];

    private static IEnumerable<FaultCase> BrokenMessages() =>
    [
        Broken("bad UTF-8", ServerFrame.Raw(0x81, [0x41, 0xC0, 0x80]), "not UTF-8"),
        Broken("a character cut off", ServerFrame.Raw(0x81, [0xE2, 0x82]), "ends inside a character"),
        Broken(
            "bad UTF-8 over two fragments",
            [.. ServerFrame.Raw(0x01, [0xE2]), .. ServerFrame.Raw(0x80, [0x41])],
            "not UTF-8"),
        Broken("a continuation of nothing", ServerFrame.Raw(0x80, "x"u8), "continuation without a message"),
        Broken(
            "a message inside a message",
            [.. ServerFrame.Raw(0x01, "a"u8), .. ServerFrame.Raw(0x81, "b"u8)],
            "inside a fragmented one"),
    ];

    private static IEnumerable<FaultCase> BrokenCloses() =>
    [
        Broken("close 1006 on the wire", ServerFrame.Close(1006), "close code 1006 must not be sent"),
        Broken("close 1005 on the wire", ServerFrame.Close(1005), "close code 1005 must not be sent"),
        Broken("close 999", ServerFrame.Close(999), "999"),
        Broken("close 5000", ServerFrame.Close(5000), "5000"),
        Broken("half a code", ServerFrame.Raw(0x88, [0x03]), "half a code"),
        Broken("close reason that is not UTF-8", ServerFrame.Raw(0x88, [0x03, 0xE8, 0xFF]), "reason that is not UTF-8"),
        Broken(
            "broken frame together with the answer",
            AnswerFaults.TogetherWith(Encoding.ASCII.GetBytes("HTTP/1.1")),
            "reserved bits"),
    ];

    private static FaultCase Broken(
        string name, byte[] bytes, string fragment) => Broken(name, OpenFaults.Sends(bytes), fragment);

    private static FaultCase Broken(string name, Behaviour behaviour, string fragment) =>
        new(name, behaviour, "ProtocolViolation", fragment);
}
