using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class TlsTests
{
    private const int Count = 3;
    private readonly List<X509Certificate2> certificates = [];
    private readonly List<string> files = [];

    [TearDown]
    public void Clean()
    {
        certificates.ForEach(certificate => certificate.Dispose());
        files.ForEach(File.Delete);
        certificates.Clear();
        files.Clear();
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_certificate_in_the_CA_file_is_trusted(CancellationToken cancellationToken)
    {
        var certificate = Keep(TestCertificates.SelfSigned());
        await AssertHeldAsync(certificate, options => options with { CaFile = CaFile(certificate) }, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task What_a_CA_of_the_CA_file_signed_is_trusted(CancellationToken cancellationToken)
    {
        var (authority, leaf) = TestCertificates.FromAuthority();
        Keep(leaf);
        var file = CaFile(Keep(TestCertificates.SelfSigned()), Keep(authority));
        await AssertHeldAsync(leaf, options => options with { CaFile = file }, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Insecure_takes_any_certificate(CancellationToken cancellationToken)
    {
        foreach (var certificate in new[]
        {
            TestCertificates.SelfSigned(),
            TestCertificates.ForAnotherName(),
            TestCertificates.Expired(),
        })
            await AssertHeldAsync(Keep(certificate), options => options with { Insecure = true }, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Without_a_CA_file_a_self_signed_certificate_is_untrusted(CancellationToken cancellationToken) =>
        await AssertFailureAsync(
            Keep(TestCertificates.SelfSigned()), options => options, "Untrusted: ", cancellationToken);

    [Test]
    [CancelAfter(30_000)]
    public async Task Another_CA_does_not_make_it_trusted(CancellationToken cancellationToken)
    {
        var other = CaFile(Keep(TestCertificates.SelfSigned()));
        await AssertFailureAsync(
            Keep(TestCertificates.SelfSigned()), options => options with { CaFile = other }, "(Target.CaFile included)",
            cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_CA_file_does_not_excuse_another_name(CancellationToken cancellationToken)
    {
        var certificate = Keep(TestCertificates.ForAnotherName());
        await AssertFailureAsync(
            certificate, options => options with { CaFile = CaFile(certificate) }, "NameMismatch", cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_CA_file_does_not_excuse_an_expired_certificate(CancellationToken cancellationToken)
    {
        var certificate = Keep(TestCertificates.Expired());
        await AssertFailureAsync(
            certificate, options => options with { CaFile = CaFile(certificate) }, "NotTimeValid", cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task An_expired_certificate_is_called_so_although_it_is_untrusted_as_well(
        CancellationToken cancellationToken) =>
        await AssertFailureAsync(
            Keep(TestCertificates.Expired()), options => options, "NotTimeValid", cancellationToken);

    [CancelAfter(30_000)]
    [TestCaseSource(nameof(BrokenTls))]
    public async Task A_fault_in_the_TLS_handshake_has_its_class(FaultCase fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        // Plain TCP, so that the behaviour meets the client's hello.
        await using var server = FaultServer.Start(fault.Behaviour);
        var url = new UriBuilder(server.Url) { Scheme = "wss" }.Uri;
        await AssertFaultAsync(server, TestPool.Options(url), fault, cancellationToken);
    }

    [CancelAfter(30_000)]
    [TestCaseSource(nameof(OverTls))]
    public async Task A_fault_over_TLS_has_the_class_that_it_has_without(
        FaultCase fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var certificate = Keep(TestCertificates.SelfSigned());
        await using var server = FaultServer.Start(fault.Behaviour, tls: TestCertificates.ServerOptions(certificate));
        await AssertFaultAsync(
            server, TestPool.Options(server) with { CaFile = CaFile(certificate) }, fault, cancellationToken);
    }

    [CancelAfter(30_000)]
    [TestCaseSource(typeof(HarmlessCases), nameof(HarmlessCases.All))]
    public async Task What_the_protocol_allows_keeps_a_connection_alive_over_TLS(
        FaultCase harmless, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(harmless);
        var certificate = Keep(TestCertificates.SelfSigned());
        await using var server = FaultServer.Start(
            harmless.Behaviour, tls: TestCertificates.ServerOptions(certificate));
        var options = TestPool.Options(server) with { Insecure = true, Subprotocol = harmless.Subprotocol };
        await using var pool = await TestPool.OpenAsync(options, Count, cancellationToken);
        server.Go();

        Assert.That(
            await pool.PingAsync(cancellationToken),
            Is.EqualTo(Count),
            () => string.Join("; ", pool.Failures.Examples));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task The_end_of_TLS_is_not_the_end_of_TCP_and_no_port_is_left(CancellationToken cancellationToken)
    {
        var certificate = Keep(TestCertificates.SelfSigned());
        await using var server = FaultServer.Start(
            GoodServer.EndsTlsOnly, tls: TestCertificates.ServerOptions(certificate));
        await using var pool = await TestPool.OpenAsync(
            TestPool.Options(server) with { Insecure = true }, Count, cancellationToken);
        await pool.CloseAsync(cancellationToken);
        await server.AllEndedAsync(cancellationToken);

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
        Assert.That(pool.Failures.Counts, Is.Empty);
    }

    private static IEnumerable<FaultCase> BrokenTls() =>
    [
        new("silence", TcpFaults.Silence, "HandshakeTimeout", "did not answer the TLS handshake")
            { AttemptTimeout = TestPool.Brief },
        new("an HTTP server", TcpFaults.PlainAnswerToTls, "TlsFailure", "Not TLS"),
        new("FIN", TcpFaults.FinAfterFirstBytes, "TlsFailure", "Ended"),
        new("RST", TcpFaults.RstAfterFirstBytes, "TlsFailure",
            "Reset: the server reset the connection in the TLS handshake"),
    ];

    private static IEnumerable<FaultCase> OverTls() =>
    [
        new("silence after the request", TcpFaults.SilenceAfterRequest, "HandshakeTimeout",
            "did not answer the upgrade")
            { AttemptTimeout = TestPool.Brief },
        new("FIN after the request", TcpFaults.FinAfterRequest, "HandshakeProtocol", "ResponseEnded"),
        new("RST after the request", TcpFaults.RstAfterRequest, "ConnectReset", "reset the connection"),
        new("503", TcpFaults.AnswersStatus("503 Service Unavailable", "Retry-After: 7"), "HandshakeRejected(503)",
            "Retry-After: 7"),
        new("garbage", TcpFaults.Answers([1, 2, 3, 4]), "HandshakeProtocol", "InvalidResponse"),
        new("FIN", OpenFaults.Fin, "DroppedAbnormally(fin)", "without a close frame"),
        new("RST", OpenFaults.Rst, "DroppedAbnormally(rst)", "reset"),
        new("close 1013", OpenFaults.Closes(ServerFrame.Close(1013)), "ClosedByPeer(1013)", "1013"),
        new("close together with the answer", AnswerFaults.TogetherWith(ServerFrame.Close(1012)), "ClosedByPeer(1012)",
            "1012"),
        new("masked frame", OpenFaults.Sends(0x81, 0x81, 1, 2, 3, 4, 0x60), "ProtocolViolation", "masked"),
        new("no pong", GoodServer.NoPong, "IdleLost", "no pong") { PongTimeout = TestPool.Brief },
    ];

    private static async Task AssertFaultAsync(
        FaultServer server, PoolOptions options, FaultCase fault, CancellationToken stop)
    {
        options = options with { AttemptTimeout = fault.AttemptTimeout, PongTimeout = fault.PongTimeout };
        await using var pool = await TestPool.CreateAsync(options, stop);
        await pool.OpenAsync(Count, stop);
        server.Go();
        var held = await pool.PingAsync(stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held, Is.Zero);
            Assert.That(
                pool.Failures.Counts.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { [fault.Class] = Count }),
                () => string.Join("; ", pool.Failures.Examples));
            Assert.That(pool.Failures.Examples.Spelt().GetValueOrDefault(fault.Class), Does.Contain(fault.Fragment));
        }

        await ClientSockets.AssertNoneLeftAsync(server, stop);
    }

    private static async Task AssertHeldAsync(
        X509Certificate2 certificate, Func<PoolOptions, PoolOptions> change, CancellationToken stop)
    {
        await using var server = FaultServer.Start(GoodServer.Echo, tls: TestCertificates.ServerOptions(certificate));
        await using (var pool = await TestPool.OpenAsync(change(TestPool.Options(server)), Count, stop))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(await pool.PingAsync(stop), Is.EqualTo(Count));
                Assert.That(pool.Timings, Has.All.Matches<OpenTiming>(timing => timing.Tls > 0));
            }

            await pool.CloseAsync(stop);
        }

        await ClientSockets.AssertNoneLeftAsync(server, stop);
    }

    private static async Task AssertFailureAsync(
        X509Certificate2 certificate, Func<PoolOptions, PoolOptions> change, string fragment, CancellationToken stop)
    {
        await using var server = FaultServer.Start(GoodServer.Echo, tls: TestCertificates.ServerOptions(certificate));
        await AssertFaultAsync(
            server, change(TestPool.Options(server)), new("", GoodServer.Echo, "TlsFailure", fragment), stop);
    }

    private X509Certificate2 Keep(X509Certificate2 certificate)
    {
        certificates.Add(certificate);
        return certificate;
    }

    private string CaFile(params X509Certificate2[] trusted)
    {
        files.Add(TestCertificates.WriteCaFile(trusted));
        return files[^1];
    }
}
