using System.Text.Json;

namespace Support.Targets;

/// <summary>What a target says about itself, at one instant (<c>/stats</c> of TargetServer).</summary>
/// <param name="Open">WebSocket connections that are open now.</param>
/// <param name="Peak">The most that were open at once since the start.</param>
/// <param name="Total">Upgrades accepted since the start.</param>
/// <param name="Rejected">Upgrades answered with an error status since the start.</param>
/// <param name="StartedAt">When the server started: another value than before means that it was restarted.</param>
internal sealed record TargetStats(int Open, int Peak, long Total, long Rejected, DateTimeOffset StartedAt)
{
    /// <summary>
    /// The body of <c>/stats</c> as numbers. Any server may be the target, so anything may stand there.
    /// </summary>
    /// <returns>Null where the text is not JSON, not an object, or lacks one of the numbers.</returns>
    internal static TargetStats? Parse(string text)
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
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var count) && count >= 0
            ? count
            : null;
}
