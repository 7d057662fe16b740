using System.Collections.Immutable;

namespace Support.Ecs.Definitions;

/// <summary>As far as checks need it (ECS API reference, TaskDefinition). Null is "not given".</summary>
public sealed record TaskDefinition
{
    /// <summary>Up to 255 letters, digits, underscores and hyphens.</summary>
    public required string Family { get; init; }

    /// <summary>At least one, in their order.</summary>
    public required ImmutableArray<ContainerDefinition> Containers { get; init; }

    /// <summary>Null in what has not been registered.</summary>
    public int? Revision { get; init; }

    /// <summary>Null in what has not been registered.</summary>
    public string? Arn { get; init; }

    /// <summary>The task's CPU in units: 1,024 are one vCPU.</summary>
    public int? Cpu { get; init; }

    /// <summary>The task's memory in MiB.</summary>
    public int? Memory { get; init; }

    /// <summary>awsvpc, bridge, host or none; ECS takes bridge where it is not given.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>The launch types that ECS holds the definition to when it is registered, as <c>FARGATE</c>.</summary>
    public ImmutableArray<string> RequiredLaunchTypes { get; init; } = [];

    /// <summary>The launch types that ECS found it good for; empty in what has not been registered.</summary>
    public ImmutableArray<string> CompatibleLaunchTypes { get; init; } = [];

    /// <summary>The role of the code in the containers: its ARN or name.</summary>
    public string? TaskRole { get; init; }

    /// <summary>The role that ECS starts the task with (image, logs, secrets): its ARN or name.</summary>
    public string? ExecutionRole { get; init; }

    /// <summary>X86_64 or ARM64; ECS takes X86_64 where it is not given.</summary>
    public string? Architecture { get; init; }

    /// <summary>LINUX or a WINDOWS_SERVER_…; ECS takes LINUX where it is not given.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The disk of a Fargate task in GiB, where more than the 20 that come with it are asked for.</summary>
    public int? EphemeralStorage { get; init; }

    /// <summary>The names of the volumes.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    /// <summary>The texts that stand for a value yet to be filled in, with where they are.</summary>
    public ImmutableArray<Placeholder> Placeholders { get; init; } = [];

    /// <summary>It is required, or nothing is required and ECS found it good for Fargate.</summary>
    public bool IsFargate => RequiredLaunchTypes.Contains("FARGATE")
        || (RequiredLaunchTypes.IsEmpty && CompatibleLaunchTypes.Contains("FARGATE"));

    /// <summary>Whether its containers are Windows containers.</summary>
    public bool IsWindows => OperatingSystem?.StartsWith("WINDOWS", StringComparison.Ordinal) ?? false;
}

/// <summary>A text that stands for a value yet to be filled in.</summary>
/// <param name="Path">
/// As <c>containerDefinitions[0].image</c>, or with a variable's name <c>containerDefinitions[0].environment 'DB'</c>.
/// </param>
/// <param name="Text">The stand-in alone; null in a variable, whose value may be a secret.</param>
/// <param name="Refused">Whether ECS needs a real value there: family, image, ARN, an option of awslogs.</param>
public sealed record Placeholder(string Path, string? Text, bool Refused);
