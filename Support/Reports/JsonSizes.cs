using System.Collections.Immutable;
using System.Text.Json;
using Support.Settings;
using Support.Sizes;

namespace Support.Reports;

/// <summary>What was found at task sizes, in <c>capacity.json</c>; null in a run without them.</summary>
internal static class JsonSizes
{
    internal static void Write(Utf8JsonWriter json, SizeReport? sizes)
    {
        if (sizes is null)
        {
            json.WriteNull("sizes");
            return;
        }

        json.WriteStartObject("sizes");
        json.WriteString("server", sizes.Server);
        json.WriteString("chosen", sizes.Chosen);
        json.Number("chosenRun", sizes.ChosenRun);
        json.WriteStartObject("price");
        json.Number("vcpuHour", sizes.Price.VcpuHour);
        json.Number("gigabyteHour", sizes.Price.GigabyteHour);
        json.WriteString("of", sizes.Price.Of);
        json.WriteEndObject();
        json.List("rows", sizes.Rows, row => WriteRow(json, row));
        WriteChange(json, sizes.Change);
        json.List("lockNotes", sizes.LockNotes, json.WriteStringValue);
        json.List("missed", sizes.Missed, json.WriteStringValue);
        json.List("runs", sizes.Runs, run => JsonSizeRun.Write(json, run));
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, SizeRow row)
    {
        json.WriteStartObject();
        json.WriteString("label", row.Label);
        json.WriteNumber("cpu", row.Size.Cpu);
        json.WriteNumber("memory", row.Size.Memory);
        json.Words("origins", row.Origins);
        json.Word("source", row.Source);
        json.WriteString("notMeasured", row.NotMeasured);
        json.List("limits", row.Limits, json.WriteNumberValue);
        WriteLimit(json, row.Limit);
        json.Number("maxReliable", row.MaxReliable);
        json.Number("safeLimit", row.SafeLimit);
        json.WriteString("boundBy", row.BoundBy);
        json.WriteString("cause", row.Cause);
        json.WriteString("next", row.Next);
        json.Number("bytesPerConnection", row.BytesPerConnection);
        json.Number("throttledShare", row.ThrottledShare);
        json.Number("connectP95Milliseconds", row.ConnectP95);
        json.Number("startSeconds", row.StartSeconds);
        json.Number("secondsPerRun", row.SecondsPerRun);
        WriteExpected(json, row.Expected);
        json.Number("costPerMonth", row.CostPerMonth);
        json.Number("costPerThousand", row.CostPerThousand);
        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, LimitInterval? limit)
    {
        if (limit is null)
        {
            json.WriteNull("limit");
            return;
        }

        json.WriteStartObject("limit");
        json.WriteNumber("low", limit.Low);
        json.WriteNumber("median", limit.Median);
        json.WriteNumber("high", limit.High);
        json.WriteNumber("spread", limit.Spread);
        json.WriteBoolean("isLowerBound", limit.IsLowerBound);
        json.WriteEndObject();
    }

    private static void WriteExpected(Utf8JsonWriter json, ExpectedCapacity? expected)
    {
        if (expected is null)
        {
            json.WriteNull("expected");
            return;
        }

        json.WriteStartObject("expected");
        json.WriteNumber("from", expected.From);
        json.WriteNumber("to", expected.To);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, SizeChange? change)
    {
        if (change is null)
        {
            json.WriteNull("change");
            return;
        }

        json.WriteStartObject("change");
        json.WriteString("before", change.Before);
        json.WriteString("after", change.After);
        json.WriteString("beforeIs", change.BeforeIs);
        json.WriteString("summary", change.Summary);
        json.WriteEndObject();
    }

    private static void Words<T>(this Utf8JsonWriter json, string name, ImmutableArray<T> values)
        where T : struct, Enum =>
        json.List(name, values, value => json.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())));
}
