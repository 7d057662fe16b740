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
    /// Whether the agent announced a metadata endpoint to this process: it runs in an ECS task. Reads nothing, so that
    /// a test runner can ask at discovery.
    /// </summary>
    /// <param name="environment">The environment variables of the process.</param>
    public static bool IsInEcs(IReadOnlyDictionary<string, string> environment) =>
        MetadataEndpoint.From(environment) is not null;

    /// <summary>This process runs in no ECS task.</summary>
    public sealed record Outside : TaskMetadata;

    /// <summary>This process runs in an ECS task, and this is the task.</summary>
    public sealed record Read : TaskMetadata
    {
        /// <summary>The task as it was read.</summary>
        public Read(EcsTask value) => Value = value;

        /// <summary>The task as it was when the metadata was read.</summary>
        public EcsTask Value { get; }
    }

    /// <summary>This process runs in an ECS task whose metadata could not be read.</summary>
    public sealed record Unavailable : TaskMetadata
    {
        /// <summary>Not readable because of <paramref name="why"/>.</summary>
        public Unavailable(string why) => Why = why;

        /// <summary>Why it is not readable, as a clause without a full stop.</summary>
        public string Why { get; }
    }
}
