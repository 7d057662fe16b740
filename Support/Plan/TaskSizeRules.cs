using System.Collections.Immutable;
using Support.Settings;

namespace Support.Plan;

/// <summary>What tasks of four sizes are expected to hold.</summary>
internal static class TaskSizeRules
{
    internal static ImmutableArray<RuleOfThumb> Of(RuleContext context) => [.. GateSettings.SeedsTable.Select(row => Row(row, context))];

    private static RuleOfThumb Row(ExpectedCapacity row, RuleContext context)
    {
        var isThis = context.Plan.Size is { IsTask: true } size && size.Name == row.Size.ToString();
        var memory = Estimator.Estimate(new(MachineSizes.OfTask(row.Size), "rule"), new() { BytesPerConnection = Estimator.DefaultBytes }, null).Theoretical;
        return new(
            $"size{row.Size.Cpu}x{row.Size.Memory}",
            $"Connections of a task with {row.Size.Cpu} CPU units and {row.Size.Memory} MiB",
            $"{RuleContext.Number(row.From)} to {RuleContext.Number(row.To)}",
            isThis ? context.Held : "this size was not measured",
            isThis ? context.HeldIn(row.From, row.To) : null,
            $"At 64 KiB a connection the same task's memory would do for {RuleContext.Number(memory)}: the two rules are for different servers. The lower one fits sessions that compute; what yours holds is what is measured (Gate.Sizes).");
    }
}
