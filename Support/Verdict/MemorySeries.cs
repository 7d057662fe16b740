using System.Collections.Immutable;
using Support.Measuring;

namespace Support.Verdict;

/// <summary>Whose memory the steps tell of.</summary>
public enum MemoryOwner
{
    /// <summary>The client's process, where the suite's own held the connections.</summary>
    Suite,

    /// <summary>The client's processes, where workers held them.</summary>
    Workers,

    /// <summary>The server's process, where it is on this machine.</summary>
    Target,

    /// <summary>
    /// All that the server's control group is charged for, the kernel's share for its sockets included: what counts for
    /// the size of a task.
    /// </summary>
    Group,

    /// <summary>The kernel's share of one end of a connection.</summary>
    Kernel,
}

/// <summary>The owners by name, as reports have them.</summary>
internal static class MemoryOwnerNames
{
    /// <summary>The name, as in <c>worker processes</c>.</summary>
    public static string Name(this MemoryOwner owner) => owner switch
    {
        MemoryOwner.Suite => "suite process",
        MemoryOwner.Workers => "worker processes",
        MemoryOwner.Target => "target process",
        MemoryOwner.Group => "server's control group",
        _ => "kernel, one end",
    };
}

/// <summary>A series of points that a line is drawn through.</summary>
internal sealed record MemorySeries(MemoryOwner Of, ImmutableArray<(int Sessions, MemoryPoint Point)> Steps)
{
    /// <summary>All of them; one that nothing was read of has no points.</summary>
    /// <param name="steps">The ladder's steps.</param>
    /// <param name="targetIsHere">
    /// Whether the target runs on this machine: then the kernel holds both ends of every connection.
    /// </param>
    internal static ImmutableArray<MemorySeries> From(IEnumerable<JudgedStep> steps, bool targetIsHere)
    {
        var results = steps.Select(step => step.Result).OfType<StepResult>().ToArray();
        var isHere = targetIsHere
            || results.Any(result => result.Resources is { Target: not null } or { Server: not null });
        var ends = isHere ? 2 : 1;
        return
        [
            new(MemoryOwner.Suite, Points(
                results, resources => resources.WorkerCount == 0 ? resources.Suite?.ResidentBytesHeld : null)),
            new(MemoryOwner.Workers, Points(
                results,
                resources => resources.WorkerCount > 0 ? resources.Workers?.ResidentBytesHeld : null,
                resources => resources.WorkerCount)),
            new(MemoryOwner.Target, Points(results, resources => resources.Target?.ResidentBytesHeld)),
            new(MemoryOwner.Group, Points(
                [.. results.Where(IsHeldBy)], resources => resources.Server?.Group?.MemoryBytes)),
            new(MemoryOwner.Kernel, Points(results, resources => resources.SlabDeltaBytes / ends)),
        ];
    }

    // Where it was killed or stands still for memory, what is in use no longer follows what is held.
    private static bool IsHeldBy(StepResult result) =>
        result.Resources.Server is { Processes: > 0, Group: { OomKills: 0 } group }
        && (!group.IsFull || result.Reaches(StepResult.HoldsShare));

    private static ImmutableArray<(int, MemoryPoint)> Points(
        StepResult[] results, Func<StepResources, long?> bytes, Func<StepResources, int>? processes = null) =>
    [
        .. from result in results
        let read = bytes(result.Resources)
        where read is not null
        select (result.Sessions, new MemoryPoint(result.Held, read.Value, processes?.Invoke(result.Resources) ?? 1)),
    ];
}
