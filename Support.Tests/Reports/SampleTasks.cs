using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Reports;

namespace Support.Tests.Reports;

/// <summary>Reports of a run in an ECS task.</summary>
internal static class SampleTasks
{
    private static readonly ImmutableSortedDictionary<string, string> Options =
        ImmutableSortedDictionary<string, string>.Empty
            .Add("awslogs-group", "/ecs/capacity").Add(
                "awslogs-stream", "run/capacity/bfa2636268144d039771334145e490c5").Add("mode", "blocking");

    /// <summary>A task of the least size on Fargate, with a sidecar.</summary>
    public static EcsTask Fargate { get; } = new()
    {
        Arn = TaskArn.Parse("arn:aws:ecs:eu-central-1:123456789012:task/chat/bfa2636268144d039771334145e490c5")!,
        MetadataVersion = 4,
        Cluster = "chat",
        Family = "capacity",
        Revision = "5",
        Service = "capacity",
        LaunchType = EcsTask.Fargate,
        ExecutionEnvironment = "AWS_ECS_FARGATE",
        NetworkMode = "awsvpc",
        AvailabilityZone = "eu-central-1b",
        DesiredStatus = "RUNNING",
        KnownStatus = "RUNNING",
        CpuUnits = new Limit.Number(256, "task metadata"),
        MemoryMebibytes = new Limit.Number(512, "task metadata"),
        ThisDockerId = "bfa2636268144d039771334145e490c5-1117626119",
        Containers =
        [
            new()
            {
                DockerId = "bfa2636268144d039771334145e490c5-1117626119", Name = "capacity", Image = "capacity:1.0.0",
                ImageId = "sha256:daf3f46a2639c161", CpuUnits = new Limit.None("task metadata"),
                MemoryMebibytes = new Limit.Number(448, "task metadata"), Log = new("awslogs", Options),
                NetworkMode = "awsvpc", KnownStatus = "RUNNING", MemoryInUseBytes = 96_468_992,
            },
            new()
            {
                DockerId = "bfa2636268144d039771334145e490c5-464223573", Name = "agent", Image = "agent:2",
                ImageId = "sha256:d691691e9652791a", MemoryMebibytes = new Limit.None("task metadata"),
                KnownStatus = "RUNNING", Restarts = 2, Health = "HEALTHY", MemoryInUseBytes = 15_728_640,
            },
        ],
        Clock = new(true, 0.446931),
        Storage = new(1_261, 20_496),
    };

    /// <summary>The run that the documents show, on Fargate.</summary>
    public static CapacityReport OnFargate() =>
        SampleReports.LimitFound() with { Task = new TaskMetadata.Read(Fargate) };

    /// <summary>In a task whose endpoint did not answer.</summary>
    public static CapacityReport Unavailable() =>
        SampleReports.Broken() with { Task = new TaskMetadata.Unavailable("500 '{}'") };
}
