using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Ecs;

/// <summary>The checks of the suite's own task: what is declared, in effect, and documented by AWS.</summary>
internal static class MetadataChecks
{
    private static readonly ImmutableArray<(string Name, string Title, Func<TaskCase, Answer> Answer)> Rules =
    [
        ("Status", "Task is meant to run, and is healthy", PlacementChecks.Status),
        ("LaunchType", "Launch type and platform are known", PlacementChecks.LaunchType),
        ("NetworkMode", "Network mode gives the task ports of its own", PlacementChecks.NetworkMode),
        ("TaskSize", "Task size is one that Fargate has", TaskCpuChecks.Size),
        ("CpuQuota", "Processor quota is the CPU that was declared", TaskCpuChecks.Quota),
        ("Processors", ".NET works with the processors that were declared", TaskCpuChecks.Processors),
        ("MemoryLimit", "Memory limit in effect is the one that was declared", TaskMemoryChecks.InEffect),
        ("GcMemory", "Garbage collector sees no more memory than the task has", TaskMemoryChecks.Collector),
        ("MemoryInUse", "Memory in use before the first connection is known", TaskMemoryChecks.InUse),
        ("OtherContainers", "No other container takes memory or ports of the task", TaskMemoryChecks.Others),
        ("FileDescriptors", "Descriptor limit is what the platform gives, and enough", HostChecks.FileDescriptors),
        ("LogDriver", "Log driver delivers every line", LogChecks.Delivery),
        ("Clock", "Clock of the host is kept", HostChecks.Clock),
        ("Storage", "Disk of the task has room for the reports", HostChecks.Storage),
        ("Origin", "Availability zone and image are on record", PlacementChecks.Origin),
        ("Restarts", "No container of the task was restarted", PlacementChecks.Restarts),
    ];

    /// <summary>
    /// The checks in the order of the report. Making the list reads nothing; outside of ECS it is not asked for.
    /// </summary>
    /// <param name="metadata">Reads the task once, as <see cref="TaskMetadataReader.ReadAsync"/> does.</param>
    /// <param name="machine">Reads the machine once, as <see cref="CheckContext.FactsAsync"/> does.</param>
    /// <param name="needs">What the task has to hold.</param>
    public static ImmutableArray<DeferredCheck> For(
        Func<CancellationToken, Task<TaskMetadata>> metadata, Func<CancellationToken, Task<EnvironmentFacts>> machine,
        DefinitionNeeds needs)
    {
        return
        [
            new(
                "Ecs.Metadata", "Task metadata can be read",
                async token => PlacementChecks.Metadata(await metadata(token).ConfigureAwait(false))),
            .. Rules.Select(rule => new DeferredCheck($"Ecs.{rule.Name}", rule.Title, async token =>
                (await metadata(token).ConfigureAwait(false)).Task is { } task
                    ? rule.Answer(new(task, await machine(token).ConfigureAwait(false), needs))
                    : Answer.NotApplicable(
                        "metadata of an ECS task", "there is none to compare with; see Ecs.Metadata"))),
        ];
    }
}
