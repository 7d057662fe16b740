using System.Collections.Immutable;
using System.Globalization;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;
using Support.Targets;

namespace Support.Sizes;

/// <summary>What the server may use in a task, as a definition or a size alone declares it. Pure.</summary>
internal static class DeclaredLimits
{
    // On EC2 the Docker daemon of the instance decides (--default-ulimit). These are the least that ECS-optimized
    // images came with, and the finding beside them says so: a size that holds with these holds with more.
    private const int InstanceSoft = 1_024;
    private const int InstanceHard = 4_096;

    // The kernel takes no quota below 1 ms (kernel/sched/core.c, min_cfs_quota_period): 10.24 units of a period of 100
    // ms.
    private const int LeastCpuUnits = 11;

    private const long Mebibyte = 1_048_576;

    /// <summary>Of a size that no definition goes with: all of the task, and Fargate's default of open files.</summary>
    public static GroupLimits Of(TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return new(size.Memory * Mebibyte, size.Cpu, OpenFileLimits.FargateDefault, OpenFileLimits.FargateDefault);
    }

    /// <summary>
    /// Whether the definition can't be meant for Fargate: it names other launch types alone, or another network than
    /// Fargate has.
    /// </summary>
    internal static bool IsForInstances(TaskDefinition definition) => !definition.IsFargate
        && (!definition.RequiredLaunchTypes.IsEmpty
            || !definition.CompatibleLaunchTypes.IsEmpty || definition.NetworkMode != "awsvpc");

    /// <summary>
    /// Of the server's container. Memory: the less of the task's and the container's <c>memory</c>; where neither has
    /// one, the container's <c>memoryReservation</c>. CPU: the task's, where it has none the container's, and no less
    /// than the kernel takes as a quota. Open files: the container's <c>nofile</c>; where it has none, Fargate's
    /// 65,535, and on EC2 alone 1,024 soft and 4,096 hard, which is what an instance may give as the least.
    /// </summary>
    /// <returns>
    /// The size of the task and the limits; null where a part is missing, and then a problem says which.
    /// </returns>
    internal static (TaskSize Size, GroupLimits Limits)? Of(
        TaskDefinition definition, ContainerDefinition server, ImmutableArray<string>.Builder problems)
    {
        var before = problems.Count;
        var cpu = Positive(definition.Cpu) ?? Positive(server.Cpu);
        var memory = Positive(definition.Memory) ?? Positive(server.Memory) ?? Positive(server.MemoryReservation);
        if (cpu is null)
            problems.Add($"neither the task nor container '{server.Name}' has a \"cpu\"; allowed: CPU units, of which "
                + "1,024 are a vCPU. Add to the task: \"cpu\": \"512\"");
        if (memory is null)
            problems.Add($"neither the task nor container '{server.Name}' has a \"memory\"; allowed: MiB. Add to the "
                + "task: \"memory\": \"1024\"");
        var files = Descriptors(definition, server, problems);
        if (problems.Count > before)
            return null;
        var least = Math.Min(memory!.Value, Positive(server.Memory) ?? int.MaxValue);
        return (new(cpu!.Value, memory.Value), new(
            least * Mebibyte, Math.Max(LeastCpuUnits, cpu.Value), files.Soft, files.Hard));
    }

    /// <summary>
    /// Warnings about what is measured in another way than a task on an instance is run; none for Fargate.
    /// </summary>
    internal static IEnumerable<Finding> Instances(
        TaskDefinition definition, ContainerDefinition server, string setting) =>
        new[] { LessThanAQuota(definition, server, setting), Undeclared(
            definition, server, setting), Unpriced(definition, setting) }.OfType<Finding>();

    private static Finding? LessThanAQuota(TaskDefinition definition, ContainerDefinition server, string setting) =>
        (Positive(definition.Cpu) ?? Positive(server.Cpu)) is not (< LeastCpuUnits and { } units) ? null : new(
            "Sizes.LeastQuota",
            "The server is measured with more processor time than it is given",
            CheckOutcome.Warning,
            $"a \"cpu\" of {LeastCpuUnits} or more in {setting}, which the kernel can hold a group to",
            Say($"{units}; it is measured with {LeastCpuUnits}, the least quota of the kernel (1 ms of 100 ms)"),
            "Give the task a \"cpu\" of what the server is to have: on EC2 that of a "
            + "container is a share of what is free, and no bound.");

    private static Finding? Unpriced(
        TaskDefinition definition, string setting) => !IsForInstances(definition) ? null : new(
        "Sizes.Price", "The cost is Fargate's, and the task is not for Fargate", CheckOutcome.Warning,
        "the price of what the task runs on",
        $"{setting} is for instances, whose share of the task is not known; the cost is that of such a task on Fargate",
        "Set Price.VcpuHour and Price.GigabyteHour to what a vCPU and a GB of your instances cost.");

    /// <summary>A warning where the open files of a task on an instance are not declared; null elsewhere.</summary>
    private static Finding? Undeclared(TaskDefinition definition, ContainerDefinition server, string setting) =>
        Nofile(server) is not null || !IsForInstances(definition) ? null : new(
            "Sizes.UndeclaredDescriptors", "The open files of the server are not declared", CheckOutcome.Warning,
            $"ulimit nofile on container '{server.Name}' of {setting}",
            $"none; on EC2 the instance decides, and {Words.Count(InstanceSoft)} soft and {Words.Count(InstanceHard)} "
            + "hard are taken as the least that it may give",
            $"In container '{server.Name}': {OpenFileLimits.Ulimits(OpenFileLimits.FargateDefault)}.");

    private static (int Soft, int Hard) Descriptors(
        TaskDefinition definition, ContainerDefinition server, ImmutableArray<string>.Builder problems)
    {
        if (Nofile(server) is not { } set)
            return IsForInstances(definition)
                ? (InstanceSoft, InstanceHard)
                : (OpenFileLimits.FargateDefault, OpenFileLimits.FargateDefault);
        if (set is { Soft: > 0 and var soft, Hard: > 0 and <= OpenFileLimits.Most and var hard } && soft <= hard)
            return (soft, hard);
        problems.Add($"container '{server.Name}': ulimit nofile has softLimit {Said(set.Soft)} and hardLimit "
            + $"{Said(set.Hard)}; allowed: 1 to {Words.Count(OpenFileLimits.Most)} each, soft no more than hard. Fix "
            + "it, or leave it out for Fargate's default");
        return default;
    }

    // ECS takes the last of several.
    private static Ulimit? Nofile(
        ContainerDefinition server) => server.Ulimits.LastOrDefault(limit => limit.Name == "nofile");

    // ECS takes 0 for "not given".
    private static int? Positive(int? value) => value is > 0 ? value : null;

    private static string Said(int? value) =>
        value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "none";
}
