using System.Text.Json;

namespace Support.Targets;

/// <summary>The body of <c>/stats</c> as a value. Any server may be the target, so anything may stand there.</summary>
public static class TargetStatsParser
{
    /// <summary>The numbers; null where the text is not JSON, not an object, or lacks one of them.</summary>
    public static TargetStats? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object ? From(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TargetStats? From(JsonElement root) =>
        Count(root, "open") is { } open and <= int.MaxValue
        && Count(root, "peak") is { } peak and <= int.MaxValue
        && Count(root, "total") is { } total
        && Count(root, "rejected") is { } rejected
        && root.TryGetProperty("startedAt", out var started)
        && started.ValueKind == JsonValueKind.String
        && started.TryGetDateTimeOffset(out var startedAt)
            ? new TargetStats((int)open, (int)peak, total, rejected, startedAt)
            : null;

    private static long? Count(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0
            ? count
            : null;
}
