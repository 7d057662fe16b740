using System.Text.Json;

namespace Support.Targets;

/// <summary>The one line that TargetServer prints: <c>listening {"url":"ws://127.0.0.1:40123/","pid":123}</c>.</summary>
internal static class ListeningLine
{
    private const string Word = "listening ";

    /// <summary>The URL; null where the line is another.</summary>
    public static Uri? Parse(string line)
    {
        if (!line.StartsWith(Word, StringComparison.Ordinal))
            return null;

        try
        {
            using var json = JsonDocument.Parse(line.AsMemory(Word.Length));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("url", out var url)
                && url.ValueKind == JsonValueKind.String
                && Uri.TryCreate(url.GetString(), UriKind.Absolute, out var parsed)
                && parsed.Scheme is "ws" or "wss"
                ? parsed
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
