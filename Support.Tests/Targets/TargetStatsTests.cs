using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

internal sealed class TargetStatsTests
{
    private const string Ours =
        """{"open":3,"peak":5,"total":9,"rejected":1,"startedAt":"2026-11-21T20:24:00.5+00:00"}""";

    [Test]
    public void Numbers_are_read_as_the_server_writes_them() =>
        Assert.That(
            TargetStats.Parse(Ours),
            Is.EqualTo(new TargetStats(3, 5, 9, 1, new DateTimeOffset(2026, 11, 21, 20, 24, 0, 500, TimeSpan.Zero))));

    [TestCase("")]
    [TestCase("ok")]
    [TestCase("<html></html>")]
    [TestCase("null")]
    [TestCase("[3]")]
    [TestCase("{}")]
    [TestCase("""{"open":3,"peak":5,"total":9,"rejected":1}""")]
    [TestCase("""{"open":-1,"peak":5,"total":9,"rejected":1,"startedAt":"2026-11-21T20:24:00Z"}""")]
    [TestCase("""{"open":"3","peak":5,"total":9,"rejected":1,"startedAt":"2026-11-21T20:24:00Z"}""")]
    [TestCase("""{"open":4294967296,"peak":5,"total":9,"rejected":1,"startedAt":"2026-11-21T20:24:00Z"}""")]
    [TestCase("""{"open":3,"peak":5,"total":9,"rejected":1,"startedAt":"yesterday"}""")]
    public void Anything_else_is_nothing(string text) =>
        Assert.That(TargetStats.Parse(text), Is.Null);

    [TestCase("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=nonsense\r\nContent-Length: 2\r\n\r\n{}")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n")]
    [CancelAfter(30_000)]
    public async Task A_stranger_has_no_numbers_and_is_asked_once(string answer)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerOnceAsync(listener, answer, cancellationToken);

        var stats = await TargetStatsReader.ReadAsync(Url(listener), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stats, Is.Null);
            Assert.That(await asked, Does.StartWith("GET /stats HTTP/1.1\r\n"));
            Assert.That(listener.Pending(), Is.False);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_server_that_closes_at_once_has_no_numbers(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = AnswerOnceAsync(listener, "", cancellationToken);

        Assert.That(await TargetStatsReader.ReadAsync(Url(listener), cancellationToken), Is.Null);
        Assert.That(await asked, Does.StartWith("GET /stats HTTP/1.1\r\n"));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_silent_server_has_no_numbers(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.That(await TargetStatsReader.ReadAsync(Url(listener), cancellationToken), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_closed_port_has_no_numbers(CancellationToken cancellationToken)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = Url(listener);
        listener.Dispose();

        Assert.That(await TargetStatsReader.ReadAsync(url, cancellationToken), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task Cancelling_is_no_answer()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.CatchAsync<OperationCanceledException>(
            () => TargetStatsReader.ReadAsync(new Uri("ws://127.0.0.1:1/"), cancelled.Token));
    }

    private static Uri Url(TcpListener listener) =>
        new($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/chat?token=x");

    private static async Task<string> AnswerOnceAsync(
        TcpListener listener, string answer, CancellationToken cancellationToken)
    {
        using var client = await listener.AcceptSocketAsync(cancellationToken);
        var buffer = new byte[4096];
        var count = await client.ReceiveAsync(buffer, cancellationToken);
        await client.SendAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }
}
