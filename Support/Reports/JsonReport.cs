using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Support.Host;

namespace Support.Reports;

/// <summary><c>capacity.json</c>: for machines. Keys only ever get more; a value that is not known is null, never 0.</summary>
public sealed class JsonReport : IReportFormat
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The file is read as JSON and never pasted into HTML: quotes and signs of other scripts stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc />
    public string FileName => "capacity.json";

    /// <inheritdoc />
    public string Render(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            WriteRun(json, report);
            WriteSettings(json, report);
            WriteEnvironment(json, report);
            JsonSearch.Write(json, report.Calibration);
            json.List("steps", report.Steps, step => JsonStep.Write(json, step));
            JsonSearch.Write(json, report.Search);
            WriteVerdict(json, report);
            JsonPlan.Write(json, report);
            json.List("deployed", report.Deployed, check => WriteCheck(json, check));
            JsonSizes.Write(json, report.Sizes);
            JsonMemory.Write(json, report);
            JsonService.Write(json, report);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteRun(Utf8JsonWriter json, CapacityReport report)
    {
        json.WriteString("schemaVersion", CapacityReport.SchemaVersion);
        json.WriteBoolean("complete", report.Complete);
        json.WriteString("interrupted", report.Interrupted);
        WriteRebuilt(json, report.Rebuilt);
        json.WriteStartObject("run");
        json.WriteString("id", report.Run.Id);
        json.WriteString("startedAt", report.Run.StartedAt);
        json.Number("seconds", report.Run.Seconds);
        json.WriteString("profile", report.Run.Profile);
        json.Number("threshold", report.Run.Threshold);
        json.WriteString("version", report.Run.Version);
        json.WriteEndObject();
        json.WriteStartObject("target");
        json.WriteString("url", report.Target.Url);
        json.WriteBoolean("embedded", report.Target.Embedded);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, CapacityReport report)
    {
        json.WriteStartObject("settings");
        foreach (var setting in report.Settings)
            json.WriteString(setting.Name, setting.Value);
        json.WriteEndObject();
    }

    private static void WriteEnvironment(Utf8JsonWriter json, CapacityReport report)
    {
        json.WriteStartObject("environment");
        JsonTask.Write(json, report.Task);
        json.List("checks", report.Checks, check => WriteCheck(json, check));
        if (report.Ceilings is { } ceilings)
            WriteCeilings(json, ceilings.Rows, ceilings.BindsFirst);
        else
            json.WriteNull("ceilings");
        json.WriteEndObject();
    }

    /// <summary>Ceilings of any kind, as the key <c>ceilings</c>.</summary>
    internal static void WriteCeilings(Utf8JsonWriter json, ImmutableArray<Ceiling> rows, Ceiling? first) =>
        json.List("ceilings", rows, row => WriteCeiling(json, row, ReferenceEquals(row, first)));

    private static void WriteCeiling(Utf8JsonWriter json, Ceiling row, bool bindsFirst)
    {
        json.WriteStartObject();
        json.WriteString("resource", row.Resource);
        json.WriteString("side", row.Side);
        json.Number("connections", row.Connections);
        json.WriteString("basis", row.Basis);
        json.WriteString("next", row.Next);
        json.WriteBoolean("bindsFirst", bindsFirst);
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, CapacityReport report)
    {
        var verdict = report.Verdict;
        json.WriteStartObject("verdict");
        json.Word("outcome", verdict.Outcome);
        json.WriteString("line", VerdictLine.Of(report));
        json.List("reasons", verdict.Reasons, json.WriteStringValue);
        json.Number("requiredConnections", report.RequiredConnections);
        json.Number("maxReliable", verdict.MaxReliable);
        json.Number("heldAtOnce", verdict.HeldAtOnce);
        json.Number("safeLimit", verdict.SafeLimit);
        WriteExact(json, report);
        json.List("findings", verdict.Findings, finding => WriteCheck(json, finding));
        json.WriteStartObject("bottleneck");
        json.Word("side", verdict.Bottleneck.Side);
        json.WriteString("resource", verdict.Bottleneck.Resource);
        json.WriteString("cause", verdict.Bottleneck.Cause);
        json.List("evidence", verdict.Bottleneck.Evidence, json.WriteStringValue);
        json.WriteString("next", verdict.Bottleneck.Next);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteExact(Utf8JsonWriter json, CapacityReport report)
    {
        if (report.Verdict.Exact is not { } exact)
        {
            json.WriteNull("exact");
            return;
        }

        json.WriteStartObject("exact");
        json.WriteNumber("holds", exact.Holds);
        json.Number("breaks", exact.Breaks);
        json.Number("held", report.HeldAtExact);
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, Finding check)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        json.WriteString("title", check.Title);
        json.Word("outcome", check.Outcome);
        json.WriteString("expected", check.Expected);
        json.WriteString("actual", check.Actual);
        json.WriteString("next", check.Next);
        json.WriteEndObject();
    }

    private static void WriteRebuilt(Utf8JsonWriter json, RebuiltFrom? rebuilt)
    {
        if (rebuilt is null)
        {
            json.WriteNull("rebuilt");
            return;
        }

        json.WriteStartObject("rebuilt");
        json.WriteString("run", rebuilt.RunId);
        json.Instant("startedAt", rebuilt.StartedAt);
        json.Number("lastStep", rebuilt.LastStep);
        json.Number("lastTry", rebuilt.LastTry);
        json.WriteBoolean("cameToItsEnd", rebuilt.CameToItsEnd);
        json.WriteString("interrupted", rebuilt.Interrupted);
        json.WriteEndObject();
    }
}
