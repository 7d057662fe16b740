namespace Support.Aws.Storage;

/// <summary>What a report is, so that a browser shows it instead of saving it. Pure.</summary>
internal static class ContentTypes
{
    /// <summary>By the file's ending; bytes where it is not known.</summary>
    public static string Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".html" => "text/html; charset=utf-8",
        ".md" => "text/markdown; charset=utf-8",
        ".txt" or ".log" or ".properties" => "text/plain; charset=utf-8",
        ".json" => "application/json",
        ".jsonl" => "application/jsonl",
        ".xml" or ".trx" => "application/xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
