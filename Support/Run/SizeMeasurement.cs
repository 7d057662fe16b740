using System.Collections.Immutable;
using Support.Host;
using Support.Measuring.Search;
using Support.Pool;
using Support.Reports.Files;
using Support.Settings;
using Support.Sizes;
using Support.Targets;

namespace Support.Run;

/// <summary>The task sizes of a run: which they are, how each is measured, and what there is to say of them.</summary>
public sealed class SizeMeasurement
{
    private readonly RunContext run;
    private readonly TargetUnderTest target;
    private readonly SelfTest selfTest;
    private readonly Lazy<Task<Inputs>> inputs;
    private readonly Lazy<Task<CgroupSupport>> groups;
    private ImmutableHashSet<string> reached = [];
    private ServerCommand? command;

    /// <summary>The sizes of a run.</summary>
    /// <param name="run">Keeps each step, probe and run at a size, and ends it.</param>
    /// <param name="target">What the checks talk to; its server is ended before the first size.</param>
    /// <param name="selfTest">Run before the first size, where it was not.</param>
    /// <param name="machine">Reads the machine.</param>
    internal SizeMeasurement(
        RunContext run, TargetUnderTest target, SelfTest selfTest, Func<Task<EnvironmentFacts>> machine)
    {
        (this.run, this.target, this.selfTest) = (run, target, selfTest);
        inputs = new(() => Inputs.ReadAsync(run.Parts, machine));
        groups = new(run.Parts.Host.GroupsAsync);
        Check = SizeChecks.For(PlanAsync, () => groups.Value);
    }

    /// <summary>Whether the server is measured at sizes, in place of one ladder without them.</summary>
    public bool IsOn => run.Settings?.Gate.MeasuresSizes == true;

    /// <summary>How often each is measured.</summary>
    public int Repeats => Settings.Gate.Repeats;

    /// <summary>The check that sizes can be measured.</summary>
    internal DeferredCheck Check { get; }

    /// <summary>
    /// Whether this run came to sizes that it could not measure: then what an earlier run left is no answer.
    /// </summary>
    internal bool IsAnswered => !reached.IsEmpty;

    /// <summary>The sizes, once they are known; null before.</summary>
    internal SizePlan? Known => ReadInputs?.Plan;

    private CapacitySettings Settings => run.Settings!;

    private Inputs? ReadInputs =>
        inputs is { IsValueCreated: true, Value.IsCompletedSuccessfully: true } ? inputs.Value.Result : null;

    /// <summary>The sizes; needs no more than files and git, so that a test runner can list them.</summary>
    public async Task<SizePlan> PlanAsync() => (await inputs.Value.ConfigureAwait(false)).Plan;

    /// <summary>Measures a size once, and keeps the run.</summary>
    /// <param name="size">The size.</param>
    /// <param name="number">Which run at that size, from 1.</param>
    /// <returns>The run, or why it is not measured.</returns>
    // The runner throws for nothing that a server or a path does: what comes here is the suite's own fault, and the
    // verdict has to know.
    public async Task<(SizeRun? Run, string? WhyNot)> MeasureAsync(SizeCase size, int number)
    {
        ArgumentNullException.ThrowIfNull(size);
        if (await WhyNotAsync(size).ConfigureAwait(false) is { } reason)
            return (null, reason);
        try
        {
            var measured = await RunAsync(size, number).ConfigureAwait(false);
            run.Record.Add(measured);
            run.Screen.Show(measured, Repeats);
            return (measured, null);
        }
        catch (Exception e)
        {
            run.Record.AddFault($"the size {size.Label} could not be measured: {e.GetType().Name}: {e.Message}");
            throw;
        }
    }

    /// <summary>What there is to say about sizes by now; null in a run without them.</summary>
    /// <param name="earlier">
    /// The log of an earlier run, which this one tells of; null where it tells of its own.
    /// </param>
    internal SizeReport? Report(StepsLogContent? earlier) =>
        Evidence(earlier) is { } evidence ? SizeGate.Judge(evidence) : null;

    /// <summary>Writes what was measured to the baseline file, where that is asked for.</summary>
    /// <returns>Why it could not be written; null where it was, or where there was nothing to write.</returns>
    internal string? Accept()
    {
        if (run.Interruption.By is not null || Evidence(null) is not { } evidence
            || SizeGate.Accepted(evidence) is not { } text)
            return null;
        var file = Settings.Gate.LockFile;
        var folder = new ReportFolder(Path.GetDirectoryName(file)!);
        return ReportFolder.Attempt(() => run.Screen.Note($"accepted: {folder.Write(Path.GetFileName(file), text)}"));
    }

    private async Task<string?> WhyNotAsync(SizeCase size)
    {
        ImmutableInterlocked.Update(ref reached, static (labels, label) => labels.Add(label), size.Label);
        if (run.Stopped is { } stopped)
            return $"not measured: {stopped}";
        if (run.Record.Critical is { } critical)
            return $"not measured: {critical.Title}: {critical.Actual}";
        if (run.Record.Faults is [var fault, ..])
            return $"not measured: {fault}";
        if (size.TooLarge is { } large)
            return $"not measured: {large}";
        if (await groups.Value.ConfigureAwait(false) is { Driver: CgroupDriver.None } support)
            return $"not measured: no control group can be made here: {support.Why}. {support.Next}";
        return await selfTest.WhyNoStepAsync().ConfigureAwait(false);
    }

    private async Task<SizeRun> RunAsync(SizeCase size, int number)
    {
        var ceiling = await CeilingAsync().ConfigureAwait(false);
        // What the checks talked to must not stand beside the server at its size, nor hold its port.
        await target.EndServerAsync().ConfigureAwait(false);
        command ??= target.Command ?? ServerCommand.OfTargetServer(run.Parts.BaseDirectory);
        SearchProbe? before = null;
        var runner = new SizeRunner(new()
        {
            Settings = Settings,
            Command = command,
            Driver = (await groups.Value.ConfigureAwait(false)).Driver,
            Pools = run.Pools,
            Asking = run.Parts.Pools,
            Ceiling = ceiling,
            Progress = run.Screen,
            Time = run.Time,
            Host = run.Parts.Host,
            Stepped = step =>
            {
                run.Record.Add(size.Label, number, step);
                run.Screen.Show(size.Label, step);
            },
            Probed = probe =>
            {
                run.Record.Add(size.Label, number, probe);
                run.Screen.Show(size.Label, probe, before);
                before = probe;
            },
        });
        var earlier = run.Record.Sizes.FirstOrDefault(other => other.Label == size.Label && other.Fault is null);
        return await runner.RunAsync(size, number, earlier, run.Interruption.Token).ConfigureAwait(false);
    }

    private async Task<CeilingPrediction?> CeilingAsync()
    {
        try
        {
            return await target.PredictAsync(run.Interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Interruption.Token.IsCancellationRequested)
        {
            // The runner says that the run was stopped.
            return null;
        }
    }

    // Null in a run without sizes, and where it was ended before they were known.
    private SizeEvidence? Evidence(StepsLogContent? earlier) => !IsOn || ReadInputs is not { } read ? null : new()
    {
        Server = target.Command?.Line ?? "embedded",
        Gate = Settings.Gate,
        Plan = read.Plan,
        // What a server said on standard error stays on the screen: it may hold secrets, and what is judged here goes
        // into files.
        Runs = earlier?.SizeRuns ?? run.Record.Sizes,
        Lock = read.Accepted,
        // Where no case asked, none was kept from measuring: then what was accepted does not stand in for a
        // measurement.
        Cgroups = groups is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? groups.Value.Result
            : new(CgroupDriver.V1, null, null),
        Reached = [.. reached],
        Machine = read.Machine,
        Version = run.Parts.Version,
        Today = DateOnly.FromDateTime(run.Record.StartedAt.UtcDateTime),
    };

    // Read once: what this run accepts must not be compared with itself.
    private sealed record Inputs(SizePlan Plan, SizeMachine Machine, BaselineReading Accepted)
    {
        public static async Task<Inputs> ReadAsync(RunParts parts, Func<Task<EnvironmentFacts>> machine)
        {
            var settings = parts.Settings.Settings!;
            var definitions = await DefinitionPairReader.ReadAsync(
                settings.Gate, parts.BaseDirectory, parts.Time, CancellationToken.None).ConfigureAwait(false);
            var here = SizeMachine.From(await machine().ConfigureAwait(false));
            var accepted = await BaselineFileReader.ReadAsync(
                settings.Gate.LockFile, CancellationToken.None).ConfigureAwait(false);
            return new(
                SizePlan.From(settings.Gate, settings.Price, settings.Target.Url, definitions, here), here, accepted);
        }
    }
}
