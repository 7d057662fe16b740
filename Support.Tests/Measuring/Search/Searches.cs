using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Targets;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>A ladder and the search after it, against a real server.</summary>
internal static class Searches
{
    /// <summary>Climbs, then searches, against the suite's own target told to misbehave.</summary>
    public static async Task<SearchResult> RunAsync(string[] arguments, int[] steps, CancellationToken stop,
        Func<PoolOptions, PoolOptions>? change = null, StepTiming? timing = null)
    {
        await using var target = await EmbeddedTarget.StartAsync(new() { Arguments = [.. arguments] }, stop);
        var options = TestPool.Options(target.Url);
        return await RunAsync(change is null ? options : change(options), steps, target.Url, stop, timing);
    }

    /// <summary>Climbs until a step holds less than 75 %, then searches.</summary>
    /// <param name="options">The server and how to reach it.</param>
    /// <param name="steps">The ladder.</param>
    /// <param name="stats">The server where it answers <c>/stats</c>.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="timing">The times of a step.</param>
    /// <param name="tried">Told of every try.</param>
    /// <param name="pools">Where the connections are held; in this process unless told otherwise.</param>
    /// <param name="longest">The longest pause; 20 s unless told otherwise.</param>
    /// <param name="rest">How long a rest is; hardly any unless told otherwise.</param>
    public static async Task<SearchResult> RunAsync(
        PoolOptions options, int[] steps, Uri? stats, CancellationToken stop, StepTiming? timing = null,
        Action<SearchProbe>? tried = null, IPoolSource? pools = null, TimeSpan? rest = null,
        TimeSpan? longest = null)
    {
        var runner = StepRuns.Runner(options, timing, pools: pools);
        var pause = new StepPause(
            longest ?? TimeSpan.FromSeconds(20), TargetEndPoint.Of(options.Url), stats, TimeProvider.System);
        var ladder = ImmutableArray.CreateBuilder<StepResult>();
        foreach (var sessions in steps)
        {
            ladder.Add(await runner.RunAsync(new(ladder.Count + 1, sessions), stop));
            await pause.WaitAsync(stop);
            if (!ladder[^1].Reaches(0.75))
                break;
        }

        var searcher = new LimitSearcher(runner, (_, token) => pause.WaitAsync(token), TimeSpan.FromSeconds(2), 1000,
            TimeProvider.System, tried ?? (_ => { }))
        {
            Rest = rest ?? TimeSpan.FromMilliseconds(10),
        };
        return await searcher.RunAsync(ladder.ToImmutable(), stop);
    }

    /// <summary>The tries as kind and counts, as in <c>Fresh 101: 100</c>.</summary>
    public static IEnumerable<string> Shown(this SearchResult found) =>
        found.Probes.Select(
            tried => FormattableString.Invariant($"{tried.Kind} {tried.Result.Sessions}: {tried.Result.Held}"));
}
