using System.Collections.Immutable;

namespace Support.Ecs;

/// <summary>Where a container's output goes. Only options that are known to hold no secret are kept: those of other drivers hold tokens.</summary>
/// <param name="Driver">As in <c>awslogs</c>.</param>
/// <param name="Options">The options of <see cref="KnownOptions"/> that are set.</param>
public sealed record ContainerLog(string Driver, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>The options that are kept (ECS API reference, LogConfiguration).</summary>
    public static ImmutableArray<string> KnownOptions { get; } =
        ["awslogs-create-group", "awslogs-group", "awslogs-region", "awslogs-stream", "awslogs-stream-prefix", "max-buffer-size", "mode"];

    /// <summary><c>blocking</c> or <c>non-blocking</c>; null where the account's default applies (defaultLogDriverMode), which is non-blocking since 25 June 2025.</summary>
    public string? Mode => Options.GetValueOrDefault("mode");

    /// <summary>How much a driver that does not block keeps before it drops lines, as in <c>25m</c>; null where the default of 10m applies.</summary>
    public string? BufferSize => Options.GetValueOrDefault("max-buffer-size");

    /// <summary>The log group; null where not told.</summary>
    public string? Group => Options.GetValueOrDefault("awslogs-group");

    /// <summary>The log stream; null where not told.</summary>
    public string? Stream => Options.GetValueOrDefault("awslogs-stream");

    /// <inheritdoc/>
    public bool Equals(ContainerLog? other) =>
        other is not null && Driver == other.Driver && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Driver, Options.Count);
}
