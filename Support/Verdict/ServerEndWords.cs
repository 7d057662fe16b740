using System.Globalization;
using Support.Host;
using Support.Targets;

namespace Support.Verdict;

/// <summary>What the end of a server says of the reason.</summary>
/// <param name="Words">As in "it ended by itself with exit code 134: JavaScript heap out of memory".</param>
/// <param name="Resource">What it ran out of, as <see cref="Bottleneck.Resource"/>; null where that is not known.</param>
/// <param name="Next">What to do about it.</param>
public sealed record ServerEndWords(string Words, Resource? Resource, string Next)
{
    private const string MoreMemory = "Give the task more memory (memory in the task definition), and its runtime a heap that fits it; then measure again.";

    private const string ReadItsLog = "Read its log and how it ended (137 is a kill, mostly for memory).";

    // Runtimes end themselves where their heap is full, long before the kernel would: what they print then. The first that is found counts.
    private static readonly (string Said, string Words, Resource Resource, string Next)[] Known =
    [
        // V8::FatalProcessOutOfMemory, node's exit code is 134 (SIGABRT).
        ("JavaScript heap out of memory", "JavaScript heap out of memory", Host.Resource.Memory, HeapOf("--max-old-space-size of node")),
        // .NET: an unhandled exception, or the garbage collector's own end.
        ("System.OutOfMemoryException", "System.OutOfMemoryException", Host.Resource.Memory, HeapOf("DOTNET_GCHeapHardLimitPercent")),
        ("java.lang.OutOfMemoryError", "java.lang.OutOfMemoryError", Host.Resource.Memory, HeapOf("-XX:MaxRAMPercentage")),
        ("runtime: out of memory", "the Go runtime is out of memory", Host.Resource.Memory, HeapOf("GOMEMLIMIT")),
        ("cannot allocate memory", "cannot allocate memory", Host.Resource.Memory, MoreMemory),
        ("MemoryError", "MemoryError of Python", Host.Resource.Memory, MoreMemory),
        ("std::bad_alloc", "std::bad_alloc", Host.Resource.Memory, MoreMemory),
        ("memory allocation of", "a memory allocation failed", Host.Resource.Memory, MoreMemory),
        ("out of memory", "out of memory", Host.Resource.Memory, MoreMemory),
        ("EMFILE", "too many open files (EMFILE)", Host.Resource.Descriptors, MoreFiles),
        ("too many open files", "too many open files", Host.Resource.Descriptors, MoreFiles),
    ];

    private const string MoreFiles = "Raise nofile of the server (ulimits in the task definition), then measure again.";

    /// <summary>What the end says. Of its last words only those that are known are repeated: the rest may hold anything.</summary>
    /// <param name="end">How it ended.</param>
    public static ServerEndWords Of(ServerEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        if (end.OomKills > 0)
            return new(string.Create(CultureInfo.InvariantCulture, $"the kernel killed {end.OomKills} of its processes for memory{Ending(end.ExitCode)}"), Host.Resource.Memory, MoreMemory);
        var how = end.ExitCode switch
        {
            null => "it did not answer any more, and had to be ended",
            > 128 and <= 128 + 64 and not 134 and { } code => string.Create(CultureInfo.InvariantCulture, $"it was ended by signal {code - 128} (exit code {code})"),
            { } code => string.Create(CultureInfo.InvariantCulture, $"it ended by itself with exit code {code}"),
        };
        var known = KnownIn(end);
        return known.Said is null ? new(how, null, ReadItsLog) : new($"{how}: {known.Words}", known.Resource, known.Next);
    }

    /// <summary>The same end with only the words that are known: what may be kept in a file, and says the same.</summary>
    /// <param name="end">How it ended.</param>
    public static ServerEnd OnlyKnown(ServerEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end with { LastWords = KnownIn(end).Said ?? "" };
    }

    /// <summary>The end that tells most: the last that names what ran out, else the last. Null where there is none.</summary>
    /// <param name="ends">The ends in order.</param>
    public static ServerEndWords? OfLast(IEnumerable<ServerEnd> ends)
    {
        var all = ends.Select(Of).ToList();
        return all.LastOrDefault(end => end.Resource is not null) ?? all.LastOrDefault();
    }

    private static (string? Said, string Words, Resource Resource, string Next) KnownIn(ServerEnd end) =>
        Known.FirstOrDefault(row => end.LastWords.Contains(row.Said, StringComparison.OrdinalIgnoreCase));

    private static string Ending(int? exitCode) => exitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $" (exit code {code})") : "";

    private static string HeapOf(string setting) =>
        $"Give the task more memory (memory in the task definition), or its runtime more of it ({setting}); then measure again.";
}
