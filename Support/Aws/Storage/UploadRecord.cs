using System.Text.Json;

namespace Support.Aws.Storage;

/// <summary>Reads single texts of <c>capacity.json</c>. Pure.</summary>
internal static class UploadRecord
{
    public const string FileName = "capacity.json";

    /// <summary>The text at the end of that way; null where there is no document, no such way, or no text.</summary>
    public static string? Text(string? document, params ReadOnlySpan<string> way)
    {
        if (document is null)
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(document);
            var at = parsed.RootElement;
            foreach (var name in way)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                    return null;
            }

            return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
