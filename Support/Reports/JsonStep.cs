using System.Text.Json;
using Support.Measuring;
using Support.Pool;
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
        WriteFailures(json, result);
        json.WriteStartObject("examples");
        foreach (var (name, example) in StepFailures.InOrder(result?.Examples))
            json.WriteString(name, example);
        json.WriteEndObject();
        WriteTimes(json, result);
        WriteLosses(json, result?.Losses);
        json.List("addresses", result?.Addresses ?? [], address => WriteAddress(json, address));
        if (result is null)
            json.WriteNull("targetAnswer");
        else
            json.Word("targetAnswer", result.TargetAnswer);
        JsonResources.Write(json, result?.Resources);
        json.WriteEndObject();
    }

    internal static void WriteFailures(Utf8JsonWriter json, StepResult? result)
    {
        json.WriteStartObject("failures");
        foreach (var (name, count) in StepFailures.InOrder(result?.Failures))
            json.WriteNumber(name, count);
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
        json.Instant("startedAt", result?.StartedAt);
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

    private static void WriteLosses(Utf8JsonWriter json, LossSummary? losses)
    {
        if (losses is null)
        {
            json.WriteNull("losses");
            return;
        }

        json.WriteStartObject("losses");
        json.WriteNumber("count", losses.Count);
        json.Number("medianAgeSeconds", losses.MedianAgeSeconds);
        json.Number("ageSpreadSeconds", losses.AgeSpreadSeconds);
        json.Number("timeSpreadSeconds", losses.TimeSpreadSeconds);
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, AddressCount address)
    {
        json.WriteStartObject();
        json.WriteString("endPoint", address.EndPoint);
        json.WriteNumber("attempted", address.Attempted);
        json.WriteNumber("failed", address.Failed);
        json.WriteEndObject();
    }
}
