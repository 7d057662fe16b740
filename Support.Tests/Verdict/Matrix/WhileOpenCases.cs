using Support.Tests.Pool.Faults;
using Support.Verdict;
using static Support.Tests.Verdict.Matrix.MatrixRuns;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Rows 14 to 23: connections that were properly open.</summary>
internal static class WhileOpenCases
{
    private static readonly byte[] Masked = [0x81, 0x81, 1, 2, 3, 4, 0x60];
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1.5);

    public static IEnumerable<MatrixCase> All() => [.. Ended(), .. Silent(), .. Held()];

    private static IEnumerable<MatrixCase> Ended() =>
    [
        new(14, "DroppedAbnormally(fin)", BottleneckSide.Server, "a random share is dropped",
            ProcessCases.DroppingAsync),
        new(15, "DroppedAbnormally(rst)", BottleneckSide.Server, "all are reset",
            Later(OpenFaults.AtPing(TcpFaults.RstAtOnce))) { Cause = "5 connections ended within" },
        new(15, "DroppedAbnormally(fin)", BottleneckSide.Server, "SIGKILL of the server",
            ProcessCases.KilledAsync) { Cause = "went away" },
        new(16, "ClosedByPeer(1001)", BottleneckSide.Server, "close 1001", Later(Closing(1001))),
        new(17, "ClosedByPeer(1013)", BottleneckSide.Server, "close 1013", Later(Closing(1013))),
        new(21, "ProtocolViolation", BottleneckSide.Server, "a masked frame",
            Later(OpenFaults.AtPing((peer, stop) => peer.SendAsync(Masked, stop)))),
    ];

    private static IEnumerable<MatrixCase> Silent() =>
    [
        new(18, "IdleLost", BottleneckSide.Path, "cut after a silence",
            Later(MatrixBehaviours.CutsAfter(Idle), hold: 3 * Idle)) { Cause = "connections are cut" },
        new(19, "IdleLost", BottleneckSide.Path, "silent from some moment on, and the server is well",
            Later(
                MatrixBehaviours.First(Count, GoodServer.NoPong, GoodServer.Echo),
                options => options with { PongTimeout = TestPool.Brief })),
        new(19, "IdleLost", BottleneckSide.Server, "SIGSTOP of the server",
            ProcessCases.FrozenAsync) { Cause = "went away" },
    ];

    private static IEnumerable<MatrixCase> Held() =>
    [
        new(20, FaultCatalog.NoClass, BottleneckSide.None, "pongs and no echo", Later(MatrixBehaviours.NoEcho)),
        new(22, FaultCatalog.NoClass, BottleneckSide.None, "messages without end", Later(OpenFaults.Flood)),
        new(23, FaultCatalog.NoClass, BottleneckSide.None, "no answer to the close handshake",
            Later(GoodServer.NoCloseAnswer, options => options with { CloseTimeout = TestPool.Brief })),
    ];

    private static Behaviour Closing(int code) =>
        OpenFaults.AtPing((peer, stop) => OpenFaults.ClosesNow(peer, ServerFrame.Close(code), stop));
}
