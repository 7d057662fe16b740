using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Pool;

namespace Support.Measuring;

/// <summary>Memory of a server at one count. Null is "not known".</summary>
/// <param name="Held">Connections open.</param>
/// <param name="ProcessBytes">Resident memory of the server's process, where it is known.</param>
/// <param name="GroupBytes">What the server's control group is charged for, where it has one.</param>
public sealed record FreshStage(int Held, long? ProcessBytes, long? GroupBytes);

/// <summary>
/// What a server takes that was just started, while connections are added to it, none is closed and none sends
/// anything. A runtime keeps what earlier connections and messages used: after a climb the same server takes two or
/// three times as much for the same count.
/// </summary>
internal static class FreshGrowth
{
    private const int Stages = 4;

    // What a connection takes shows at some thousands; more only cost time.
    private const int Most = 4_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>Opens in stages, and reads at each.</summary>
    /// <param name="options">The server, and how fast connections are opened.</param>
    /// <param name="pools">Where they are held.</param>
    /// <param name="meter">Reads the server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sessions">What the server surely holds; more than 4,000 are not opened.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The stages in order; empty where one did not hold 99 %, or it was ended.</returns>
    public static async Task<ImmutableArray<FreshStage>> MeasureAsync(
        PoolOptions options, IPoolSource pools, ResourceMeter meter, TimeProvider time, int sessions,
        CancellationToken stop)
    {
        var top = Math.Min(sessions, Most);
        if (top < Stages)
            return [];
        try
        {
            var pool = await pools.CreateAsync(options, top, stop).ConfigureAwait(false);
            await using (pool.ConfigureAwait(false))
            {
                var stages = await GrowAsync(pool, options.Pace, meter, time, top, stop).ConfigureAwait(false);
                await pool.CloseAsync(stop).ConfigureAwait(false);
                return stages;
            }
        }
        catch (SocketException)
        {
            // The name is not resolved any more.
            return [];
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return [];
        }
    }

    private static async Task<ImmutableArray<FreshStage>> GrowAsync(
        IConnectionPool pool, OpenPace pace, ResourceMeter meter, TimeProvider time, int top, CancellationToken stop)
    {
        ReadingScope scope = new(pool.ProcessIds)
        {
            Target = StepFacts.Target(await pool.ReadAsync().ConfigureAwait(false)),
        };
        var before = await meter.ReadAsync(scope, stop).ConfigureAwait(false);
        List<FreshStage> stages = [];
        for (var stage = 1; stage <= Stages; stage++)
        {
            var count = (int)((long)top * stage / Stages);
            await pool.OpenAsync(count - pool.Counts.Attempted, pace, stop).ConfigureAwait(false);
            await Task.Delay(Settling, time, stop).ConfigureAwait(false);
            var open = (await pool.ReadAsync().ConfigureAwait(false)).Counts.Open;
            if (open < count * StepResult.HoldsShare)
                return [];
            var reading = await meter.ReadAsync(scope with { Before = before, Held = open }, stop)
                .ConfigureAwait(false);
            stages.Add(new(open, reading.Target?.ResidentBytes, reading.Server?.Group?.MemoryBytes));
        }

        return [.. stages];
    }
}
