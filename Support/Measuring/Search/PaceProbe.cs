using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>
/// Whether a limit depends on how fast connections are opened: with those of the last probe still open, a few more are
/// opened slowly. Where they fail as well it is a cap, whatever the pace; where they open, the rest is opened at a pace
/// that spreads it.
/// </summary>
/// <param name="probes">The probes; what the last one opened is still open.</param>
/// <param name="own">The run's own pace.</param>
/// <param name="spread">How long opening the rest may take.</param>
/// <param name="time">The clock.</param>
internal sealed class PaceProbe(SearchProbes probes, OpenPace own, TimeSpan spread, TimeProvider time)
{
    // A person who opens one connection after the other; slower than every limit on new connections that is set in
    // practice.
    private static readonly OpenPace Slow = new(1, 2);

    // One may find a place that just became free, five hardly.
    private const int More = 5;

    private static readonly FailureKind[] WhileOpening =
    [
        FailureKind.Refused, FailureKind.ConnectTimeout, FailureKind.ConnectReset, FailureKind.TlsFailure,
        FailureKind.HandshakeTimeout, FailureKind.HandshakeProtocol,
    ];

    /// <summary>What the slower pace changes; null where it makes no difference.</summary>
    internal PacedLimit? Found { get; private set; }

    /// <summary>What was seen; null where it was not tried.</summary>
    internal PaceAnswer? Seen { get; private set; }

    /// <summary>
    /// Whether a pace could be the reason: connections failed while they were opened, and faster than slowly.
    /// </summary>
    internal static bool CouldMatter(StepResult result, OpenPace own)
    {
        if (result.Attempted - result.Opened <= result.Dropped || !(own.Rate > Slow.Rate || own.Rate is null))
            return false;
        return FailureReading.Main(result) is { } main
            && (WhileOpening.Contains(main.Kind)
                || main is { Kind: FailureKind.HandshakeRejected, Code: 429 or (>= 500 and <= 599) });
    }

    /// <summary>Adds slowly to what is open.</summary>
    /// <param name="limit">The limit at the run's own pace.</param>
    /// <param name="upTo">How many to open in all where pace matters: the count of the highest step.</param>
    /// <param name="interrupted">Stops early.</param>
    internal async Task RunAsync(ExactLimit limit, int upTo, CancellationToken interrupted)
    {
        // One by itself: at a server that queues, each that fails costs a deadline.
        if (!await AllOpenAsync(1, interrupted).ConfigureAwait(false)
            || !await AllOpenAsync(More - 1, interrupted).ConfigureAwait(false))
            return;
        var rest = upTo - probes.Open!.Held;
        var pace = rest > 0 ? PaceFor(rest) : Slow;
        if (rest > 0)
            await probes.AddSlowlyAsync(rest, pace, interrupted).ConfigureAwait(false);
        Conclude(probes.Open, limit, upTo, pace);
    }

    private void Conclude(StepResult last, ExactLimit limit, int upTo, OpenPace pace)
    {
        var stop = last.Held < upTo ? SearchStops.Of(last) : null;
        if (last.Held > limit.Breaks)
        {
            // Where the run or this client came to its end first, nothing of the server's broke.
            var breaks = stop is null && !new SearchPoint(upTo, last.Held).Holds ? upTo : (int?)null;
            Found = new(pace, last.Held, new(Math.Min(upTo, last.Held), breaks));
        }

        Seen = new(pace.Rate, last.Held, stop);
    }

    private async Task<bool> AllOpenAsync(int more, CancellationToken interrupted)
    {
        var before = probes.Open!;
        // The first has to keep its distance as well, from the burst before it.
        await Task.Delay(TimeSpan.FromSeconds(1 / Slow.Rate!.Value), time, interrupted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var result = (await probes.AddSlowlyAsync(more, Slow, interrupted).ConfigureAwait(false)).Result;
        var allOpen = result.Held >= before.Held + more;
        // Where nothing more was asked, or all that was open ended, it was not the pace that was tried.
        if (!allOpen && result.Attempted > before.Attempted && result.Held > 0 && SearchStops.Of(result) is null)
            Seen = new(null, result.Held, null);
        return allOpen;
    }

    private OpenPace PaceFor(int rest)
    {
        var rate = Math.Max(Slow.Rate!.Value, rest / spread.TotalSeconds);
        rate = Math.Min(rate, own.Rate ?? rate);
        return new(Math.Clamp((int)Math.Ceiling(rate), 1, own.InFlight), rate);
    }
}
