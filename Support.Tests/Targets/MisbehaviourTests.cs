using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Pool;
using Support.Targets;
using Support.Tests.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Targets;

/// <summary>Every way in which TargetServer can be told to misbehave, as a client sees it.</summary>
internal sealed class MisbehaviourTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(300);

    [TestCase("503")]
    [TestCase("429", "--cap-status", "429")]
    [CancelAfter(30_000)]
    public async Task Over_the_cap_an_upgrade_is_answered_with_the_status_and_when_to_retry(
        string status, params string[] more)
    {
        var cancellationToken = TestContext.CurrentContext.CancellationToken;
        await using var target = await TargetRun.StartAsync(cancellationToken, ["--cap", "3", .. more]);
        var open = await TargetRun.OpenAsync(target, 3, cancellationToken);

        using var fourth = await RawClient.ConnectAsync(target.Url, cancellationToken);
        var answer = await fourth.UpgradeAsync(cancellationToken);
        open[0].Dispose();
        await TargetRun.UntilAsync(
            async () => (await TargetRun.StatsAsync(target, cancellationToken)).Open == 2, cancellationToken);
        using var fifth = await RawClient.OpenAsync(target.Url, cancellationToken);
        var stats = await TargetRun.StatsAsync(target, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.StartWith($"HTTP/1.1 {status} ").And.Contain("Retry-After: 1\r\n"));
            Assert.That((stats.Open, stats.Peak, stats.Total, stats.Rejected), Is.EqualTo((3, 3, 4L, 1L)));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_cap_is_exact_when_many_come_at_once(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--cap", "5");
        var clients = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => RawClient.ConnectAsync(target.Url, cancellationToken)));

        var answers = await Task.WhenAll(clients.Select(client => client.UpgradeAsync(cancellationToken)));

        Assert.That(
            answers.Count(answer => answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)), Is.EqualTo(5));
        Assert.That(
            answers.Count(answer => answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal)), Is.EqualTo(35));
    }

    [Test, CancelAfter(30_000)]
    public async Task Every_upgrade_can_be_rejected(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--reject", "403");
        using var client = await RawClient.ConnectAsync(target.Url, cancellationToken);

        Assert.That(await client.UpgradeAsync(cancellationToken), Does.StartWith("HTTP/1.1 403 "));
        Assert.That((await TargetRun.StatsAsync(target, cancellationToken)).Rejected, Is.EqualTo(1));
    }

    [Test, CancelAfter(30_000)]
    public async Task The_port_refuses_after_so_many_and_those_stay_open(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--refuse-after", "2");
        using var early = await RawClient.ConnectAsync(target.Url, cancellationToken);
        var open = await TargetRun.OpenAsync(target, 2, cancellationToken);

        var refused = Assert.CatchAsync<SocketException>(() => RawClient.ConnectAsync(target.Url, cancellationToken));
        var reset = Assert.CatchAsync<SocketException>(() => early.UpgradeAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused!.SocketErrorCode, Is.EqualTo(SocketError.ConnectionRefused));
            Assert.That(reset!.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
            Assert.That(await open[0].EchoesAsync(cancellationToken), Is.True);
            Assert.That(await open[1].EchoesAsync(cancellationToken), Is.True);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task From_so_many_on_an_upgrade_is_never_answered(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--stall-after", "1");
        using var first = await RawClient.OpenAsync(target.Url, cancellationToken);
        using var second = await RawClient.ConnectAsync(target.Url, cancellationToken);
        var answer = second.UpgradeAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IsSilentAsync(answer, cancellationToken), Is.True);
            Assert.That(await first.EchoesAsync(cancellationToken), Is.True);
            Assert.That((await TargetRun.StatsAsync(target, cancellationToken)).Open, Is.EqualTo(1));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task A_slow_upgrade_takes_at_least_as_long_as_told(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--slow", "300ms");
        var started = Stopwatch.GetTimestamp();

        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        Assert.That(Stopwatch.GetElapsedTime(started), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(290)));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_hung_server_opens_and_answers_no_ping(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--no-pong");
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        await client.SendAsync(RawClient.Ping, [], cancellationToken);
        Assert.That(await IsSilentAsync(client.ReceiveAsync(cancellationToken), cancellationToken), Is.True);

        client.Dispose();
        await TargetRun.UntilAsync(
            async () => (await TargetRun.StatsAsync(target, cancellationToken)).Open == 0, cancellationToken);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_drop_by_fin_comes_without_a_close_frame(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken, "--drop-after", "50ms");
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        Assert.That(await client.ReceiveAsync(cancellationToken), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_drop_by_reset_is_a_reset([Values] bool hung, CancellationToken cancellationToken)
    {
        string[] more = hung ? ["--no-pong"] : [];
        await using var target = await TargetRun.StartAsync(
            cancellationToken, ["--drop-after", "50ms", "--drop-mode", "rst", .. more]);
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        var reset = Assert.CatchAsync<SocketException>(() => client.ReceiveAsync(cancellationToken));
        Assert.That(reset!.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_drop_by_close_frame_carries_its_code_and_waits_for_the_answer(
        CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(
            cancellationToken, "--drop-after", "50ms", "--drop-mode", "close:1013");
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        var frame = await client.ReceiveAsync(cancellationToken);
        Assert.That(frame?.Opcode, Is.EqualTo(RawClient.CloseFrame));
        Assert.That(BinaryPrimitives.ReadUInt16BigEndian(frame!.Value.Payload), Is.EqualTo(1013));

        await client.SendAsync(RawClient.CloseFrame, frame.Value.Payload, cancellationToken);
        Assert.That(await client.ReceiveAsync(cancellationToken), Is.Null);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_share_is_dropped_and_the_same_one_for_the_same_seed(CancellationToken cancellationToken)
    {
        const int seed = 7;
        var drawn = new Random(seed);
        var dropped = Enumerable.Range(0, 20).Select(_ => drawn.NextDouble() < 0.4).ToArray();
        await using var target = await TargetRun.StartAsync(
            cancellationToken, "--drop-after", "50ms", "--drop-share", "40%", "--seed", $"{seed}");

        var clients = await TargetRun.OpenAsync(target, dropped.Length, cancellationToken);
        await TargetRun.UntilAsync(
            async () => (await TargetRun.StatsAsync(
                target, cancellationToken)).Open == dropped.Count(isDropped => !isDropped), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dropped, Does.Contain(true).And.Contain(false));
            for (var index = 0; index < dropped.Length; index++)
            {
                if (dropped[index])
                    Assert.That(await clients[index].ReceiveAsync(cancellationToken), Is.Null, $"connection {index}");
                else
                    Assert.That(await clients[index].EchoesAsync(cancellationToken), Is.True, $"connection {index}");
            }
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task On_request_what_was_drawn_is_dropped_and_nothing_before(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(
            cancellationToken, "--drop-after", "request", "--drop-share", "40%", "--seed", "7");
        var clients = await TargetRun.OpenAsync(target, 20, cancellationToken);
        foreach (var client in clients)
            Assert.That(await client.EchoesAsync(cancellationToken), Is.True);

        var before = await TargetRun.StatsAsync(target, cancellationToken);
        var dropped = await TargetStatsReader.DropAsync(target.Url, cancellationToken);
        var again = await TargetStatsReader.DropAsync(target.Url, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.Open, before.Total), Is.EqualTo((20, 20L)));
            Assert.That((dropped!.Open, dropped.Total), Is.EqualTo((Kept(20, 0.4, 7), 20L)));
            Assert.That(again, Is.EqualTo(dropped));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task What_is_dropped_at_once_was_answered_before(
        [Values] bool tls, CancellationToken cancellationToken)
    {
        string[] more = tls ? ["--self-signed", "/dev/null"] : [];
        await using var target = await TargetRun.StartAsync(cancellationToken, ["--drop-after", "0ms", .. more]);
        await using var pool = await TestPool.CreateAsync(
            TestPool.Options(target.Url) with { Insecure = tls }, cancellationToken);
        await pool.OpenAsync(100, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await pool.PingAsync(cancellationToken), Is.Zero);
            Assert.That(pool.Counts, Is.EqualTo(new PoolCounts(100, 100, 0)));
            Assert.That(
                pool.Failures.Counts.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(fin)"] = 100 }));
        }
    }

    private static int Kept(int count, double share, int seed)
    {
        var drawn = new Random(seed);
        return Enumerable.Range(0, count).Count(_ => drawn.NextDouble() >= share);
    }

    private static async Task<bool> IsSilentAsync(Task answer, CancellationToken cancellationToken) =>
        await Task.WhenAny(answer, Task.Delay(Silence, TimeProvider.System, cancellationToken)) != answer;
}
