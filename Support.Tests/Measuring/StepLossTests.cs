using System.Globalization;
using System.Text;
using NUnit.Framework;
using Support.Measuring;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>Steps whose connections end in the hold, over real sockets.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class StepLossTests(bool portable) : BothPaths(portable)
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(2);

    [Test]
    [CancelAfter(60_000)]
    public async Task What_is_cut_off_for_idleness_is_named_with_its_period(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(CutsIdle);
        var result = await HoldAsync(server, new(null, null), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Opened, result.Held, result.TargetAnswer), Is.EqualTo((5, 0, TargetAnswer.Opens)));
            Assert.That(result.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["IdleLost"] = 5 }));
            Assert.That(
                result.Examples.Spelt()["IdleLost"], Does.Match(@"^cut off [\d.]+ s after the last byte \(fin\)$"));
            Assert.That(result.Losses?.Count, Is.EqualTo(5));
            // It lies between the server's own wait and the whole of the step.
            Assert.That(result.Losses?.MedianAgeSeconds, Is.InRange(1, result.Seconds));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_same_ends_of_a_target_that_was_restarted_are_drops(CancellationToken cancellationToken)
    {
        // Its numbers say each time that it has just started.
        var starts = 0;
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            var request = await peer.ReadRequestAsync(stop);
            if (!request.Line.Contains("/stats", StringComparison.Ordinal))
            {
                await peer.SendAsync(request.Answer(), stop);
                await CutIdleAsync(peer, stop);
                return;
            }

            var second = Interlocked.Increment(ref starts);
            var body = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"open":0,"peak":5,"total":5,"rejected":0,"startedAt":"2026-01-01T00:00:{{second % 60:00}}Z"}""");
            await peer.SendAsync(
                Encoding.ASCII.GetBytes(string.Create(
                    CultureInfo.InvariantCulture,
                    $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}")), stop);
            peer.Fin();
        });
        var result = await HoldAsync(server, new(null, server.Url), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.TargetAnswer, Is.EqualTo(TargetAnswer.Restarted));
            Assert.That(
                result.Failures.Spelt(),
                Is.EquivalentTo(new Dictionary<string, int> { ["DroppedAbnormally(fin)"] = 5 }));
        }
    }

    private static Task<StepResult> HoldAsync(FaultServer server, ResourceMeter meter, CancellationToken stop) =>
        StepRuns.Runner(TestPool.Options(server), new(TimeSpan.FromSeconds(4), TimeSpan.FromMinutes(2)), meter)
            .RunAsync(new(1, 5), stop);

    private static async Task CutsIdle(Peer peer, CancellationToken stop)
    {
        await peer.UpgradeAsync(stop);
        await CutIdleAsync(peer, stop);
    }

    // Serves until nothing came for the timeout, then ends TCP without a word.
    private static async Task CutIdleAsync(Peer peer, CancellationToken stop)
    {
        var serving = GoodServer.ServeAsync(peer, stop);
        if (await Task.WhenAny(serving, Task.Delay(IdleTimeout, TimeProvider.System, stop)) != serving)
            peer.Fin();
        await serving;
    }
}
