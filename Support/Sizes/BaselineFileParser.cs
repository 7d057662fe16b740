using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Sizes;

/// <summary>Reads the text of a baseline file. Pure.</summary>
internal static class BaselineFileParser
{
    private const string Restore = "Restore it from the last commit (git checkout -- it), or delete it and run with "
        + $"{AcceptText.Setting} to write a new one";

    /// <summary>The file, or one problem that names it, the line and what to do.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">The file's name, for the problem.</param>
    public static BaselineReading Parse(string text, string path)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            if (Version(text) is not { } version)
                return Bad(path, "it has no whole number as \"schemaVersion\"", Restore);
            if (version != BaselineFile.SchemaVersion)
                return Bad(path, Say($"line {LineOf(text, "\"schemaVersion\"")}: schemaVersion is "
                    + $"{version}; allowed: {BaselineFile.SchemaVersion}"),
                    version > BaselineFile.SchemaVersion
                        ? "It was written by a newer suite: update this one"
                        : Restore);
            var content = JsonSerializer.Deserialize<Content>(text, BaselineJson.Options)!;
            return Implausible(content, text) is { } why
                ? Bad(path, why, Restore)
                : new(new() { Source = text, Servers = content.Servers.ToImmutableDictionary(
                    server => server.Key,
                    server => server.Value!.ToImmutableDictionary(size => size.Key, size => size.Value!)) }, null);
        }
        catch (JsonException error)
        {
            var line = error.LineNumber is { } at
                ? Say($"line {at + 1}: ")
                : "";
            return Bad(
                path,
                $"{line}{error.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.')}",
                $"{Restore}. After a merge, settle its conflict first");
        }
    }

    internal static BaselineReading Bad(string path, string why, string next) =>
        new(BaselineFile.Empty, $"Gate.LockFile is {path}, and it cannot be used: {why}. It is left as it is. {next}.");

    private static int? Version(string text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("schemaVersion", out var version)
            && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null;
    }

    private static string? Implausible(Content content, string text)
    {
        foreach (var (server, sizes) in content.Servers)
        {
            // Neither is told by the serializer: nothing in its type says that a value of a dictionary can't be null.
            if (sizes is null)
                return Say($"line {LineOf(text, $"\"{server}\"")}: '{server}' has no sizes: null");
            if (sizes.FirstOrDefault(size => size.Value is null).Key is { } empty)
                return Say($"line {LineOf(text, $"\"{empty}\"")}: of '{server}' at {empty}, there is no entry: null");
            foreach (var (label, entry) in sizes.Where(size => !IsPlausible(size.Value!)))
            {
                return Say(
                    $"line {LineOf(text, $"\"{label}\"")}: of '{server}' at {label}, low ≤ median ≤ high, a safeLimit "
                        + $"of at most high and nothing below 0 is allowed: {entry!.Limit.Low}, {entry.Limit.Median}, "
                        + $"{entry.Limit.High}, safeLimit {entry.SafeLimit}, runs {entry.Runs}");
            }
        }

        return null;
    }

    private static bool IsPlausible(BaselineEntry entry) =>
        entry.Limit.Low >= 0 && entry.Limit.Low <= entry.Limit.Median && entry.Limit.Median <= entry.Limit.High
        && entry.SafeLimit >= 0 && entry.SafeLimit <= entry.Limit.High && entry.Runs > 0;

    private static int LineOf(string text, string key)
    {
        var at = text.IndexOf(key, StringComparison.Ordinal);
        return text.AsSpan(0, Math.Max(0, at)).Count('\n') + 1;
    }

    private sealed record Content(int SchemaVersion, Dictionary<string, Dictionary<string, BaselineEntry?>?> Servers);
}

/// <summary>Reads the baseline file from the disk.</summary>
internal static class BaselineFileReader
{
    /// <summary>What it holds; that there is none is an answer, and that it can't be read a problem.</summary>
    /// <param name="path">As <see cref="Settings.GateSettings.LockFile"/>.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static async Task<BaselineReading> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return BaselineFileParser.Parse(
                await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return BaselineReading.None;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return BaselineFileParser.Bad(path, error.Message.TrimEnd('.'), "Make it readable");
        }
    }
}
