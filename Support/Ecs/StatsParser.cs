using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Ecs;

/// <summary>Reads what the endpoint answers for <c>/task/stats</c>: the runtime's statistics by container id.</summary>
public static class StatsParser
{
    // cgroup v1 first: there the shorter name is this level alone, without the groups below it (kernel: cgroup-v1/memory.rst, 5.2).
    private static readonly string[] DroppableCache = ["total_inactive_file", "inactive_file"];

    // Limits are bounded at as much, 2^40 MiB: what no machine has is garbage, and not known.
    private const long MostBytes = 1L << 60;

    /// <summary>Memory in use by container id, in bytes, without the cache that can be dropped; a container whose statistics are not there yet is left out.</summary>
    /// <param name="text">The body.</param>
    /// <returns>Null where the text is not JSON, or holds the memory of no container: in its first second the endpoint has none.</returns>
    public static ImmutableDictionary<string, long>? MemoryInUse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (JsonFields.Object(text) is not { } stats)
            return null;

        var memory = stats.EnumerateObject().Select(one => (Id: one.Name, Bytes: InUse(one.Value))).Where(one => one.Bytes is not null)
            .DistinctBy(one => one.Id, StringComparer.Ordinal).ToImmutableDictionary(one => one.Id, one => one.Bytes!.Value, StringComparer.Ordinal);
        return memory.IsEmpty ? null : memory;
    }

    // The runtime's "usage" holds the page cache as well.
    private static long? InUse(JsonElement container)
    {
        if (container.Object("memory_stats") is not { } memory || memory.Count("usage") is not ({ } usage and < MostBytes))
            return null;

        var cache = memory.Object("stats") is { } parts ? DroppableCache.Select(name => parts.Count(name)).FirstOrDefault(bytes => bytes is not null) : null;
        return Math.Max(0, usage - (cache ?? 0));
    }
}
