namespace Support.Ecs;

/// <summary>
/// What the ECS task metadata endpoint says of the task that this process runs in: not in ECS, read, or not readable.
/// The three are never mixed up.
/// </summary>
/// <remarks>Amazon ECS developer guide, "Amazon ECS task metadata endpoint version 4" and "version 3".</remarks>
public abstract record TaskMetadata
{
    private TaskMetadata()
    {
    }

    /// <summary>The task; null outside of ECS and where its metadata could not be read.</summary>
    public EcsTask? Task => (this as Read)?.Value;

    /// <summary>
    /// Whether the agent announced a metadata endpoint: it runs in a task. Reads nothing, for discovery.
    /// </summary>
    public static bool IsInEcs(IReadOnlyDictionary<string, string> environment) =>
        MetadataEndpoint.From(environment) is not null;

    /// <summary>This process runs in no ECS task.</summary>
    public sealed record Outside : TaskMetadata;

    /// <summary>This process runs in an ECS task: the task, as it was when the metadata was read.</summary>
    public sealed record Read(EcsTask Value) : TaskMetadata;

    /// <summary>It runs in one whose metadata could not be read: why, as a clause without a full stop.</summary>
    public sealed record Unavailable(string Why) : TaskMetadata;
}
