using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Sizes;

/// <summary>The accepted capacities, by server and size: <c>capacity.lock.json</c>.</summary>
internal sealed record BaselineFile
{
    /// <summary>The version of the file's keys that this suite knows.</summary>
    public const int SchemaVersion = 1;

    /// <summary>
    /// The number of the method of measuring; it grows when the same server would get another number.
    /// </summary>
    public const int Method = 1;

    private const string ServersKey = "servers";

    /// <summary>No file.</summary>
    public static BaselineFile Empty { get; } = new();

    /// <summary>The text that it was read from; null where there is no file.</summary>
    public string? Source { get; init; }

    /// <summary>The entries by server and size.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, BaselineEntry>> Servers { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, BaselineEntry>>.Empty;

    /// <summary>The entry of a server at a size; null where there is none.</summary>
    /// <param name="server">Its command, or <c>embedded</c>.</param>
    /// <param name="label">As <see cref="SizeCase.Label"/>.</param>
    public BaselineEntry? Find(string server, string label) =>
        Servers.GetValueOrDefault(server)?.GetValueOrDefault(label);

    /// <summary>
    /// The file with these entries in place of those of the same sizes: servers by name, sizes by CPU and memory, one
    /// value a line, LF. All else that the file has stays as it is, unknown keys as well.
    /// </summary>
    /// <param name="server">Its command, or <c>embedded</c>.</param>
    /// <param name="entries">By label.</param>
    public string Text(string server, IReadOnlyDictionary<string, BaselineEntry> entries)
    {
        ArgumentException.ThrowIfNullOrEmpty(server);
        ArgumentNullException.ThrowIfNull(entries);
        var root = Source is null ? [] : JsonNode.Parse(Source)!.AsObject();
        root["schemaVersion"] = SchemaVersion;
        var servers = root[ServersKey] as JsonObject ?? [];
        var sizes = servers[server] as JsonObject ?? [];
        foreach (var (label, entry) in entries)
            sizes[label] = BaselineJson.Node(entry);
        servers[server] = Ordered(sizes, SizeOrder.ByCpuAndMemory);
        root[ServersKey] = Ordered(servers, StringComparer.Ordinal);
        return BaselineJson.Text(root);
    }

    private static JsonObject Ordered(JsonObject values, IComparer<string> order) =>
        new(values.OrderBy(pair => pair.Key, order)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private sealed class SizeOrder : IComparer<string>
    {
        internal static readonly SizeOrder ByCpuAndMemory = new();

        public int Compare(string? x, string? y)
        {
            var order = Of(x).CompareTo(Of(y));
            return order != 0 ? order : string.CompareOrdinal(x, y);
        }

        // A label that is no size goes last.
        private static (
            int Cpu, int Memory) Of(string? label) => (label ?? "").Split(' ')[0].Split('/') is [var cpu, var memory]
            && int.TryParse(cpu, out var units)
                && int.TryParse(memory, out var mebibytes) ? (units, mebibytes) : (int.MaxValue, int.MaxValue);
    }
}

/// <summary>What came of reading the baseline file.</summary>
/// <param name="File">What it holds; empty where there is no file, and where there is a problem.</param>
/// <param name="Problem">
/// Why it can't be used, with what to do: it is not written then either. Null where it can.
/// </param>
internal sealed record BaselineReading(BaselineFile File, string? Problem)
{
    /// <summary>There is no file.</summary>
    public static BaselineReading None { get; } = new(BaselineFile.Empty, null);
}

/// <summary>How the baseline file is written as JSON.</summary>
internal static class BaselineJson
{
    /// <summary>
    /// Every key of an entry has to be there, as it is always written; nothing twice, as after a bad merge.
    /// </summary>
    internal static readonly JsonSerializerOptions Options = new(JsonForms.Indented)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    internal static JsonNode Node(BaselineEntry entry) => JsonSerializer.SerializeToNode(entry, Options)!;

    internal static string Text(JsonObject root) => root.ToJsonString(Options) + "\n";
}
