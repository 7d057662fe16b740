using Support.Host;
using Support.Measuring;
using Support.Pool;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>What a server's control group allows it: memory and processor time, as a task's size does.</summary>
internal static class GroupRules
{
    /// <summary>
    /// From this share of stopped periods on the quota is why nobody answered in time: the server stood still as often
    /// as it ran.
    /// </summary>
    public const double ThrottledShare = 0.5;

    // What peers see of a server that has no page left: silence, or its end.
    private static readonly FailureKind[] Ends =
        [FailureKind.DroppedAbnormally,
            FailureKind.ConnectReset, FailureKind.Refused, FailureKind.HandshakeProtocol, FailureKind.TlsFailure];

    /// <summary>The kernel killed it for memory, or its memory is full and it stands still.</summary>
    public static Bottleneck? OutOfMemory(LimitCase limit)
    {
        if (limit.Result.Resources.Server?.Group is not { } group)
            return null;
        if (group.OomKills > 0)
            return Because(limit, $"the server is out of memory: the kernel killed {Words.Count(group.OomKills)} of "
                + $"its processes in its control group{Of(group)}");
        if (!group.IsFull || (!limit.IsSilence && !limit.IsMainly(Ends)))
            return null;
        var how = limit.IsSilence || limit.Result.TargetAnswer == TargetAnswer.Gone
            ? "it does not answer any more"
            : "it drops connections";
        return Because(limit, $"the server is out of memory: its control group{Of(group)} is full "
            + $"({Words.Bytes(group.MemoryBytes!.Value)}), and {how}");
    }

    /// <summary>
    /// No answer came in time, from a server that lives and was stopped in most of its periods: to its peers it looks
    /// as if it had gone away.
    /// </summary>
    public static Bottleneck? Throttled(LimitCase limit)
    {
        if (!limit.IsSilence || PathRules.IdlePeriod(limit.Result) is not null
            || ClientEvidence.IsStarved(limit.Result) || SaidWhy(limit)
            || limit.Result.Resources.Server is not { Processes: > 0,
                Group: { ThrottledShare: >= ThrottledShare and var share } group })
        {
            return null;
        }

        var time = group.ThrottledTime is { } stopped ? Say($", {stopped.TotalSeconds:0.0} s in all") : "";
        return limit.Say(
            BottleneckSide.Server,
            Say($"the server is out of CPU time: its control group was throttled in {share * 100:0} % of its "
                + $"periods ({group.ThrottledPeriods} of {group.Periods}{time})"),
            "Give the task more CPU units (cpu in the task definition), make an opening cheaper, or lower Pool.Rate "
            + "to the pace at which clients really come; then measure again.",
            Resource.Processor);
    }

    /// <summary>The group in words, for the evidence; null where it says nothing.</summary>
    public static string? Facts(ServerGroup group)
    {
        string?[] facts =
        [
            group.MemoryBytes is { } bytes ? $"{Words.Bytes(bytes)}"
                + $"{(group.MemoryLimitBytes is { } most ? $" of {Words.Bytes(most)}" : "")} of memory" : null,
            group.OomKills > 0 ? $"{Words.Count(group.OomKills)} processes killed for memory" : null,
            group.ThrottledShare is { } share and > 0
                ? Say($"throttled in {share * 100:0} % of its CPU periods")
                : null,
        ];
        var known = facts.OfType<string>().ToList();
        return known.Count == 0 ? null : $"the server's control group: {string.Join(", ", known)}";
    }

    // A runtime that runs out of heap collects garbage without end before it says so, and is stopped for that.
    private static bool SaidWhy(LimitCase limit) =>
        limit.Result.TargetAnswer is TargetAnswer.Gone or TargetAnswer.Restarted
            && ServerEndText.OfLast(limit.Run.ServerEnds)?.Resource is not null;

    private static string Of(ServerGroup group) => group.MemoryLimitBytes is { } most ? $" of {Words.Bytes(most)}" : "";

    private static Bottleneck Because(LimitCase limit, string cause) => limit.Say(
        BottleneckSide.Server, cause,
        "Give the task more memory (memory in the task definition), or let a connection cost less: smaller buffers, "
        + "no compression; a lower heap limit of its runtime turns a kill into an error that it can log.",
        Resource.Memory);
}
