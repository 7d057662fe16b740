using Support.Environments;
using Support.Reports;
using Support.Search;
using Support.Sizes;
using Support.Targets;
using Support.Targets.Groups;

namespace CapacityTests;

/// <summary>The sizes of a run: which they are, and how each is measured.</summary>
internal static class SizeSession
{
    private static readonly Lazy<SizePlan> Planned = new(() => SizePlanReader.Read(CapacityRun.Settings.Settings!, CapacityRun.BaseDirectory));
    private static readonly Lazy<GroupAbility> Groups = new(TaskGroups.Probe);
    private static ServerCommand? command;
    private static CeilingPrediction? ceiling;

    /// <summary>Whether the server is measured at sizes, in place of one ladder without them.</summary>
    public static bool IsOn => CapacityRun.Settings.Settings?.Gate.MeasuresSizes == true;

    /// <summary>The sizes; needs no more than files and git, so that a test runner can list them.</summary>
    public static SizePlan Plan => Planned.Value;

    /// <summary>How often each is measured.</summary>
    public static int Repeats => CapacityRun.Settings.Settings!.Gate.Repeats;

    /// <summary>Why sizes cannot be measured on this machine; null where they can, or where nobody asked.</summary>
    public static GroupAbility? Ability => Groups.IsValueCreated ? Groups.Value : null;

    /// <summary>Why a size is not measured; null where it can be.</summary>
    public static async Task<string?> WhyNotAsync(SizeCase size)
    {
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
        size.TooLarge ?? (Groups.Value is { Way: GroupWay.None } ability ? $"no control group can be made here: {ability.Why} {ability.Next}" : null);

    /// <summary>Measures a size once.</summary>
    public static async Task<SizeRun> MeasureAsync(SizeCase size, int run)
    {
        var settings = CapacityRun.Settings.Settings!;
        ceiling ??= await PredictAsync();
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
                Screen.Show($"  {size.Label} {ConsoleRows.Row(step)}");
            },
            Tried = tried =>
            {
                CapacityRun.Record.Add(size.Label, run, tried);
                Screen.Show($"  {size.Label} {SearchRows.Row(tried, before)}");
                before = tried;
            },
        });
        var earlier = CapacityRun.Record.Sizes.FirstOrDefault(other => other.Label == size.Label && other.Fault is null);
        return await runner.RunAsync(size, run, earlier, CapacityRun.Interrupted);
    }

    private static async Task<CeilingPrediction?> PredictAsync()
    {
        if (await CapacityRun.Target.TryContextAsync(CapacityRun.Interrupted) is not { } context)
            return null;
        return CeilingPredictor.Predict(await context.FactsAsync(CapacityRun.Interrupted), context);
    }
}
