using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Tests.Pool.Faults;
using Support.Verdict;

namespace Support.Tests.Measuring;

/// <summary>
/// A step that ends before its end: by its deadline, or from outside. What was counted by then is in the result.
/// </summary>
internal sealed class StepStopsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Test]
    [CancelAfter(60_000)]
    public async Task A_deadline_in_mid_open_leaves_the_rest_untried_and_no_socket(CancellationToken cancellationToken)
    {
        await using var server = FirstFew(5);
        var clock = new ManualClock();
        var timing = new StepTiming(TimeSpan.Zero, TimeSpan.FromSeconds(240));
        var running = StepRuns.Runner(Patient(server), timing, time: clock).RunAsync(new(1, 50), cancellationToken);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        // A quarter of the step is kept for the proof.
        clock.Advance(TimeSpan.FromSeconds(180));
        var result = await PumpAsync(running, clock, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Sessions, result.Attempted, result.Opened, result.Held), Is.EqualTo((50, 10, 5, 5)));
            Assert.That(result.Stop, Is.EqualTo(EarlyStopKind.Deadline));
            Assert.That(
                result.Failures.Spelt(), Is.EquivalentTo(new Dictionary<string, int> { ["HandshakeTimeout"] = 5 }));
            Assert.That(
                StepJudge.Judge(result, 0.5).Outcome,
                Is.EqualTo(StepOutcome.Unreliable),
                "5 of 10 attempted, of 50 wanted");
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_long_step_gives_a_sign_of_life_at_least_every_five_seconds(CancellationToken cancellationToken)
    {
        await using var server = FirstFew(5);
        var clock = new ManualClock();
        var reports = new StepRuns.Reports();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = StepRuns.Runner(Patient(server), time: clock, progress: reports).RunAsync(new(1, 50), stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(3));
        var early = reports.All.Count;
        clock.Advance(TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromSeconds(5));
        var shown = reports.All;
        await stop.CancelAsync();
        await PumpAsync(running, clock, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.Zero);
            Assert.That(shown, Is.EqualTo(new StepProgress[]
            {
                new(50, "opening", 10, 5, TimeSpan.FromSeconds(5)), new(50, "opening", 10, 5, TimeSpan.FromSeconds(10)),
            }));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_interruption_in_mid_open_is_answered_with_what_was_counted(CancellationToken cancellationToken)
    {
        await using var server = FirstFew(5);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = StepRuns.Runner(Patient(server)).RunAsync(new(1, 50), stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 10, cancellationToken);
        await stop.CancelAsync();
        var result = await running;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Attempted, result.Opened, result.Stop), Is.EqualTo((10, 5, EarlyStopKind.Interrupted)));
            Assert.That(StepJudge.Judge(result, 0.01).Outcome, Is.EqualTo(StepOutcome.NotAttempted));
        }

        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_interruption_ends_the_hold(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = StepRuns.Runner(TestPool.Options(server), new(TimeSpan.FromHours(1), TimeSpan.FromHours(2)))
            .RunAsync(new(1, 5), stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 5, cancellationToken);
        await stop.CancelAsync();

        Assert.That((await running).Stop, Is.EqualTo(EarlyStopKind.Interrupted));
        await ClientSockets.AssertNoneLeftAsync(server, cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_interruption_after_the_count_does_not_undo_it(CancellationToken cancellationToken)
    {
        var closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FaultServer.Start(async (peer, stop) =>
        {
            await peer.UpgradeAsync(stop);
            while (await peer.ReadFrameAsync(stop) is { } frame)
            {
                if (frame.Opcode == 9)
                    await peer.SendAsync(ServerFrame.Pong(frame.Payload), stop);
                else if (frame.Opcode == 8)
                    closing.TrySetResult();
            }
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = StepRuns.Runner(TestPool.Options(server)).RunAsync(new(1, 3), stop.Token);
        await closing.Task.WaitAsync(cancellationToken);
        await stop.CancelAsync();
        var result = await running;

        Assert.That((result.Held, result.StoppedEarly, result.Failures.Count), Is.EqualTo((3, (string?)null, 0)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_interruption_while_the_target_is_asked_for_its_numbers_is_no_exception(
        CancellationToken cancellationToken)
    {
        // It answers neither an upgrade nor a question.
        await using var server = FaultServer.Start(TcpFaults.SilenceAfterRequest);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = StepRuns.Runner(TestPool.Options(server), meter: new(null, server.Url))
            .RunAsync(new(1, 5), stop.Token);
        await TestPool.UntilAsync(() => server.Requests == 1, cancellationToken);
        await stop.CancelAsync();

        Assert.That((await running).Stop, Is.EqualTo(EarlyStopKind.Interrupted));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_run_that_was_stopped_before_opens_nothing(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var result = await StepRuns.Runner(TestPool.Options(server), meter: new(null, server.Url))
            .RunAsync(new(1, 5), new(canceled: true));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Attempted, result.Held, result.Stop), Is.EqualTo((0, 0, EarlyStopKind.Interrupted)));
            Assert.That(server.Requests, Is.Zero);
        }
    }

    /// <summary>A server that upgrades the first few and says nothing to the others.</summary>
    private static FaultServer FirstFew(int few)
    {
        var number = 0;
        return FaultServer.Start((peer, stop) =>
            Interlocked.Increment(ref number) <= few
                ? GoodServer.Echo(peer, stop)
                : TcpFaults.SilenceAfterRequest(peer, stop));
    }

    private static PoolOptions Patient(FaultServer server) => TestPool.Options(server) with
    {
        InFlight = 5,
        AttemptTimeout = TimeSpan.FromHours(1),
        PongTimeout = TimeSpan.FromHours(1),
    };

    // Lets the clock run until the step has ended.
    private static async Task<StepResult> PumpAsync(Task<StepResult> running, ManualClock clock, CancellationToken stop)
    {
        var last = TimeProvider.System.GetTimestamp();
        while (!running.IsCompleted)
        {
            await Task.Delay(Tick, TimeProvider.System, stop);
            var now = TimeProvider.System.GetTimestamp();
            // Faster than time, for a target that keeps everyone waiting is asked for 20 s; and not so fast that a pong
            // of a busy machine comes too late.
            clock.Advance(10 * TimeProvider.System.GetElapsedTime(last, now));
            last = now;
        }

        return await running;
    }
}
