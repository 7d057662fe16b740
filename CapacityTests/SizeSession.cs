using System.Collections.Immutable;
using Support.Host;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Content;
using Support.Run;
using Support.Sizes;
using Support.Targets;
using Support.Targets.Groups;
using Support.Verdict;

namespace CapacityTests;

/// <summary>The sizes of a run: which they are, and how each is measured.</summary>
internal static class SizeSession
{
    private static readonly Lazy<SizePlan> Planned = new(Read);
    private static readonly Lazy<SizeMachine> Machine = new(() => SizeMachine.From(new EnvironmentReader().ReadAsync(null, null, CancellationToken.None).GetAwaiter().GetResult()));
    private static readonly Lazy<GroupAbility> Groups = new(() => TaskGroups.ProbeAsync().GetAwaiter().GetResult());
    // Read once: what this run accepts must not be compared with itself.
    private static readonly Lazy<LockReading> Accepted = new(() => LockFileReader.ReadAsync(CapacityRun.Settings.Settings!.Gate.LockFile, CancellationToken.None).GetAwaiter().GetResult());
    private static ImmutableHashSet<string> reached = [];
    private static ServerCommand? command;
    private static CeilingPrediction? ceiling;

    /// <summary>Whether the server is measured at sizes, in place of one ladder without them.</summary>
    public static bool IsOn => CapacityRun.Settings.Settings?.Gate.MeasuresSizes == true;

    /// <summary>The sizes; needs no more than files and git, so that a test runner can list them.</summary>
    public static SizePlan Plan => Planned.Value;

    /// <summary>How often each is measured.</summary>
    public static int Repeats => CapacityRun.Settings.Settings!.Gate.Repeats;

    /// <summary>The check that sizes can be measured.</summary>
    public static DeferredCheck Check { get; } = SizeChecks.For(() => Plan, () => Groups.Value);

    /// <summary>Whether this run came to sizes that it could not measure: then what an earlier run left is no answer.</summary>
    public static bool IsAnswered => !reached.IsEmpty;

    /// <summary>Why a size is not measured; null where it can be.</summary>
    public static async Task<string?> WhyNotAsync(SizeCase size)
    {
        ImmutableInterlocked.Update(ref reached, static (labels, label) => labels.Add(label), size.Label);
        if (CapacityRun.Record.InterruptedBy is { } signal)
            return $"not measured: the run was stopped by {signal}";
        if (CapacityRun.Record.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Critical) is { } critical)
            return $"not measured: {critical.Title}: {critical.Actual}";
        if (CapacityRun.Record.Faults is [var fault, ..])
            return $"not measured: {fault}";
        if (WhyImpossible(size) is { } impossible)
            return $"not measured: {impossible}";
        return await Meter.WhyNotAsync();
    }

    /// <summary>Why this machine cannot measure a size; null where it can.</summary>
    public static string? WhyImpossible(SizeCase size) =>
        size.TooLarge ?? (Groups.Value is { Way: GroupWay.None } ability ? $"no control group can be made here: {ability.Why}. {ability.Next}" : null);

    /// <summary>Measures a size once.</summary>
    public static async Task<SizeRun> MeasureAsync(SizeCase size, int run)
    {
        var settings = CapacityRun.Settings.Settings!;
        try
        {
            ceiling ??= await PredictAsync();
        }
        catch (OperationCanceledException) when (CapacityRun.Interrupted.IsCancellationRequested)
        {
            // The runner says that the run was stopped.
        }

        // What the checks talked to must not stand beside the server at its size, nor hold its port.
        await CapacityRun.Target.EndServerAsync();
        command ??= CapacityRun.Command ?? EmbeddedCommand.Create(CapacityRun.BaseDirectory);
        SearchTry? before = null;
        var runner = new SizeRunner(new()
        {
            Settings = settings,
            Command = command,
            Way = Groups.Value.Way,
            Pools = CapacityRun.Target.Pools,
            Ceiling = ceiling,
            Progress = new Screen(),
            Stepped = step =>
            {
                CapacityRun.Record.Add(size.Label, run, step);
                Screen.Show(ScreenRows.Step(size.Label, step));
            },
            Tried = tried =>
            {
                CapacityRun.Record.Add(size.Label, run, tried);
                Screen.Show(ScreenRows.Probe(size.Label, tried, before));
                before = tried;
            },
        });
        var earlier = CapacityRun.Record.Sizes.FirstOrDefault(other => other.Label == size.Label && other.Fault is null);
        return await runner.RunAsync(size, run, earlier, CapacityRun.Interrupted);
    }

    /// <summary>What there is to say about sizes by now; null in a run without them.</summary>
    /// <param name="earlier">The log of an earlier run, which this one tells of; null where it tells of its own.</param>
    public static SizeReport? Report(StepsLogContent? earlier) => IsOn ? SizeGate.Judge(Evidence(earlier)) : null;

    /// <summary>The evidence of a run with that of the size that its verdict speaks of.</summary>
    public static RunEvidence Chosen(RunEvidence evidence, SizeReport? sizes)
    {
        if (sizes is null)
            return evidence;
        var run = sizes.Runs.FirstOrDefault(run => run.Label == sizes.Chosen && run.Number == sizes.ChosenRun);
        return evidence with
        {
            AtSize = true,
            Steps = run?.Steps ?? [],
            Search = run?.Search,
            ServerEnds = run?.Restarts ?? [],
            ServerDescriptors = run?.Effective?.DescriptorsHard,
            Missed = [.. evidence.Missed, .. sizes.Missed],
            Findings = [.. evidence.Findings, .. sizes.Findings],
            Accepted = sizes.Rows.FirstOrDefault(row => row.Label == sizes.Chosen) is { Source: SizeSource.LockFile } row ? SizeReports.Accepted(row) : null,
        };
    }

    /// <summary>Writes what was measured to the lock file, where that is asked for.</summary>
    /// <returns>Why it could not be written; null where it was, or where there was nothing to write.</returns>
    public static string? Accept()
    {
        if (!IsOn || CapacityRun.Record.InterruptedBy is not null || SizeGate.Accepted(Evidence(null)) is not { } text)
            return null;
        var file = CapacityRun.Settings.Settings!.Gate.LockFile;
        return FinishedRun.Attempt(() => Screen.Show($"accepted: {new ReportFolder(Path.GetDirectoryName(file)!).Write(Path.GetFileName(file), text)}"));
    }

    private static SizeEvidence Evidence(StepsLogContent? earlier) => new()
    {
        Server = CapacityRun.Command?.Line ?? "embedded",
        Gate = CapacityRun.Settings.Settings!.Gate,
        Plan = Plan,
        // What a server said on standard error stays on the screen: it may hold secrets, and what is judged here goes into files.
        Runs = [.. (earlier?.SizeRuns ?? CapacityRun.Record.Sizes).Select(SizeReports.Publishable)],
        Lock = Accepted.Value,
        // Where no case asked, none was kept from measuring: then what was accepted does not stand in for a measurement.
        Ability = Groups.IsValueCreated ? Groups.Value : new(GroupWay.V1, null, null),
        Reached = [.. reached],
        Machine = Machine.Value,
        Version = CapacityRun.Version,
        Today = DateOnly.FromDateTime(CapacityRun.Record.StartedAt.UtcDateTime),
    };

    private static SizePlan Read()
    {
        var settings = CapacityRun.Settings.Settings!;
        var definitions = DefinitionPairReader.ReadAsync(settings.Gate, CapacityRun.BaseDirectory, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        return SizePlan.From(settings.Gate, settings.Price, settings.Target.Url, definitions, Machine.Value);
    }

    private static async Task<CeilingPrediction?> PredictAsync()
    {
        if (await CapacityRun.Target.TryContextAsync(CapacityRun.Interrupted) is not { } context)
            return null;
        return CeilingPredictor.Predict(await context.FactsAsync(CapacityRun.Interrupted), context);
    }
}
