using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Run;
using Support.Settings;
using Support.Tests.Measuring;
using Support.Verdict;

namespace Support.Tests.Simulation;

/// <summary>
/// A run of the real ladder, search and judge against a simulated server, made from a seed: the same seed gives the
/// same run.
/// </summary>
internal sealed class SimulatedRun : IClimbServer
{
    private static readonly double[] Holds = [0, 0.5, 1, 1, 5, 20];
    private static readonly string[] Refusals =
        ["HandshakeRejected(503)", "HandshakeRejected(429)", "ConnectReset", "HandshakeProtocol", "Refused"];
    private static readonly ServerKind[] Kinds = Enum.GetValues<ServerKind>();

    private readonly SimulatedClock clock = new();
    private readonly StepRunner runner;
    private readonly List<SearchProbe> probes = [];

    public SimulatedRun(int seed)
    {
        var random = new Random(seed);
        var kind = Kinds[seed % Kinds.Length];
        Ladder = new()
        {
            Hold = TimeSpan.FromSeconds(Holds[random.Next(Holds.Length)]),
            Threshold = random.Next(3) == 0 ? 0.8 : 0.75,
        };
        // Between the second step and the last, as near to the low ones as to the high ones.
        var number = (int)Math.Pow(10, 1.2 + (random.NextDouble() * 1.75));
        Server = new(kind, random)
        {
            Number = kind switch
            {
                ServerKind.Rate or ServerKind.Serial => random.Next(15, 150),
                ServerKind.InFlight => random.Next(12, 90),
                _ => number,
            },
            Least = (int)(number * (0.5 + (random.NextDouble() * 0.47))),
            Seconds = kind switch
            {
                ServerKind.Event => 1 + (random.NextDouble() * 12),
                ServerKind.LateRelease => 0.5 + (random.NextDouble() * 8),
                _ => 1.5 + (random.NextDouble() * Ladder.Hold.TotalSeconds),
            },
            Share = 0.02 + (random.NextDouble() * 0.15),
            // The last closes its port, which is no server any more where nothing else was held before.
            Refusal = FailureClass.Parse(
                Refusals[random.Next(Refusals.Length - (kind == ServerKind.LateRelease ? 1 : 0))]),
            Ending = FailureClass.Parse(random.Next(2) == 0 ? "DroppedAbnormally(fin)" : "ClosedByPeer(1001)"),
        };
        // One in eight is stopped at some moment.
        StopAt = random.Next(8) == 0 ? TimeSpan.FromSeconds(random.NextDouble() * 40) : null;
        runner = new(
            new() { Url = new("ws://127.0.0.1:9/") }, new SimulatedPools(Server, clock),
            new(Ladder.Hold, Ladder.StepTimeout), new(null, null), clock, new StepRuns.Reports())
        {
            Asking = new SimulatedPools(Server, clock),
        };
    }

    public ServerModel Server { get; }

    public LadderSettings Ladder { get; }

    public TimeSpan? StopAt { get; }

    public ImmutableArray<JudgedStep> Steps { get; private set; }

    public SearchResult? Search { get; private set; }

    public RunVerdict Verdict { get; private set; } = null!;

    bool IClimbServer.ComesBack => false;

    string? IClimbServer.WhyNotJudged => null;

    /// <summary>Every step and probe that was counted at the run's own pace.</summary>
    public IEnumerable<StepResult> Counted => Steps.Select(step => step.Result).OfType<StepResult>()
        .Concat(probes.Where(probe => !probe.IsPaced).Select(probe => probe.Result))
        .Where(result => result.Stop != EarlyStopKind.Interrupted);

    public SimulatedRun Finished()
    {
        clock.Run(RunAsync());
        return this;
    }

    public override string ToString() => FormattableString.Invariant(
        $"{Server.Kind} {Server.Number} (least {Server.Least}, {Server.Seconds:0.0} s, {Server.Share:0.00}, ")
        + FormattableString.Invariant($"{Server.Refusal}, {Server.Ending}), hold {Ladder.Hold.TotalSeconds}, ")
        + FormattableString.Invariant($"stopped {StopAt?.TotalSeconds}: max {Verdict.MaxReliable}, ")
        + $"safe {Verdict.SafeLimit}, {Verdict.Exact}, {Verdict.Interval}, {Verdict.Opening}, {Verdict.Outcome}, "
        + $"{Verdict.Bottleneck.Side}: {Verdict.Bottleneck.Cause} | steps "
        + string.Join(" ", Steps.Select(step => $"{step.Result?.Held}/{step.Sessions}")) + " | "
        + string.Join(" ", probes.Select(
            probe =>
                $"{probe.Kind} {probe.Result.Held}/{probe.Result.Sessions}@{probe.Pace.InFlight},{probe.Pace.Rate:0}"))
        + $" | {Search?.Ended}";

    Task<JudgedStep?> IClimbServer.WhyNotAsync(CapacityStep step, CancellationToken interrupted) =>
        Task.FromResult<JudgedStep?>(interrupted.IsCancellationRequested
            ? StepJudge.NotAttempted(step, "not attempted") : null);

    Task<StepRunner> IClimbServer.RunnerAsync(CancellationToken interrupted) => Task.FromResult(runner);

    async Task IClimbServer.PauseAsync(int sessions, bool isDoubtful, CancellationToken interrupted) =>
        await Task.Delay(TimeSpan.FromSeconds(1), clock, interrupted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<int> RunAsync()
    {
        using var stop = StopAt is { } at ? new CancellationTokenSource(at, clock) : new();
        var climb = new Climb(Ladder, this, clock) { Stepped = _ => { }, Probed = probes.Add };
        foreach (var step in CapacityLadder.From(Ladder).Steps)
        {
            if (climb.Steps.Any(earlier => earlier.Outcome == StepOutcome.Unreliable))
                break;
            await climb.StepAsync(step, stop.Token).ConfigureAwait(false);
        }

        if (!stop.IsCancellationRequested)
            await climb.SearchAsync(stop.Token).ConfigureAwait(false);
        (Steps, Search) = (climb.Steps, climb.Search);
        Verdict = RunJudge.Judge(new()
        {
            Settings = new() { Ladder = Ladder },
            Steps = Steps,
            Search = Search,
            Interrupted = stop.IsCancellationRequested ? "SIGTERM" : null,
        });
        return 0;
    }
}
