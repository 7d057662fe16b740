using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Pool;
using Support.Settings;

namespace Support.Measuring;

/// <summary>Runs one step: open, hold, ping, count, close. Gives facts, never a judgement.</summary>
internal sealed class StepRunner(
    PoolOptions options, IPoolSource pools, StepTiming timing, ResourceMeter meter, TimeProvider time,
    IProgress<StepProgress> progress)
{
    // In a short step the pings have to end in the step's time.
    private PoolOptions InTime => options with { PongTimeout = timing.PingTime(options.PongTimeout) };

    /// <summary>
    /// Where the connection is made that asks whether the target still answers. Default: in this process.
    /// </summary>
    internal IPoolSource Asking { get; init; } = new InProcessPools(time);

    /// <summary>A runner by a run's settings.</summary>
    /// <param name="settings">How connections are opened and held.</param>
    /// <param name="url">The target.</param>
    /// <param name="pools">Where connections are held.</param>
    /// <param name="asking">As <see cref="Asking"/>; null for its default.</param>
    /// <param name="meter">Reads what a step costs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told how far a step is.</param>
    public static StepRunner For(
        CapacitySettings settings, Uri url, IPoolSource pools, IPoolSource? asking, ResourceMeter meter,
        TimeProvider time, IProgress<StepProgress> progress) => new(
            PoolOptions.From(settings, url), pools,
            new StepTiming(settings.Ladder.Hold, settings.Ladder.StepTimeout), meter, time, progress)
        {
            Asking = asking ?? new InProcessPools(time),
        };

    /// <summary>How connections are opened.</summary>
    public PoolOptions Options => options;

    /// <summary>The pace at which connections are opened where no other is asked for.</summary>
    public OpenPace Pace => options.Pace;

    /// <summary>How long connections are held before they are counted.</summary>
    public TimeSpan Hold => timing.Hold;

    /// <summary>The same with another hold.</summary>
    /// <param name="hold">Below the step's time.</param>
    public StepRunner Holding(TimeSpan hold) =>
        new(options, pools, timing with { Hold = hold }, meter, time, progress) { Asking = Asking };

    /// <summary>Whether so many open at once and answer a ping, beside what is open; they are closed again.</summary>
    /// <param name="count">At least 1.</param>
    /// <param name="how">How they are opened.</param>
    /// <param name="interrupted">Ends it; then the answer is no.</param>
    public async Task<bool> OpensAsync(int count, PoolOptions how, CancellationToken interrupted)
    {
        try
        {
            var pool = await Asking.CreateAsync(how, count, interrupted).ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                await pool.OpenAsync(count, how.Pace with { Rate = null }, interrupted).ConfigureAwait(false);
                var held = await pool.PingAsync(interrupted).ConfigureAwait(false);
                await pool.CloseAsync(interrupted).ConfigureAwait(false);
                return held == count;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Runs the step; never throws for what a target, a path or a limit does.</summary>
    /// <param name="step">The step.</param>
    /// <param name="interrupted">
    /// Stops the step early; what was counted by then is in the result, which says so.
    /// </param>
    public async Task<StepResult> RunAsync(CapacityStep step, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(step);
        var open = await BeginAsync(step.Number, step.Sessions, interrupted).ConfigureAwait(false);
        await using (open.ConfigureAwait(false))
        {
            var counted = await open.GrowAsync(step.Sessions, options.Pace, interrupted).ConfigureAwait(false);
            return await open.CloseAsync(counted, interrupted).ConfigureAwait(false);
        }
    }

    /// <summary>What a server takes that was just started; see <see cref="FreshGrowth"/>.</summary>
    /// <param name="sessions">What it surely holds.</param>
    /// <param name="stop">Ends it.</param>
    public Task<ImmutableArray<FreshStage>> GrowAsync(int sessions, CancellationToken stop) =>
        FreshGrowth.MeasureAsync(options, pools, meter, time, sessions, stop);

    /// <summary>
    /// Begins a step that stays open after its count, so that it can be grown; nothing is attempted yet.
    /// </summary>
    /// <param name="number">The step's number, from 1.</param>
    /// <param name="sessions">The connections that will be wanted, as far as is known now.</param>
    /// <param name="interrupted">Stops the step early.</param>
    public async Task<OpenStep> BeginAsync(int number, int sessions, CancellationToken interrupted)
    {
        var begun = new OpenStep(InTime, timing, meter, Asking, time, progress, number);
        try
        {
            await begun.PrepareAsync(pools, sessions, interrupted).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            begun.CannotResolve(e);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // The step has no pool then, and says that it was interrupted.
        }

        return begun;
    }
}

/// <summary>A sign of life inside a step; for people, read by nothing.</summary>
/// <param name="Sessions">The step.</param>
/// <param name="Activity">What it is doing, as in "opening".</param>
/// <param name="Attempted">Handshakes started.</param>
/// <param name="Open">Open now.</param>
/// <param name="Elapsed">Since the step began.</param>
public readonly record struct StepProgress(int Sessions, string Activity, int Attempted, int Open, TimeSpan Elapsed);

/// <summary>How long the parts of a step may take.</summary>
/// <param name="Hold">
/// How long connections are held before they are counted; below <paramref name="StepTimeout"/>, and never shortened.
/// </param>
/// <param name="StepTimeout">The deadline of opening, holding and pinging together.</param>
internal sealed record StepTiming(TimeSpan Hold, TimeSpan StepTimeout)
{
    private TimeSpan BesideHold => StepTimeout - Hold;

    /// <summary>
    /// The part of the step's time that is kept for the pings: the pong deadline, and no more than a quarter of the
    /// step, nor than half of what the hold leaves.
    /// </summary>
    public TimeSpan PingTime(TimeSpan pongTimeout) => Least(pongTimeout, StepTimeout / 4, BesideHold / 2);

    /// <summary>
    /// What is left for opening: with hold and pings it is the step's time, so that no step outlasts its deadline.
    /// </summary>
    public TimeSpan OpenTime(TimeSpan pongTimeout) => BesideHold - PingTime(pongTimeout);

    private static TimeSpan Least(params ReadOnlySpan<TimeSpan> times)
    {
        var least = times[0];
        foreach (var time in times)
            least = time < least ? time : least;
        return least;
    }
}
