using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring;

/// <summary>A wall clock that is set in mid-run moves no duration and no deadline.</summary>
[TestFixture(false)]
[TestFixture(true)]
[CancelAfter(60_000)]
internal sealed class ClockJumpTests(bool portable) : BothPaths(portable)
{
    [Test]
    public async Task A_step_takes_as_long_as_it_takes()
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var clock = new JumpingClock();
        var start = TimeProvider.System.GetTimestamp();
        var result = await StepRuns.Runner(
            TestPool.Options(server.Url), new(TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(2)), time: clock)
            .RunAsync(new(1, 20), TestContext.CurrentContext.CancellationToken);
        var most = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clock.Jumps, Is.GreaterThan(0), "the wall clock was asked, for the time of day");
            Assert.That((result.Held, result.StoppedEarly), Is.EqualTo((20, (string?)null)));
            Assert.That(result.Seconds, Is.InRange(0.2, most));
            Assert.That(result.OpenSeconds, Is.InRange(0, most));
            Assert.That(result.CloseSeconds, Is.InRange(0, most));
            Assert.That(result.ConnectMilliseconds!.Max, Is.InRange(0, most * 1000));
            Assert.That(result.PongMilliseconds!.Max, Is.InRange(0, most * 1000));
        }
    }

    [Test]
    public async Task The_calibration_and_the_pause_take_as_long_as_they_take()
    {
        var clock = new JumpingClock();
        var start = TimeProvider.System.GetTimestamp();
        var calibration = await new SelfTestRunner(new InProcessPools(clock), clock)
            .RunAsync(SelfTestDraw.From(1), tls: false, TestContext.CurrentContext.CancellationToken);
        var paused = await new StepPause(TimeSpan.FromMilliseconds(300), target: null, stats: null, clock)
            .WaitAsync(TestContext.CurrentContext.CancellationToken);
        var most = TimeProvider.System.GetElapsedTime(start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.IsTrue, Is.True, () => string.Join("\n", calibration.Readings));
            Assert.That(calibration.Seconds, Is.InRange(0, most.TotalSeconds));
            Assert.That(paused, Is.InRange(TimeSpan.FromMilliseconds(290), most));
        }
    }
}
