using System.Collections.Immutable;
using System.Net;
using Support.Measuring;
using Support.Pool;
using Support.Targets;

namespace Support.Measuring.Search;

/// <summary>
/// Whether a limit is one of how connections are opened. With those of a failed probe still open, a few more are opened
/// slowly: where they fail as well, the pace makes no difference, and on loopback a second client address is tried.
/// Where they open, fewer handshakes at once are tried, and then the highest rate that holds is searched.
/// </summary>
/// <param name="probes">The probes; what the last one opened is still open.</param>
/// <param name="runner">The run's own pace.</param>
/// <param name="spread">How long opening all of a probe may take.</param>
/// <param name="top">The most connections that a probe may open.</param>
/// <param name="time">The clock.</param>
internal sealed class OpeningProbe(
    SearchProbes probes, StepRunner runner, TimeSpan spread, int top, TimeProvider time)
{
    // A person who opens one connection after the other; slower than every limit on new connections that is set in
    // practice.
    private static readonly OpenPace Slow = new(1, 2);

    // One may find a place that just became free, five hardly.
    private const int More = 5;

    // Of the handshakes at once: a tenth still opens as fast as most servers can, and is far from where they refuse.
    private const int FewerBy = 10;

    // A server that does one handshake after the other answers so many at once no sooner than one by itself: what it
    // does in the time of one is 1, and as many as there are where it does them side by side. Below 5 ms that time is
    // this side's as much as the server's.
    private const double Serial = 2;
    private const double SlowSeconds = 0.005;

    // From a first guess, or the slowest, doubling, and a step between the last two.
    private const int MostRates = 6;

    // What a gentler pace has to hold to be the reason: more than a limit that varies holds now and then.
    private const double ClearlyMore = 1.3;

    // The probe that confirms a rate may open for so many times as long as the others.
    private const int Longer = 2;

    // A rate that is kept for less is a burst, which many servers take above their rate.
    private const double Sustained = 2;

    // A server that is this far behind the rate holds the others up: what it keeps up with is the rate.
    private const double Kept = 0.8;

    // Nearer, two rates are one: a rate is not kept to the second by either side.
    private const double NearRates = 1.5;

    private static readonly FailureKind[] WhileOpening =
    [
        FailureKind.Refused, FailureKind.ConnectTimeout, FailureKind.ConnectReset, FailureKind.TlsFailure,
        FailureKind.HandshakeTimeout, FailureKind.HandshakeProtocol,
    ];

    // A server that keeps them waiting is slow at handshakes; one that limits how many are under way refuses the rest.
    private static readonly FailureKind[] Waiting = [FailureKind.ConnectTimeout, FailureKind.HandshakeTimeout];

    private double loneSeconds;

    // The ladder's top leaves no room to hold clearly more: then a gentler pace has to hold each one.
    private bool isClose;

    /// <summary>Whether the question was answered, or could not be.</summary>
    internal bool WasAsked { get; private set; }

    /// <summary>What set the limit; null where nothing in the way of opening did.</summary>
    internal OpeningLimit? Found { get; private set; }

    /// <summary>What a gentler pace held; null where none was shown to hold all.</summary>
    internal PacedLimit? Paced { get; private set; }

    /// <summary>What was seen; null where it was not tried.</summary>
    internal PaceAnswer? Seen { get; private set; }

    /// <summary>
    /// Whether the way of opening could be the reason: connections failed while they were opened, and faster than
    /// slowly.
    /// </summary>
    internal static bool CouldMatter(StepResult result, OpenPace own)
    {
        if (result.Attempted - result.Opened <= result.Dropped || !(own.Rate > Slow.Rate || own.Rate is null))
            return false;
        return FailureReading.Main(result) is { } main
            && (WhileOpening.Contains(main.Kind)
                || main is { Kind: FailureKind.HandshakeRejected, Code: 403 or 429 or (>= 500 and <= 599) });
    }

    /// <summary>Asks once, with what the last probe left open.</summary>
    /// <param name="failed">What failed: that probe, or the step that it follows.</param>
    /// <param name="most">The most that were held so far.</param>
    /// <param name="interrupted">Stops early.</param>
    internal async Task AskAsync(StepResult failed, int most, CancellationToken interrupted)
    {
        if (WasAsked || probes.Open is not { Held: > 0 } || !CouldMatter(failed, runner.Pace))
            return;
        WasAsked = true;
        // One by itself: at a server that queues, each that fails costs a deadline.
        if (await AllOpenAsync(1, interrupted).ConfigureAwait(false)
            && await AllOpenAsync(More - 1, interrupted).ConfigureAwait(false))
        {
            var held = Math.Max(most, probes.Open!.Held);
            isClose = top < held * ClearlyMore;
            await NameAsync(failed, Clearly(held, failed.Sessions), interrupted).ConfigureAwait(false);
        }
        else if (Seen is not null && await OpensFromElsewhereAsync(interrupted).ConfigureAwait(false))
            Found = OpeningLimit.PerAddress;
    }

    /// <summary>Takes the answer back where the run's own pace held about as many after all.</summary>
    /// <param name="most">The most that the run's own pace held.</param>
    /// <returns>Whether it was taken back.</returns>
    internal bool Refute(int most)
    {
        if (Paced is not { } paced || paced.Held >= most * ClearlyMore || paced.Held >= paced.Limit.Holds)
            return false;
        (Found, Paced) = (null, null);
        return true;
    }

    private async Task<bool> AllOpenAsync(int more, CancellationToken interrupted)
    {
        var before = probes.Open!;
        // The first has to keep its distance as well, from the burst before it.
        await Task.Delay(TimeSpan.FromSeconds(1 / Slow.Rate!.Value), time, interrupted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var result = (await probes.AddSlowlyAsync(more, Slow, interrupted).ConfigureAwait(false)).Result;
        var allOpen = result.Held >= before.Held + more;
        if (more == 1)
            loneSeconds = result.OpenSeconds;
        // Where nothing more was asked, or all that was open ended, it was not the pace that was tried.
        if (!allOpen && result.Attempted > before.Attempted && result.Held > 0 && SearchStops.Of(result) is null)
            Seen = new(null, result.Held, null);
        return allOpen;
    }

    // A server that refuses at once, and holds all where fewer are under way, limits that; every other one the rate.
    // Where no gentler pace holds all, it is not known to be the reason.
    private async Task NameAsync(StepResult failed, int upTo, CancellationToken interrupted)
    {
        var own = runner.Pace;
        var fewer = new OpenPace(Math.Max(1, own.InFlight / FewerBy), own.Rate);
        if (fewer.InFlight < own.InFlight && FailureReading.Main(failed) is { } main && !Waiting.Contains(main.Kind)
            && await HoldsAsync(fewer, upTo, interrupted).ConfigureAwait(false) && !IsSerial(fewer)
            && await HoldsAsync(fewer, upTo, interrupted).ConfigureAwait(false))
            Found = OpeningLimit.InFlight;
        else if (await SearchRateAsync(failed, upTo, interrupted).ConfigureAwait(false) is { } rate
            && (await ConfirmsAsync(rate, upTo, interrupted).ConfigureAwait(false)
                || await ConfirmsAsync(rate with { Rate = rate.Rate / NearRates }, upTo, interrupted)
                    .ConfigureAwait(false)))
            Found = OpeningLimit.Rate;
        Paced = Found is null ? null : Paced;
    }

    private bool IsSerial(OpenPace fewer) =>
        probes.All[^1].Result is { OpenSeconds: > 0 } result && loneSeconds >= SlowSeconds
        && fewer.InFlight > 2 * Serial && result.Opened / result.OpenSeconds * loneSeconds < Serial;

    private int ClearlyAboveFailed(OpenPace pace, int upTo) => Math.Min(
        Math.Max(upTo, (int)(pace.Rate!.Value * spread.TotalSeconds * Longer)),
        Clearly(
            probes.All.Where(probe => !probe.Holds).Select(probe => probe.Result.Held).DefaultIfEmpty(0).Max(), upTo));

    private int Clearly(int most, int failed) =>
        Math.Min(top, Math.Max(failed, (int)Math.Ceiling(most * ClearlyMore)));

    // What held once may have held by chance, where the limit varies: each answer is held twice.
    private Task<bool> ConfirmsAsync(OpenPace pace, int upTo, CancellationToken interrupted)
    {
        Paced = null;
        return HoldsAsync(pace, Count(pace, ClearlyAboveFailed(pace, upTo)), interrupted);
    }

    private int Count(OpenPace pace, int upTo) =>
        Math.Min(top, Math.Max(upTo, (int)Math.Ceiling(pace.Rate!.Value * Sustained)));

    private async Task<OpenPace?> SearchRateAsync(StepResult failed, int upTo, CancellationToken interrupted)
    {
        Paced = null;
        var least = Math.Max(Slow.Rate!.Value, upTo / spread.TotalSeconds);
        var offered = failed.OpenSeconds > 0 ? failed.Attempted / failed.OpenSeconds : double.PositiveInfinity;
        var served = failed.OpenSeconds > 0 ? failed.Opened / failed.OpenSeconds : least;
        var most = Math.Min(Math.Min(runner.Pace.Rate ?? double.PositiveInfinity, offered), top / Sustained);
        var (low, high) = (0.0, most);
        var rate = Math.Clamp(served / 2, least, Math.Max(least, most));
        for (var asked = 0; asked < MostRates && !interrupted.IsCancellationRequested; asked++)
        {
            var pace = new OpenPace(runner.Pace.InFlight, rate);
            if (await HoldsAsync(pace, Count(pace, upTo), interrupted).ConfigureAwait(false))
                low = Paced!.Pace.Rate!.Value;
            else if (SearchStops.Of(probes.All[^1].Result) is null)
                high = rate;
            else
                break;
            // Where the slowest does not hold either, no rate between the two is the answer.
            if ((low == 0 && rate <= least) || (low > 0 && high / low < NearRates) || (low > 0 && low < rate * Kept))
                break;
            rate = low == 0 ? least : low * 4 < high ? low * 2 : Math.Sqrt(low * high);
        }

        return low == 0 || interrupted.IsCancellationRequested ? null : new(runner.Pace.InFlight, low);
    }

    private async Task<bool> HoldsAsync(OpenPace pace, int sessions, CancellationToken interrupted)
    {
        var result = (await probes.BeginPacedAsync(sessions, pace, interrupted).ConfigureAwait(false)).Result;
        Seen = new(pace.Rate, result.Held, SearchStops.Of(result));
        if (!result.Reaches(StepResult.HoldsShare) || (isClose && result.Held < sessions))
            return false;
        // What was asked for, as far as the server kept up with it.
        if (result.OpenSeconds > 0 && result.Opened / result.OpenSeconds is var kept && kept < pace.Rate * Kept)
            pace = pace with { Rate = kept };
        if (Paced is null || pace.Rate > Paced.Pace.Rate)
            Paced = new(pace, result.Held, new(sessions, null));
        return true;
    }

    // Every address of 127.0.0.0/8 is this machine's own (RFC 1122, 3.2.1.3), so that another is there without asking.
    private async Task<bool> OpensFromElsewhereAsync(CancellationToken interrupted)
    {
        if (TargetEndPoint.Of(runner.Options.Url) is not { Address: var address } || !IPAddress.IsLoopback(address)
            || address.GetAddressBytes().Length != 4 || !runner.Options.SourceAddresses.IsEmpty)
            return false;
        ImmutableArray<IPAddress> other = [IPAddress.Parse("127.0.0.2")];
        return await runner.OpensAsync(More, runner.Options with { SourceAddresses = other }, interrupted)
            .ConfigureAwait(false);
    }
}
