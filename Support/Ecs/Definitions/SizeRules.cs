using System.Globalization;
using Support.Host;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>CPU and memory of the task and of its containers.</summary>
internal static class SizeRules
{
    // ContainerDefinition, memory: what Docker 20.10 sets aside at least, in MiB.
    private const int LeastMemory = 6;

    internal static Answer Size(TaskDefinition definition, DefinitionNeeds needs)
    {
        if (!definition.IsFargate)
            return Ec2Size(definition);
        var faults = new Faults("one of the 77 sizes of Fargate");
        var said = Say($"{Or(definition.Cpu)} CPU, {Or(definition.Memory)} memory");
        var nearest = FargateSizes.Nearest(definition.Cpu, definition.Memory);
        var fix = Say($"Nearest size: \"cpu\": \"{nearest.Cpu}\", \"memory\": \"{nearest.Memory}\".");
        if (definition.Cpu is not { } cpu || definition.Memory is not { } memory)
            faults.Critical($"{said}: Fargate needs both for the task", fix);
        else if (!FargateSizes.Contains(cpu, memory))
            faults.Critical($"No Fargate configuration exists for given values: {said}", $"{fix} {Choice(cpu)}");
        else if (definition.IsWindows && (cpu is < 1024 or > 4096))
            faults.Critical($"{said}: Windows on Fargate has 1024 to 4096 CPU units",
                "Set \"runtimePlatform\": { \"operatingSystemFamily\": \"LINUX\" }.");
        return faults.Or($"{said}{(definition.Cpu > 4096 ? ", on platform version 1.4.0 or later" : "")}");
    }

    internal static Answer ContainerSizes(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("containers that fit into the task");
        foreach (var container in definition.Containers)
            ContainerSize(faults, definition, container);

        var reserved = definition.Containers.Sum(container =>
            (long)(container.MemoryReservation ?? container.Memory ?? 0));
        if (reserved > definition.Memory)
            faults.Critical($"the containers reserve {Mib(reserved)} of the task's {Mib(definition.Memory.Value)}",
                "Lower \"memory\" or \"memoryReservation\" of the containers, or raise the task's \"memory\".");
        var cpu = definition.Containers.Sum(container => (long)(container.Cpu ?? 0));
        if (cpu > definition.Cpu)
            faults.Critical(
                $"the containers reserve {Words.Count(cpu)} of the task's {Words.Count(definition.Cpu.Value)} CPU "
                + $"units", "Lower \"cpu\" of the containers, or raise the task's \"cpu\".");
        return faults.Or(
            $"memory {Mib(reserved)}, CPU {Words.Count(cpu)} units reserved by "
            + $"{Words.Count(definition.Containers.Length)} "
            + $"{(definition.Containers.Length == 1 ? "container" : "containers")}");
    }

    internal static Answer ContainerMemory(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("a memory limit of each container that holds connections");
        var rest = definition.Memory - definition.Containers.Sum(container =>
            container.Memory ?? container.MemoryReservation ?? 0);
        foreach (var container in definition.Carriers(needs).Where(container => container.Memory is null))
        {
            faults.Warning(
                $"{container.Called()} has no \"memory\": its control group has no limit of its own, and .NET, which "
                    + $"takes 75 % of what it sees for its heap, may take the host's memory for the task's and be "
                    + $"killed",
                rest > LeastMemory
                    ? Say($"In {container.Called()}: \"memory\": {rest}, or DOTNET_GCHeapHardLimit in its environment.")
                    : $"In {container.Called()}: \"memory\", what is left of the task's, in MiB.");
        }

        return faults.Or("each has one");
    }

    private static Answer Ec2Size(TaskDefinition definition)
    {
        var faults = new Faults(
            $"{Words.Count(TaskSize.LeastCpu)} to {Words.Count(TaskSize.MostCpu)} CPU units, or none, off Fargate");
        if (definition.Cpu is < TaskSize.LeastCpu or > TaskSize.MostCpu)
            faults.Critical($"{Words.Count(definition.Cpu.Value)} CPU units", "\"cpu\": \"256\", or leave it out.");
        if (definition.Memory is < LeastMemory)
            faults.Critical(Mib(definition.Memory.Value), "\"memory\": \"512\", or leave it out.");
        return faults.Or($"CPU {Or(definition.Cpu)}, memory {Or(definition.Memory)}");
    }

    private static void ContainerSize(Faults faults, TaskDefinition definition, ContainerDefinition container)
    {
        var (memory, reservation) = (container.Memory, container.MemoryReservation);
        var into = $"In {container.Called()}: ";
        if (memory > definition.Memory)
            faults.Critical(
                $"the 'memory' setting for {container.Called()} is greater than for the task: {Mib(memory.Value)} of "
                + $"{Mib(definition.Memory.Value)}", $"{into}\"memory\": {Plain(definition.Memory.Value)}.");
        if (reservation > memory)
            faults.Critical(
                $"{container.Called()} reserves {Mib(reservation.Value)} and may use only {Mib(memory.Value)}",
                $"{into}\"memoryReservation\": {Plain(memory.Value)}, or less.");
        if (memory is < LeastMemory || reservation is < LeastMemory)
            faults.Critical($"{container.Called()} has less than {Mib(LeastMemory)}, the least of Docker",
                $"{into}\"memory\": 512.");
        if (container.Cpu is < 0)
            faults.Critical($"{container.Called()} has {Words.Count(container.Cpu.Value)} CPU units",
                $"{into}\"cpu\": 256, or leave it out.");
        if (definition.Memory is null && memory is null && reservation is null)
            faults.Critical($"neither the task nor {container.Called()} has a memory setting",
                $"{into}\"memory\": 512.");
    }

    private static string Choice(int cpu)
    {
        var memory = FargateSizes.MemoryFor(cpu);
        return memory.IsEmpty
            ? $"Fargate has {string.Join(", ", FargateSizes.All.Select(size => Plain(size.Cpu)).Distinct())} CPU units."
            : $"Memory for {Plain(cpu)} CPU: {string.Join(", ", memory.Select(Plain))}.";
    }

    private static string Mib(long value) => $"{Words.Count(value)} MiB";

    private static string Or(int? value) => value is { } known ? Plain(known) : "no";

    private static string Plain(int value) => value.ToString(CultureInfo.InvariantCulture);
}
