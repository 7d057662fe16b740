using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;
using Support.Verdict;
using static Support.Tests.Verdict.Matrix.MatrixRuns;

namespace Support.Tests.Verdict.Matrix;

/// <summary>Rows 1 to 13: no connection comes about.</summary>
internal static class BeforeOpenCases
{
    public static IEnumerable<MatrixCase> All() => [.. Tcp(), .. Answers(), .. Tls()];

    private static IEnumerable<MatrixCase> Tcp() =>
    [
        new(1, "Refused", BottleneckSide.Server, "a port that is bound and not listened at", ClosedPortAsync),
        new(2, "ConnectTimeout", BottleneckSide.Server, "a full accept queue",
            stop => FullQueueAsync(seen: true, stop)) { Cause = "ListenOverflows" },
        new(2, "ConnectTimeout", BottleneckSide.Path, "SYNs that vanish, seen from afar",
            stop => FullQueueAsync(seen: false, stop)),
        new(3, "DnsFailure", BottleneckSide.Path, "a name that does not exist", async stop =>
            Given.Run(await StepAsync(StepRuns.Runner(TestPool.Options(new Uri("ws://no-such-host.invalid/"))), stop))),
        new(4, "HandshakeTimeout", BottleneckSide.Server, "accepts and is silent", Later(TcpFaults.Silence, Impatient)),
        new(4, "HandshakeTimeout", BottleneckSide.Server, "a server without descriptors",
            ProcessCases.OutOfDescriptorsAsync) { Cause = "out of file descriptors" },
        new(5, "HandshakeTimeout", BottleneckSide.Server, "a head that never ends",
            Later(TcpFaults.SlowLoris, Impatient)),
        new(6, "HandshakeProtocol", BottleneckSide.Server, "FIN after the request", Later(TcpFaults.FinAfterRequest)),
        new(7, "ConnectReset", BottleneckSide.Server, "RST after the request", Later(TcpFaults.RstAfterRequest)),
    ];

    private static IEnumerable<MatrixCase> Answers() =>
    [
        new(8, "HandshakeProtocol", BottleneckSide.Configuration, "garbage",
            FromTheFirst(TcpFaults.Answers([0xDE, 0xAD, 0xBE, 0xEF]))),
        new(8, "HandshakeProtocol", BottleneckSide.Configuration, "a TLS alert",
            FromTheFirst(TcpFaults.Answers([0x15, 0x03, 0x01, 0, 2, 2, 22]))),
        new(9, "HandshakeRejected(404)", BottleneckSide.Configuration, "404 to everybody",
            FromTheFirst(TcpFaults.AnswersStatus("404 Not Found"))),
        new(10, "HandshakeRejected(503)", BottleneckSide.Server, "503 from the fourth on",
            ProcessCases.CappedAsync("503")),
        new(10, "HandshakeRejected(429)", BottleneckSide.Server, "429 from the fourth on",
            ProcessCases.CappedAsync("429")),
        new(11, "HandshakeRejected(301)", BottleneckSide.Configuration, "a redirect",
            FromTheFirst(TcpFaults.AnswersStatus("301 Moved Permanently", "Location: /elsewhere"))),
        new(12, "HandshakeProtocol", BottleneckSide.Configuration, "the accept value of another key",
            FromTheFirst(AnswerFaults.WrongAccept)),
        new(12, "HandshakeProtocol", BottleneckSide.Configuration, "a subprotocol that nobody asked for",
            FromTheFirst(AnswerFaults.Adding("Sec-WebSocket-Protocol: mqtt"))),
    ];

    private static IEnumerable<MatrixCase> Tls() =>
    [
        new(13, "TlsFailure", BottleneckSide.Path, "a certificate that nobody trusts", UntrustedAsync),
        new(13, "TlsFailure", BottleneckSide.Path, "plain HTTP behind wss",
            FromTheFirst(TcpFaults.PlainAnswerToTls, Secure)),
        new(13, "HandshakeTimeout", BottleneckSide.Server, "a TLS hello that is not answered",
            Later(TcpFaults.Silence, options => Secure(Impatient(options)))),
    ];

    private static PoolOptions Secure(PoolOptions options) =>
        options with { Url = new UriBuilder(options.Url) { Scheme = "wss" }.Uri };

    private static async Task<RunEvidence> ClosedPortAsync(CancellationToken stop)
    {
        using var bound = Bound();
        return Given.Run(await StepAsync(StepRuns.Runner(TestPool.Options(UrlOf(bound))), stop));
    }

    // A backlog of n takes n + 1 (sk_acceptq_is_full in include/net/sock.h); Linux drops every SYN after that, and
    // counts it.
    private static async Task<RunEvidence> FullQueueAsync(bool seen, CancellationToken stop)
    {
        using var listener = Bound();
        listener.Listen(1);
        using var first = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, stop);
        await second.ConnectAsync(listener.LocalEndPoint!, stop);
        var before = Overflows();
        var step = await StepAsync(StepRuns.Runner(Impatient(TestPool.Options(UrlOf(listener)))), stop);
        var reading = new ServerReading { ListenOverflows = Overflows() - before };
        return AfterAGoodStep(
            step.But(result => result with { Resources = result.Resources with { Server = seen ? reading : null } }));
    }

    private static long? Overflows() =>
        NetstatCounters.Parse(FileTree.Machine.ReadText("/proc/net/netstat"))?.ListenOverflows;

    private static async Task<RunEvidence> UntrustedAsync(CancellationToken stop)
    {
        using var certificate = TestCertificates.SelfSigned();
        await using var server = FaultServer.Start(GoodServer.Echo, tls: TestCertificates.ServerOptions(certificate));
        return Given.Run(await StepAsync(StepRuns.Runner(TestPool.Options(server)), stop));
    }

    private static Socket Bound()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Uri UrlOf(Socket socket) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/"));
}
