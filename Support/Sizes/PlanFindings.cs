using System.Collections.Immutable;
using Support.Host;

namespace Support.Sizes;

/// <summary>What this machine does not show of the tasks. Pure.</summary>
internal static class PlanFindings
{
    // Below this the suite waits for the server's processor, and says so of itself.
    private const double LeastForTheClient = 1;

    internal static ImmutableArray<Finding> Of(
        ImmutableArray<SizeCase> cases, PlannedDefinition? before, PlannedDefinition? definition, SizeMachine machine)
    {
        var fitting = cases.Where(one => one.TooLarge is null).ToList();
        return
        [
            .. new[] { Crowded(fitting, machine), Full(fitting, machine), OtherArchitecture(
                definition ?? before, machine), TwoArchitectures(before, definition) }
                .OfType<Finding>(),
        ];
    }

    private static Finding? Crowded(List<SizeCase> cases, SizeMachine machine)
    {
        var crowded = cases.Where(one => machine.Cores - (one.Declared.CpuUnits / 1024.0) < LeastForTheClient).ToList();
        return crowded.Count == 0 ? null : new(
            "Sizes.ClientProcessor", "Server and client share the processor", CheckOutcome.Warning,
            "at least one core for the client beside the server's vCPU",
            Say($"{machine.Cores:0.##} cores, and less than one is left "
                + $"beside {string.Join(", ", crowded.Select(one => one.Label))}"),
            "Read the limits of these sizes as the least that they hold, "
            + "or measure them on a machine with more cores.");
    }

    private static Finding? Full(List<SizeCase> cases, SizeMachine machine)
    {
        var large = cases.Where(one => one.Declared.MemoryBytes > machine.FreeBytes).ToList();
        return large.Count == 0 ? null : new(
            "Sizes.FreeMemory", "Not all of the task's memory is free on this machine", CheckOutcome.Warning,
            $"{Words.Bytes(large.Max(one => one.Declared.MemoryBytes))} free for the server",
            $"{Words.Bytes(machine.FreeBytes!.Value)} free now, less than "
            + $"{string.Join(", ", large.Select(one => one.Label))} may use: the machine may run out before the task "
            + "does",
            "End what else runs here before these sizes are measured.");
    }

    private static Finding? OtherArchitecture(PlannedDefinition? definition, SizeMachine machine) =>
        definition is null || machine.Architecture is not { } here || definition.Architecture == here ? null : new(
            "Sizes.Architecture", "The task runs on another architecture", CheckOutcome.Warning,
            definition.Architecture,
            $"{here} on this machine: processor and memory of a connection differ",
            $"Measure on a machine with {definition.Architecture}.");

    private static Finding? TwoArchitectures(PlannedDefinition? before, PlannedDefinition? definition) =>
        before is null || definition is null || before.Architecture == definition.Architecture ? null : new(
            "Sizes.ArchitectureChange", "The change is one of architecture as well", CheckOutcome.Warning,
            "one architecture before and after",
            $"{before.Architecture} before and {definition.Architecture} after; both are measured on this machine and "
            + $"priced as {definition.Architecture}",
            "Compare the costs by the prices of both architectures.");
}
