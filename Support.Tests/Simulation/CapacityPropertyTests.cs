using System.Globalization;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Verdict;

namespace Support.Tests.Simulation;

/// <summary>
/// What holds of every run, whatever the server does: thousands of simulated servers, each from a seed. As many as
/// <c>SIMULATED_RUNS</c> says; a few hundred without.
/// </summary>
internal sealed class CapacityPropertyTests
{
    private const int FewRuns = 260;

    private const double Safe = 0.8;

    private static readonly Lazy<List<SimulatedRun>> Runs = new(() =>
        [.. Enumerable.Range(0, Wanted).AsParallel().AsOrdered().Select(seed => new SimulatedRun(seed).Finished())]);

    private static int Wanted =>
        int.TryParse(
            Environment.GetEnvironmentVariable("SIMULATED_RUNS"), CultureInfo.InvariantCulture, out var wanted)
            ? wanted : FewRuns;

    [Test]
    public void No_safe_limit_is_above_four_fifths_of_what_the_server_surely_holds() =>
        Holds(run => SurelyHeld(run) is not { } held || (run.Verdict.SafeLimit ?? 0) <= Safe * held);

    [Test]
    public void A_hard_limit_is_not_wasted() =>
        Holds(run => run.StopAt is not null
            || run.Server.Kind is not (ServerKind.Cap or ServerKind.LateRelease or ServerKind.Queue)
            || run.Server.Number >= run.Ladder.Steps[^1]
            || run.Verdict.SafeLimit >= (int)(0.7 * run.Server.Number));

    [Test]
    public void A_run_does_not_contradict_itself() => Holds(run =>
    {
        var verdict = run.Verdict;
        var most = run.Counted.Select(result => result.Held).DefaultIfEmpty(0).Max();
        return verdict is { Exact: null } or { Exact.Breaks: null } || (verdict.Exact is { } exact
            && exact.Holds < exact.Breaks
            // A server that loses more the more there are holds more at once where more are wanted.
            && (most * 100L < exact.Breaks * 99L || run.Server.Kind == ServerKind.Decay)
            && run.Counted.Where(result => result.Sessions == exact.Breaks)
                .All(result => !result.Reaches(StepResult.HoldsShare)));
    });

    [Test]
    public void The_numbers_are_in_order() => Holds(run => run.Verdict is var verdict
        && (verdict.MaxReliable is null || verdict.MaxReliable <= verdict.PeakConnections
            || verdict.MaxReliable == verdict.LadderReliable)
        && (verdict.SafeLimit ?? 0) <= Safe * (verdict.MaxReliable ?? 0)
        && (verdict.Interval is not { } varies || (varies.Low >= 0 && varies.Low <= varies.High))
        && (verdict.Exact is null || verdict.Interval is null));

    [Test]
    public void Where_nothing_was_held_no_run_passes() =>
        Holds(run => run.Verdict.PeakConnections > 0 || run.Verdict.Outcome != RunOutcome.Passed);

    [Test]
    public void The_cause_is_the_servers_or_not_known()
    {
        var judged = Runs.Value.Where(run => run.StopAt is null && run.Verdict.PeakConnections is not null)
            .Select(run => (Run: run, Is: Cause(run), Should: Expected(run))).Where(one => one.Should != null).ToList();
        var wrong = judged.Where(one => one.Is != one.Should && one.Is != "not known").ToList();
        Assert.That(wrong, Is.Empty, () => Shown(wrong.Select(one => $"{one.Should}, said {one.Is}: {one.Run}")));
        foreach (var kind in judged.GroupBy(one => one.Should))
        {
            var right = kind.Count(one => one.Is == one.Should);
            Assert.That(right, Is.GreaterThanOrEqualTo(0.95 * kind.Count()), () => Shown(
                kind.Where(one => one.Is != one.Should).Select(one => $"{one.Should}, said {one.Is}: {one.Run}")));
        }
    }

    [Test]
    public void A_rate_that_is_named_is_one_that_the_server_keeps_up_with() => Holds(run =>
        run.Search?.Paced is not { Pace.Rate: { } rate }
        || run.Server.Kind is not (ServerKind.Rate or ServerKind.Serial) || rate <= 1.3 * run.Server.Number);

    [Test]
    public void No_search_repeats_a_long_hold_more_than_three_times() => Holds(run =>
        run.Ladder.Hold < LimitSearcher.LongHold
        || (run.Search?.Probes ?? []).Count(probe => probe.Result.Stop is null && probe.Kind == ProbeKind.Fresh
            && probe.Result.Seconds - probe.Result.OpenSeconds >= run.Ladder.Hold.TotalSeconds)
            <= LimitSearcher.MostLongHolds);

    private static void Holds(Func<SimulatedRun, bool> property)
    {
        var broken = Runs.Value.Where(run => !property(run)).ToList();
        Assert.That(broken, Is.Empty, () => Shown(broken.Select(run => $"{run}")));
    }

    private static string Shown(IEnumerable<string> runs) =>
        string.Join('\n', runs.Take(12)) + $"\n({runs.Count()} of {Wanted})";

    // Null where the server bounds no number.
    private static double? SurelyHeld(SimulatedRun run) => run.Server.Kind switch
    {
        ServerKind.Cap or ServerKind.LateRelease or ServerKind.Queue or ServerKind.PerAddress or ServerKind.Crash =>
            run.Server.Number,
        // Where it was the same number each time that it was met, to 1 % or 1, nobody could know.
        ServerKind.VaryingCap when run.Server.Met.Count == 0
            || LimitSearch.AreNear(run.Server.Met.Min(), run.Server.Met.Max()) => null,
        ServerKind.VaryingCap => run.Server.Least,
        ServerKind.Decay => Enumerable.Range(1, 1000).Max(run.Server.Left),
        ServerKind.Timer when run.Server.Seconds <= run.Ladder.Hold.TotalSeconds => 0,
        _ => null,
    };

    private static string? Expected(SimulatedRun run) => run.Server.Kind switch
    {
        _ when run.Steps.All(step => step.Outcome == StepOutcome.Reliable
            && step.Result!.Reaches(StepResult.HoldsShare) && step.Before is null) => "none",
        ServerKind.Cap or ServerKind.LateRelease or ServerKind.Queue or ServerKind.Decay => "number",
        ServerKind.VaryingCap => run.Verdict.Exact is { IsExact: true } ? "number" : "varies",
        ServerKind.Rate or ServerKind.Serial => "rate",
        ServerKind.InFlight => "in flight",
        ServerKind.PerAddress => "per address",
        ServerKind.Event => "event",
        ServerKind.Timer => "timer",
        // Of fewer a handful is lost, which may be anything.
        ServerKind.RandomLoss when run.Counted.Max(result => result.Sessions) * run.Server.Share >= 5 => "share",
        ServerKind.Crash => "crash",
        _ => null,
    };

    private static string Cause(SimulatedRun run) => run.Verdict switch
    {
        { Opening: OpeningLimit.Rate } => "rate",
        { Opening: OpeningLimit.InFlight } => "in flight",
        { Opening: OpeningLimit.PerAddress } => "per address",
        { Interval: not null } => "varies",
        { Bottleneck.Resource: Resource.IdleTimeout } => "timer",
        _ when run.Search is { End.Kind: SearchEndKind.ShareLost } => "share",
        _ when run.Search?.End.Kind is SearchEndKind.Gone || run.Counted.Any(ServerRules.WentAway) => "crash",
        { Bottleneck.Side: BottleneckSide.None } when run.Verdict.Findings.Any(one => one.Id == "Steps.Event") =>
            "event",
        { Bottleneck.Side: BottleneckSide.None } => "none",
        { Exact.Breaks: not null } => "number",
        _ when run.Search?.Limit?.Breaks is not null => "number",
        _ => "not known",
    };
}
