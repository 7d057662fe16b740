using System.Text.Json;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Reports;

/// <summary>One run at a task size in <c>capacity.json</c>: what it says, and its steps in short. The chosen run's stand whole under <c>steps</c>.</summary>
internal static class JsonSizeRun
{
    internal static void Write(Utf8JsonWriter json, SizeRun run)
    {
        json.WriteStartObject();
        json.WriteString("label", run.Label);
        json.WriteNumber("number", run.Number);
        json.WriteString("startedAt", run.StartedAt);
        json.Number("seconds", run.Seconds);
        json.Number("startSeconds", run.StartSeconds);
        json.WriteString("notStarted", run.NotStarted);
        json.WriteString("fault", run.Fault);
        WriteEffective(json, run.Effective);
        json.List("restarts", run.Restarts, end =>
        {
            json.WriteStartObject();
            json.Number("exitCode", end.ExitCode);
            json.WriteNumber("oomKills", end.OomKills);
            json.WriteString("words", ServerEndWords.Of(end).Words);
            json.WriteEndObject();
        });
        WriteVerdict(json, run.Verdict);
        json.List("steps", run.Steps, step => WriteStep(json, step));
        json.Number("tries", run.Search?.Tries.Length);
        json.WriteString("searchEnded", run.Search?.Ended);
        json.WriteEndObject();
    }

    private static void WriteEffective(Utf8JsonWriter json, GroupLimits? limits)
    {
        if (limits is null)
        {
            json.WriteNull("effective");
            return;
        }

        json.WriteStartObject("effective");
        json.WriteNumber("memoryBytes", limits.MemoryBytes);
        json.WriteNumber("cpuUnits", limits.CpuUnits);
        json.WriteNumber("descriptorsSoft", limits.DescriptorsSoft);
        json.WriteNumber("descriptorsHard", limits.DescriptorsHard);
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, RunVerdict verdict)
    {
        json.Number("maxReliable", verdict.MaxReliable);
        json.Number("heldAtOnce", verdict.HeldAtOnce);
        if (verdict.Exact is { } exact)
        {
            json.WriteStartObject("exact");
            json.WriteNumber("holds", exact.Holds);
            json.Number("breaks", exact.Breaks);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("exact");
        }

        json.Number("safeLimit", verdict.SafeLimit);
        json.WriteStartObject("bottleneck");
        json.Word("side", verdict.Bottleneck.Side);
        json.WriteString("resource", verdict.Bottleneck.Resource);
        json.WriteString("cause", verdict.Bottleneck.Cause);
        json.List("evidence", verdict.Bottleneck.Evidence, json.WriteStringValue);
        json.WriteString("next", verdict.Bottleneck.Next);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, JudgedStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("sessions", step.Sessions);
        json.Number("attempted", step.Result?.Attempted);
        json.Number("held", step.Result?.Held);
        json.Word("outcome", step.Outcome);
        json.WriteString("reason", step.Reason);
        json.Number("seconds", step.Result?.Seconds);
        JsonStep.WriteFailures(json, step.Result);
        json.WriteEndObject();
    }
}
