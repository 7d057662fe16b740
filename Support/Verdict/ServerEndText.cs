using Support.Host;
using Support.Targets;

namespace Support.Verdict;

/// <summary>What the end of a server says of the reason.</summary>
/// <param name="Words">As in "it exited with code 134: JavaScript heap out of memory".</param>
/// <param name="Resource">
/// What it ran out of, as <see cref="Bottleneck.Resource"/>; null where that is not known.
/// </param>
/// <param name="Next">What to do about it.</param>
internal sealed record ServerEndText(string Words, Resource? Resource, string Next)
{
    private const string MoreMemory =
        "Give the task more memory (memory in the task definition), and its runtime a heap that fits it; "
        + "then measure again.";

    private const string ReadItsLog = "Read its log and how it ended (137 is a kill, mostly for memory).";

    private static readonly Dictionary<FatalMessage, (string Words, Resource Resource, string Next)> Known = new()
    {
        [FatalMessage.NodeHeap] =
            ("JavaScript heap out of memory", Host.Resource.Memory, HeapOf("--max-old-space-size of node")),
        [FatalMessage.DotNetMemory] =
            ("System.OutOfMemoryException", Host.Resource.Memory, HeapOf("DOTNET_GCHeapHardLimitPercent")),
        [FatalMessage.JavaMemory] =
            ("java.lang.OutOfMemoryError", Host.Resource.Memory, HeapOf("-XX:MaxRAMPercentage")),
        [FatalMessage.GoMemory] = ("the Go runtime is out of memory", Host.Resource.Memory, HeapOf("GOMEMLIMIT")),
        [FatalMessage.CannotAllocate] = ("cannot allocate memory", Host.Resource.Memory, MoreMemory),
        [FatalMessage.PythonMemory] = ("MemoryError of Python", Host.Resource.Memory, MoreMemory),
        [FatalMessage.CppMemory] = ("std::bad_alloc", Host.Resource.Memory, MoreMemory),
        [FatalMessage.RustMemory] = ("a memory allocation failed", Host.Resource.Memory, MoreMemory),
        [FatalMessage.OutOfMemory] = ("out of memory", Host.Resource.Memory, MoreMemory),
        [FatalMessage.NoFileCode] = ("too many open files (EMFILE)", Host.Resource.Descriptors, MoreFiles),
        [FatalMessage.NoFile] = ("too many open files", Host.Resource.Descriptors, MoreFiles),
    };

    private const string MoreFiles = "Raise nofile of the server (ulimits in the task definition), then measure again.";

    /// <summary>
    /// What the end says. Of its standard error only what is known is repeated: the rest may hold anything.
    /// </summary>
    /// <param name="end">How it ended.</param>
    public static ServerEndText Of(ServerEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        if (end.OomKills > 0)
            return new(
                Say($"the kernel killed {end.OomKills} of its processes for memory") + Ending(end.ExitCode),
                Host.Resource.Memory, MoreMemory);
        var how = end.ExitCode switch
        {
            null => "it stopped answering and was killed",
            > 128 and <= 128 + 64 and not 134 and { } code =>
                Say($"it was killed by signal {code - 128} (exit code {code})"),
            { } code => Say($"it exited with code {code}"),
        };
        return end.Said is { } said && Known[said] is var known
            ? new($"{how}: {known.Words}", known.Resource, known.Next)
            : new(how, null, ReadItsLog);
    }

    /// <summary>
    /// The end that tells most: the last that names what ran out, else the last. Null where there is none.
    /// </summary>
    /// <param name="ends">The ends in order.</param>
    public static ServerEndText? OfLast(IEnumerable<ServerEnd> ends)
    {
        var all = ends.Select(Of).ToList();
        return all.LastOrDefault(end => end.Resource is not null) ?? all.LastOrDefault();
    }

    private static string Ending(int? exitCode) => exitCode is { } code ? Say($" (exit code {code})") : "";

    private static string HeapOf(string setting) =>
        $"Give the task more memory (memory in the task definition), or its runtime more of it ({setting}); "
        + "then measure again.";
}
