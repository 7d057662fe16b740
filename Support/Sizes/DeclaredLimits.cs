using System.Collections.Immutable;
using System.Globalization;
using Support.Environments;
using Support.Settings;
using Support.Targets.Groups;
using Support.TaskDefinitions;

namespace Support.Sizes;

/// <summary>What the server may use in a task, as a definition or a size alone declares it. Pure.</summary>
public static class DeclaredLimits
{
    /// <summary>The open files of a container on Fargate that sets none, soft and hard (ECS API reference, ContainerDefinition, ulimits).</summary>
    public const int FargateDescriptors = 65_535;

    // On EC2 the Docker daemon of the instance decides (--default-ulimit). These are the least that ECS-optimized images came with, and the
    // finding beside them says so: a size that holds with these holds with more.
    private const int InstanceSoft = 1_024;
    private const int InstanceHard = 4_096;

    private const int MostDescriptors = 1_048_576;
    private const long Mebibyte = 1_048_576;

    /// <summary>Of a size that no definition goes with: all of the task, and Fargate's default of open files.</summary>
    public static GroupLimits Of(TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return new(size.Memory * Mebibyte, size.Cpu, FargateDescriptors, FargateDescriptors);
    }

    /// <summary>Whether the definition can't be meant for Fargate: it names other launch types alone, or another network than Fargate has.</summary>
    internal static bool IsForInstances(TaskDefinition definition) => !definition.IsFargate
        && (!definition.RequiredLaunchTypes.IsEmpty || !definition.CompatibleLaunchTypes.IsEmpty || definition.NetworkMode != "awsvpc");

    /// <summary>
    /// Of the server's container. Memory: the less of the task's and the container's <c>memory</c>. CPU: the task's, where it has none the
    /// container's. Open files: the container's <c>nofile</c>; where it has none, Fargate's 65,535, and on EC2 alone 1,024 soft and 4,096 hard,
    /// which is what an instance may give as the least.
    /// </summary>
    /// <returns>The size of the task and the limits; null where a part is missing, and then a problem says which.</returns>
    internal static (TaskSize Size, GroupLimits Limits)? Of(TaskDefinition definition, ContainerDefinition server, ImmutableArray<string>.Builder problems)
    {
        var before = problems.Count;
        var cpu = Positive(definition.Cpu) ?? Positive(server.Cpu);
        var memory = Positive(definition.Memory) ?? Positive(server.Memory);
        if (cpu is null)
            problems.Add($"neither the task nor container '{server.Name}' has a \"cpu\"; allowed: CPU units, of which 1,024 are a vCPU. Add to the task: \"cpu\": \"512\"");
        if (memory is null)
            problems.Add($"neither the task nor container '{server.Name}' has a \"memory\"; allowed: MiB. Add to the task: \"memory\": \"1024\"");
        var files = Descriptors(definition, server, problems);
        if (problems.Count > before)
            return null;
        var least = Math.Min(memory!.Value, Positive(server.Memory) ?? int.MaxValue);
        return (new(cpu!.Value, memory.Value), new(least * Mebibyte, cpu.Value, files.Soft, files.Hard));
    }

    /// <summary>A warning where the open files of a task on an instance are not declared; null elsewhere.</summary>
    internal static Finding? Undeclared(TaskDefinition definition, ContainerDefinition server, string setting) =>
        Nofile(server) is not null || !IsForInstances(definition) ? null : new(
            "Sizes.UndeclaredDescriptors", "The open files of the server are not declared", CheckOutcome.Warning,
            $"ulimit nofile on container '{server.Name}' of {setting}",
            $"none; on EC2 the instance decides, and {Words.Count(InstanceSoft)} soft and {Words.Count(InstanceHard)} hard are taken as the least that it may give",
            string.Create(CultureInfo.InvariantCulture, $"In container '{server.Name}': \"ulimits\": [{{ \"name\": \"nofile\", \"softLimit\": {FargateDescriptors}, \"hardLimit\": {FargateDescriptors} }}]."));

    private static (int Soft, int Hard) Descriptors(TaskDefinition definition, ContainerDefinition server, ImmutableArray<string>.Builder problems)
    {
        if (Nofile(server) is not { } set)
            return IsForInstances(definition) ? (InstanceSoft, InstanceHard) : (FargateDescriptors, FargateDescriptors);
        if (set is { Soft: > 0 and var soft, Hard: > 0 and <= MostDescriptors and var hard } && soft <= hard)
            return (soft, hard);
        problems.Add($"container '{server.Name}': ulimit nofile has softLimit {Said(set.Soft)} and hardLimit {Said(set.Hard)}; allowed: 1 to {Words.Count(MostDescriptors)} each, soft no more than hard. Mend it, or leave it out for Fargate's default");
        return default;
    }

    // ECS takes the last of several.
    private static Ulimit? Nofile(ContainerDefinition server) => server.Ulimits.LastOrDefault(limit => limit.Name == "nofile");

    // ECS takes 0 for "not given".
    private static int? Positive(int? value) => value is > 0 ? value : null;

    private static string Said(int? value) => value is { } number ? number.ToString(CultureInfo.InvariantCulture) : "none";
}
