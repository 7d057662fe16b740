using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>Whether a target still answers, asked of real ones.</summary>
internal sealed class TargetProbeTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task A_good_server_opens_is_asked_once_and_keeps_nothing(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var answer = await AskAsync(server.Url, again: true, cancellationToken);

        Assert.That((answer, server.Requests), Is.EqualTo((TargetAnswer.Opens, 1)));
        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_server_that_recovers_within_the_bound_opens(CancellationToken cancellationToken)
    {
        var number = 0;
        await using var server = FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) <= 2 ? Unavailable(peer, stop) : GoodServer.Echo(peer, stop));

        Assert.That(
            (await AskAsync(server.Url, again: true, cancellationToken), server.Requests),
            Is.EqualTo((TargetAnswer.Opens, 3)));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task An_answer_that_is_no_open_connection_rejects(CancellationToken cancellationToken)
    {
        await using var unavailable = FaultServer.Start(Unavailable);
        await using var deaf = FaultServer.Start(GoodServer.NoPong);
        await using var resets = FaultServer.Start(TcpFaults.RstAfterRequest);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                await AskAsync(unavailable.Url, again: false, cancellationToken), Is.EqualTo(TargetAnswer.Rejects));
            Assert.That(await AskAsync(deaf.Url, again: false, cancellationToken), Is.EqualTo(TargetAnswer.Rejects));
            Assert.That(await AskAsync(resets.Url, again: false, cancellationToken), Is.EqualTo(TargetAnswer.Rejects));
            Assert.That(unavailable.Requests, Is.EqualTo(1), "asked once");
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Nobody_and_silence_are_gone(CancellationToken cancellationToken)
    {
        await using var silent = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: refuses, and nobody else gets the port.
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)closed.LocalEndPoint!).Port;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AskAsync(silent.Url, again: false, cancellationToken), Is.EqualTo(TargetAnswer.Gone));
            Assert.That(
                await AskAsync(new($"ws://127.0.0.1:{port}/"), again: true, cancellationToken),
                Is.EqualTo(TargetAnswer.Gone));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_held_connections_is_waited_for_and_one_that_held_none_is_not(
        CancellationToken cancellationToken)
    {
        // What the step left in the queue comes first.
        await using var slow = FaultServer.Start(async (peer, stop) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, stop);
            await GoodServer.Echo(peer, stop);
        });
        var answers = await Task.WhenAll(
            AskAsync(slow.Url, again: true, cancellationToken, isHolding: true, attempt: 20),
            AskAsync(slow.Url, again: true, cancellationToken, attempt: 20));

        Assert.That(answers, Is.EqualTo([TargetAnswer.Opens, TargetAnswer.Gone]));
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task Nobody_is_asked_once_the_run_was_interrupted(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        cancellationToken.ThrowIfCancellationRequested();

        Assert.That(
            (await AskAsync(server.Url, again: true, new(canceled: true)), server.Requests),
            Is.EqualTo((TargetAnswer.NotAsked, 0)));
    }

    [TestCase(TargetAnswer.NotAsked)]
    [TestCase(TargetAnswer.NotAsked, "ClientLimit(fd)", "Interrupted")]
    [TestCase(TargetAnswer.Gone, "Refused", "ConnectTimeout", "Interrupted")]
    [TestCase(TargetAnswer.Gone, "HandshakeTimeout")]
    [TestCase(TargetAnswer.Rejects, "Refused", "HandshakeRejected(503)")]
    [TestCase(TargetAnswer.Rejects, "TlsFailure")]
    public void One_address_that_answers_answers_for_all(TargetAnswer answer, params string[] failures) =>
        Assert.That(TargetProbe.Of(failures.Select(FailureClass.Parse)), Is.EqualTo(answer));

    private static Task<TargetAnswer> AskAsync(
        Uri url, bool again, CancellationToken stop, bool isHolding = false, double attempt = 3)
    {
        // Short only where the fault is that nothing comes; the first answer of a cold process may take its time.
        var options = TestPool.Options(url) with { AttemptTimeout = TimeSpan.FromSeconds(attempt) };
        return new TargetProbe(options, new InProcessPools(TimeProvider.System), isHolding, TimeProvider.System)
            .AskAsync(1, again, stop);
    }

    private static async Task Unavailable(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
    }
}
