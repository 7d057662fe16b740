using System.Collections.Immutable;
using System.Text.Json;
using Support.Host;

namespace Support.Ecs;

/// <summary>Reads what the endpoint answers for <c>/task</c> (ECS developer guide, task metadata v4 response; amazon-ecs-agent, tmds/handlers/v4/state/response.go).</summary>
public static class EcsTaskParser
{
    /// <summary>One vCPU in CPU units (ECS developer guide, task definition parameters).</summary>
    public const int UnitsOfOneCpu = 1024;

    private const string Told = "task metadata";

    /// <summary>The task; null where the text is not JSON, or holds no task's ARN: everything else may be missing, and early in a task's start much is.</summary>
    /// <param name="text">The body.</param>
    /// <param name="version">The version of the endpoint, 3 or 4.</param>
    /// <param name="executionEnvironment"><c>AWS_EXECUTION_ENV</c>; null where it is not set.</param>
    public static EcsTask? Parse(string text, int version, string? executionEnvironment)
    {
        ArgumentNullException.ThrowIfNull(text);
        return JsonFields.Object(text) is { } task && TaskArn.Parse(task.Text("TaskARN")) is { } arn ? Of(task, arn, version, executionEnvironment) : null;
    }

    private static EcsTask Of(JsonElement task, TaskArn arn, int version, string? executionEnvironment)
    {
        var launchType = (task.Text("LaunchType") ?? FromExecution(executionEnvironment))?.ToUpperInvariant();
        ImmutableArray<EcsContainer> containers = [.. task.Items("Containers").Select(container => EcsContainerParser.Of(container, launchType)).OfType<EcsContainer>()];
        return new()
        {
            Arn = arn,
            MetadataVersion = version,
            Cluster = NameOf(task.Text("Cluster")) ?? arn.Cluster,
            Family = task.Text("Family"),
            Revision = task.Text("Revision"),
            Service = task.Text("ServiceName"),
            LaunchType = launchType,
            ExecutionEnvironment = executionEnvironment,
            // Fargate has no other mode, and early in a task's start its containers have no network yet.
            NetworkMode = containers.FirstOrDefault(container => container.NetworkMode is not null)?.NetworkMode
                ?? (launchType == EcsTask.Fargate ? "awsvpc" : null),
            AvailabilityZone = task.Text("AvailabilityZone"),
            DesiredStatus = task.Text("DesiredStatus"),
            KnownStatus = task.Text("KnownStatus"),
            CpuUnits = LimitOf(task, "CPU", launchType, UnitsOfOneCpu),
            MemoryMebibytes = LimitOf(task, "Memory", launchType, 1),
            Containers = containers,
            Clock = task.Object("ClockDrift") is { } clock ? ClockOf(clock) : null,
            Storage = task.Object("EphemeralStorageMetrics") is { } disk ? new(disk.Count("Utilized"), disk.Count("Reserved")) : null,
        };
    }

    // On EC2 a task without limits of its own has no such fields; on Fargate each task has both, and one that is missing was not told.
    private static Limit LimitOf(JsonElement task, string name, string? launchType, int scale)
    {
        var source = $"{Told}, Limits.{name} of the task";
        return task.Object("Limits") is { } limits && limits.Field(name) is not null
            ? OfNumber(limits, name, scale, source)
            : launchType is null or EcsTask.Fargate ? new Limit.Unknown("not told", source) : new Limit.None(source);
    }

    /// <summary>A limit that is written as a number; 0 is how the agent says that there is none, and what no machine has is garbage.</summary>
    internal static Limit OfNumber(JsonElement limits, string name, int scale, string source) => limits.Number(name) switch
    {
        { } number and < 1L << 40 when Math.Round(number * scale) is >= 1 and var whole => new Limit.Number((long)whole, source),
        0 => new Limit.None(source),
        _ => Limit.Garbage(limits.Field(name)!.Value.GetRawText(), "a number from 0 on", source),
    };

    private static string? FromExecution(string? environment) => environment switch
    {
        "AWS_ECS_FARGATE" => EcsTask.Fargate,
        "AWS_ECS_EC2" => "EC2",
        "AWS_ECS_MANAGED_INSTANCES" => "MANAGED_INSTANCES",
        _ => null,
    };

    // An ARN on Fargate, the name alone on EC2.
    private static string? NameOf(string? cluster) => EcsNames.ShortName(cluster) is { Length: > 0 } name ? name : null;

    private static ClockDrift ClockOf(JsonElement clock) => new(
        clock.Text("ClockSynchronizationStatus") switch { "SYNCHRONIZED" => true, "NOT_SYNCHRONIZED" => false, _ => null },
        clock.Number("ClockErrorBound") is { } bound and >= 0 ? bound : null);
}
