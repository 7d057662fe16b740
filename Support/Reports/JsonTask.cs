using System.Text.Json;
using Support.Ecs;
using Support.Host;

namespace Support.Reports;

/// <summary>The ECS task in <c>capacity.json</c>: <c>environment.ecs</c>, null outside of one.</summary>
internal static class JsonTask
{
    internal static void Write(Utf8JsonWriter json, TaskMetadata? metadata)
    {
        switch (metadata)
        {
            case TaskMetadata.Read { Value: var task }:
                json.WriteStartObject("ecs");
                json.WriteNull("unavailable");
                json.WriteStartObject("task");
                WriteTask(json, task);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case TaskMetadata.Unavailable { Why: var why }:
                json.WriteStartObject("ecs");
                json.WriteString("unavailable", why);
                json.WriteNull("task");
                json.WriteEndObject();
                break;
            default:
                json.WriteNull("ecs");
                break;
        }
    }

    private static void WriteTask(Utf8JsonWriter json, EcsTask task)
    {
        json.WriteString("arn", task.Arn.Text);
        json.WriteString("id", task.Arn.Id);
        json.WriteString("region", task.Arn.Region);
        json.WriteString("account", task.Arn.Account);
        json.WriteString("cluster", task.Cluster);
        json.WriteString("clusterArn", task.ClusterArn);
        json.WriteString("family", task.Family);
        json.WriteString("revision", task.Revision);
        json.WriteString("service", task.Service);
        json.WriteString("launchType", task.LaunchType);
        json.WriteNumber("metadataVersion", task.MetadataVersion);
        json.WriteString("executionEnvironment", task.ExecutionEnvironment);
        json.WriteString("networkMode", task.NetworkMode);
        json.WriteString("availabilityZone", task.AvailabilityZone);
        json.WriteString("desiredStatus", task.DesiredStatus);
        json.WriteString("knownStatus", task.KnownStatus);
        WriteLimit(json, "cpuUnits", task.CpuUnits);
        WriteLimit(json, "memoryMebibytes", task.MemoryMebibytes);
        json.Number("memoryInUseBytes", task.MemoryInUseBytes);
        json.List("containers", task.Containers, container => WriteContainer(json, container, container.DockerId == task.ThisDockerId));
        WriteHost(json, task);
        json.List("gaps", task.Gaps, json.WriteStringValue);
    }

    private static void WriteContainer(Utf8JsonWriter json, EcsContainer container, bool isThis)
    {
        json.WriteStartObject();
        json.WriteString("name", container.Name);
        json.WriteBoolean("isThis", isThis);
        json.WriteString("type", container.Type);
        json.WriteString("image", container.Image);
        json.WriteString("imageId", container.ImageId);
        WriteLimit(json, "cpuUnits", container.CpuUnits);
        WriteLimit(json, "memoryMebibytes", container.MemoryMebibytes);
        json.Number("memoryInUseBytes", container.MemoryInUseBytes);
        json.WriteString("knownStatus", container.KnownStatus);
        json.WriteString("health", container.Health);
        json.Number("restarts", container.Restarts);
        json.WriteString("logDriver", container.Log?.Driver);
        json.WriteString("logMode", container.Log?.Mode);
        json.WriteString("logGroup", container.Log?.Group);
        json.WriteString("logStream", container.Log?.Stream);
        json.WriteEndObject();
    }

    private static void WriteHost(Utf8JsonWriter json, EcsTask task)
    {
        json.WriteStartObject("clock");
        if (task.Clock?.IsSynchronized is { } synchronized)
            json.WriteBoolean("synchronized", synchronized);
        else
            json.WriteNull("synchronized");
        json.Number("errorBoundMilliseconds", task.Clock?.ErrorBoundMilliseconds);
        json.WriteEndObject();
        json.WriteStartObject("storage");
        json.Number("usedMebibytes", task.Storage?.UsedMebibytes);
        json.Number("reservedMebibytes", task.Storage?.ReservedMebibytes);
        json.WriteEndObject();
    }

    // Three answers: a number, no limit, not known.
    private static void WriteLimit(Utf8JsonWriter json, string name, Limit limit)
    {
        if (limit is Limit.None)
            json.WriteString(name, "none");
        else
            json.Number(name, limit.Count);
    }
}
