using System.Text.Json;
using Support.Plan;
using Support.Settings;

namespace Support.Reports;

/// <summary>The plan in <c>capacity.json</c>: every key is there, and null where it is not known.</summary>
internal static class JsonPlan
{
    internal static void Write(Utf8JsonWriter json, CapacityReport report)
    {
        var plan = report.Plan;
        json.WriteStartObject("plan");
        json.WriteNumber("targetConnections", plan.TargetConnections);
        json.Number("connectionsPerTask", plan.ConnectionsPerTask);
        json.Number("buffer", plan.Buffer);
        json.Number("tasksNeeded", plan.TasksNeeded);
        json.WriteBoolean("atMost", VerdictWords.ClientWasTheLimit(report.Verdict));
        json.WriteBoolean("isLowerBound", PlanWords.IsAtMost(report));
        json.WriteString("doubt", plan.Doubt);
        WriteSize(json, plan.Size, plan.SizeFrom);
        json.Number("opensPerSecond", plan.OpensPerSecond);
        json.WriteNumber("zones", plan.Settings.Zones);
        json.WriteNumber("minimumHealthyPercent", plan.Settings.MinimumHealthyPercent);
        json.Number("reconnectWithinSeconds", plan.Settings.ReconnectWithin.TotalSeconds);
        json.Number("desired", plan.Desired);
        json.Number("minimum", plan.Minimum);
        json.Number("maximum", plan.Maximum);
        json.Number("targetPerTask", plan.TargetPerTask);
        WriteTasks(json, plan);
        JsonEstimate.Write(json, plan);
        json.List("files", report.ScalingFiles, json.WriteStringValue);
        json.WriteEndObject();
    }

    internal static void WriteSize(Utf8JsonWriter json, MachineSize? size, string? from)
    {
        if (size is null)
        {
            json.WriteNull("size");
            return;
        }

        json.WriteStartObject("size");
        json.WriteString("name", size.Name);
        json.Number("vcpus", size.Vcpus);
        json.WriteNumber("memoryMiB", size.Memory);
        json.WriteString("from", from);
        json.WriteEndObject();
    }

    private static void WriteTasks(Utf8JsonWriter json, ScalingPlan plan)
    {
        json.List("needs", plan.Needs, need =>
        {
            json.WriteStartObject();
            json.Word("kind", need.Kind);
            json.WriteNumber("tasks", need.Tasks);
            json.WriteString("basis", need.Basis);
            json.WriteEndObject();
        });
        json.List("loads", plan.Loads, load =>
        {
            json.WriteStartObject();
            json.WriteString("name", load.Name);
            json.WriteNumber("tasks", load.Tasks);
            json.WriteNumber("connectionsPerTask", load.ConnectionsPerTask);
            json.WriteEndObject();
        });
        WriteCost(json, plan.Cost);
        json.List("table", plan.Table, row => WriteRow(json, row));
    }

    private static void WriteCost(Utf8JsonWriter json, PlanCost? cost)
    {
        if (cost is null)
        {
            json.WriteNull("cost");
            return;
        }

        json.WriteStartObject("cost");
        json.Number("task", cost.Task);
        json.Number("tasks", cost.Tasks);
        json.Number("loadBalancers", cost.LoadBalancers);
        json.Number("total", cost.Total);
        json.WriteString("of", cost.Of);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, PlanRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("targetConnections", row.TargetConnections);
        json.WriteNumber("tasksNeeded", row.TasksNeeded);
        json.WriteNumber("desired", row.Desired);
        json.WriteNumber("connectionsPerTask", row.ConnectionsPerTask);
        json.Word("boundBy", row.BoundBy);
        json.WriteNumber("loadBalancers", row.LoadBalancers);
        json.Number("costPerMonth", row.Cost?.Total);
        json.WriteEndObject();
    }
}
