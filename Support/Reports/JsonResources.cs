using System.Text.Json;
using Support.Measuring;

namespace Support.Reports;

/// <summary>What a step cost, in <c>capacity.json</c>: every key is there, and null where it could not be read.</summary>
internal static class JsonResources
{
    internal static void Write(Utf8JsonWriter json, StepResources? resources)
    {
        if (resources is null)
        {
            json.WriteNull("resources");
            return;
        }

        json.WriteStartObject("resources");
        WriteProcess(json, "suite", resources.Suite);
        WriteProcess(json, "workers", resources.Workers);
        json.WriteNumber("workerCount", resources.WorkerCount);
        WriteProcess(json, "target", resources.Target);
        json.Number("cgroupBytes", resources.CgroupBytes);
        json.Number("kernelSocketBytes", resources.KernelSocketBytes);
        json.Number("slabDeltaBytes", resources.SlabDeltaBytes);
        json.Number("timeWaitAfter", resources.TimeWaitAfter);
        json.Number("targetOpen", resources.TargetOpen);
        json.Number("kernelEstablished", resources.KernelEstablished);
        WriteClient(json, resources.Client);
        WriteServer(json, resources.Server);
        json.WriteEndObject();
    }

    private static void WriteProcess(Utf8JsonWriter json, string name, ProcessCost? cost)
    {
        if (cost is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.Number("cpuSeconds", cost.CpuSeconds);
        json.WriteNumber("residentBytesBefore", cost.ResidentBytesBefore);
        json.WriteNumber("residentBytesHeld", cost.ResidentBytesHeld);
        json.Number("descriptors", cost.Descriptors);
        json.WriteEndObject();
    }

    private static void WriteClient(Utf8JsonWriter json, ClientStrain? client)
    {
        if (client is null)
        {
            json.WriteNull("client");
            return;
        }

        json.WriteStartObject("client");
        json.Number("longestLagMilliseconds", client.LongestLagMilliseconds);
        json.Number("throttledSeconds", client.ThrottledSeconds);
        json.Number("cores", client.Cores);
        json.Number("busyShare", client.BusyShare);
        json.Number("memoryShare", client.MemoryShare);
        json.Number("oomKills", client.OomKills);
        json.WriteEndObject();
    }

    private static void WriteServer(Utf8JsonWriter json, ServerReading? server)
    {
        if (server is null)
        {
            json.WriteNull("server");
            return;
        }

        json.WriteStartObject("server");
        json.WriteString("name", server.Name);
        json.WriteNumber("processes", server.Processes);
        json.Number("descriptors", server.Descriptors);
        json.Number("descriptorLimit", server.DescriptorLimit);
        json.Number("residentBytes", server.ResidentBytes);
        json.Number("cpuSeconds", server.CpuSeconds);
        json.Number("listenOverflows", server.ListenOverflows);
        WriteGroup(json, server.Group);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ServerGroup? group)
    {
        if (group is null)
        {
            json.WriteNull("group");
            return;
        }

        json.WriteStartObject("group");
        json.Number("memoryBytes", group.MemoryBytes);
        json.Number("memoryLimitBytes", group.MemoryLimitBytes);
        json.WriteNumber("oomKills", group.OomKills);
        json.Number("periods", group.Periods);
        json.Number("throttledPeriods", group.ThrottledPeriods);
        json.Number("throttledSeconds", group.ThrottledTime?.TotalSeconds);
        json.WriteEndObject();
    }
}
