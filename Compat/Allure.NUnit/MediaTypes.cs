namespace Allure.Net.Commons;

/// <summary>Media types by file extension, of those that the package knows and a test suite attaches.</summary>
internal static class MediaTypes
{
    /// <summary>The media type; <c>application/octet-stream</c> for what is not listed.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Globalization", "CA1308", Justification = "Extensions are compared in lower case, the way they are written.")]
    public static string Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".txt" or ".log" => "text/plain",
        ".csv" => "text/csv",
        ".htm" or ".html" => "text/html",
        ".css" => "text/css",
        ".json" => "application/json",
        ".xml" => "application/xml",
        ".pdf" => "application/pdf",
        ".zip" => "application/zip",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
