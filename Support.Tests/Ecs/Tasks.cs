using System.Collections.Immutable;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Tests.Host;
using Support.Tests.Reports;

namespace Support.Tests.Ecs;

/// <summary>A task on Fargate of which everything is in order, for tests that change one thing.</summary>
internal static class Tasks
{
    public const long Mebibyte = 1L << 20;

    /// <summary>One container of 448 MiB in a task of 256 CPU units and 512 MiB.</summary>
    public static EcsTask Healthy { get; } =
        SampleTasks.Fargate with { Containers = [SampleTasks.Fargate.Containers[0]] };

    /// <summary>The kernel and .NET as they are in that task.</summary>
    public static EnvironmentFacts Machine { get; } = Machines.Roomy with
    {
        Runtime = Machines.Linux with { Processors = 1, GcAvailableBytes = 336 * Mebibyte },
        Cgroup = CgroupFacts.Without("none here") with
        {
            MemoryLimitBytes = Machines.Number(448 * Mebibyte),
            CpuMillicores = Machines.Number(250),
        },
    };

    public static DefinitionNeeds Needs { get; } = new() { Connections = 1000, MetricsInLog = true };

    /// <summary>The task with its container changed.</summary>
    public static EcsTask With(this EcsTask task, Func<EcsContainer, EcsContainer> change) =>
        task with { Containers = [change(task.Containers[0]), .. task.Containers.Skip(1)] };

    public static EcsContainer Log(this EcsContainer container, params (string Name, string Value)[] options) =>
        container with
        {
            Log = new("awslogs", options.ToImmutableSortedDictionary(option => option.Name, option => option.Value)),
        };

    public static async Task<Finding[]> CheckAsync(
        TaskMetadata metadata, EnvironmentFacts? machine = null, DefinitionNeeds? needs = null)
    {
        var checks = MetadataChecks.For(
            _ => Task.FromResult(metadata), _ => Task.FromResult(machine ?? Machine), needs ?? Needs);
        return await Task.WhenAll(checks.Select(check => check.RunAsync(CancellationToken.None)));
    }

    public static Task<Finding[]> CheckAsync(
        EcsTask task,
        EnvironmentFacts? machine = null,
        DefinitionNeeds? needs = null) => CheckAsync(new TaskMetadata.Read(task), machine, needs);
}
