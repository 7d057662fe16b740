using System.Text.Json;
using Support.Measuring;
using Support.Verdict;

namespace Support.Reports;

/// <summary>One step of <c>capacity.json</c>. A step that was not attempted has null for everything that was not measured.</summary>
internal static class JsonStep
{
    internal static void Write(Utf8JsonWriter json, JudgedStep step)
    {
        var result = step.Result;
        json.WriteStartObject();
        json.WriteNumber("sessions", step.Sessions);
        json.Number("attempted", result?.Attempted);
        json.Number("opened", result?.Opened);
        json.Number("held", result?.Held);
        json.Number("dropped", result?.Dropped);
        json.Number("successRate", result is { Attempted: > 0 } ? result.SuccessRate : null);
        json.Number("seconds", result?.Seconds);
        json.Word("outcome", step.Outcome);
        json.WriteString("reason", step.Reason);
        json.WriteStartObject("failures");
        foreach (var (name, count) in StepFailures.InOrder(result?.Failures))
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteStartObject("examples");
        foreach (var (name, example) in StepFailures.InOrder(result?.Examples))
            json.WriteString(name, example);
        json.WriteEndObject();
        WriteTimes(json, result);
        WriteResources(json, result?.Resources);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, StepResult? result)
    {
        WriteLatency(json, "connectMilliseconds", result?.ConnectMilliseconds);
        WriteLatency(json, "tcpMilliseconds", result?.TcpMilliseconds);
        WriteLatency(json, "tlsMilliseconds", result?.TlsMilliseconds);
        WriteLatency(json, "upgradeMilliseconds", result?.UpgradeMilliseconds);
        WriteLatency(json, "pongMilliseconds", result?.PongMilliseconds);
        json.Number("dnsMilliseconds", result?.DnsMilliseconds);
        if (result is null)
            json.WriteNull("startedAt");
        else
            json.WriteString("startedAt", result.StartedAt);
        json.Number("openSeconds", result?.OpenSeconds);
        json.Number("closeSeconds", result?.CloseSeconds);
        json.WriteString("stoppedEarly", result?.StoppedEarly);
    }

    private static void WriteLatency(Utf8JsonWriter json, string name, LatencySummary? latency)
    {
        if (latency is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.Number("p50", latency.P50);
        json.Number("p95", latency.P95);
        json.Number("p99", latency.P99);
        json.Number("max", latency.Max);
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, StepResources? resources)
    {
        if (resources is null)
        {
            json.WriteNull("resources");
            return;
        }

        json.WriteStartObject("resources");
        WriteProcess(json, "suite", resources.Suite);
        WriteProcess(json, "target", resources.Target);
        json.Number("cgroupBytes", resources.CgroupBytes);
        json.Number("kernelSocketBytes", resources.KernelSocketBytes);
        json.Number("slabDeltaBytes", resources.SlabDeltaBytes);
        json.Number("timeWaitAfter", resources.TimeWaitAfter);
        json.Number("targetOpen", resources.TargetOpen);
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
}
