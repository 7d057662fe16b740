using System.Collections.Immutable;
using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>Runs probes one after the other: each from nothing, or on top of what the one before it opened.</summary>
/// <param name="runner">Runs the steps that the probes consist of.</param>
/// <param name="pause">Waits, before a clean probe of so many, until nothing of what was closed is left.</param>
/// <param name="time">The clock.</param>
/// <param name="probed">Told of every probe when it was counted.</param>
internal sealed class SearchProbes(
    StepRunner runner, Func<int, CancellationToken, Task> pause, TimeProvider time, Action<SearchProbe> probed)
    : IAsyncDisposable
{
    private readonly List<SearchProbe> all = [];
    private OpenStep? open;

    /// <summary>The probes so far.</summary>
    internal ImmutableArray<SearchProbe> All => [.. all];

    /// <summary>How long a clean probe waits after the pause, for a server that lets go late. Default: zero.</summary>
    internal TimeSpan Rest { get; set; }

    /// <summary>The last count of what is open now; null where nothing is.</summary>
    internal StepResult? Open => open is null ? null : all[^1].Result;

    /// <summary>Opens so many with nothing open, at the run's own pace, and counts.</summary>
    internal Task<SearchProbe> BeginAsync(int sessions, CancellationToken interrupted) =>
        BeginAsync(sessions, runner, runner.Pace, ProbeKind.Fresh, interrupted);

    /// <summary>As the other, held for another time.</summary>
    internal Task<SearchProbe> BeginAsync(int sessions, StepRunner holding, CancellationToken interrupted) =>
        BeginAsync(sessions, holding, holding.Pace, ProbeKind.Fresh, interrupted);

    /// <summary>Opens so many with nothing open, more gently than the run does, and counts.</summary>
    internal Task<SearchProbe> BeginPacedAsync(int sessions, OpenPace pace, CancellationToken interrupted) =>
        BeginAsync(sessions, runner, pace, ProbeKind.FreshPaced, interrupted);

    /// <summary>Adds to what is open, at the run's own pace, until so many were attempted in all.</summary>
    internal Task<SearchProbe> GrowAsync(
        int sessions,
        CancellationToken interrupted) => GrowAsync(sessions, runner.Pace, ProbeKind.Incremental, interrupted);

    /// <summary>Adds to what is open, slowly.</summary>
    internal Task<SearchProbe> AddSlowlyAsync(int more, OpenPace pace, CancellationToken interrupted) =>
        GrowAsync(Open!.Attempted + more, pace, ProbeKind.Paced, interrupted);

    /// <summary>
    /// Closes what is open; the last probe has the facts of closing then, as whether the target still answers.
    /// </summary>
    internal async Task CloseAsync(CancellationToken interrupted)
    {
        if (open is null)
            return;
        all[^1] = all[^1] with { Result = await open.CloseAsync(all[^1].Result, interrupted).ConfigureAwait(false) };
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Resets what is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        if (open is not null)
            await open.DisposeAsync().ConfigureAwait(false);
        open = null;
    }

    private async Task<SearchProbe> BeginAsync(
        int sessions, StepRunner with, OpenPace pace, ProbeKind kind, CancellationToken interrupted)
    {
        await CloseAsync(interrupted).ConfigureAwait(false);
        await pause(sessions, interrupted).ConfigureAwait(false);
        await Task.Delay(Rest, time, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        open = await with.BeginAsync(all.Count + 1, sessions, interrupted).ConfigureAwait(false);
        return await GrowAsync(sessions, pace, kind, interrupted).ConfigureAwait(false);
    }

    private async Task<SearchProbe> GrowAsync(
        int sessions, OpenPace pace, ProbeKind kind, CancellationToken interrupted)
    {
        var result = await open!.GrowAsync(sessions, pace, interrupted).ConfigureAwait(false);
        all.Add(new(all.Count + 1, kind, pace, result));
        probed(all[^1]);
        return all[^1];
    }
}
