using Support.Measuring;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>Whether the suite's own side was short of processor time or memory, and the words for it.</summary>
internal static class ClientEvidence
{
    /// <summary>
    /// A quarter: of the step throttled, or, as <see cref="StarvedLagMilliseconds"/>, of an attempt's time lost to a
    /// late thread.
    /// </summary>
    public const double StarvedShare = 0.25;

    /// <summary>
    /// A quarter of the 10 s that an attempt has (PoolOptions.DefaultAttemptTimeout): a thread so late makes timeouts
    /// of answers that came.
    /// </summary>
    public const double StarvedLagMilliseconds = 2_500;

    /// <summary>From here on a processor has no time left that a scheduler could still give.</summary>
    public const double SaturatedShare = 0.9;

    // Lateness that a busy scheduler gives anybody is no evidence.
    private const double NotedLagMilliseconds = 100;

    /// <summary>Whether this side was so short of processor time that silence may be its own.</summary>
    public static bool IsStarved(StepResult result) => result.Resources.Client is { } client
        && (client.ThrottledSeconds > StarvedShare * result.Seconds
            || client.LongestLagMilliseconds > StarvedLagMilliseconds
            || (client.BusyShare >= SaturatedShare && !ServerWasBusier(result, client)));

    public static IEnumerable<string> Of(StepResult result)
    {
        if (result.Resources.Client is not { } client)
            yield break;
        if (client.LongestLagMilliseconds >= NotedLagMilliseconds)
            yield return Say($"client: a thread was scheduled {client.LongestLagMilliseconds:0} ms late");
        if (client.ThrottledSeconds is { } throttled and > 0)
            yield return Say($"client: throttled for {throttled:0.0} s of {result.Seconds:0.0} s");
        if (client.BusyShare is { } busy && busy >= SaturatedShare)
            yield return Say($"client: {busy * 100:0} % of {client.Cores:0.##} processors busy while opening");
        if (client.MemoryShare is { } memory && memory >= SaturatedShare)
            yield return Say($"client: {memory * 100:0} % of its memory limit was in use");
        if (client.OomKills is { } kills and > 0)
            yield return Say($"the kernel killed {kills} processes of the suite's control group for memory");
    }

    // On one machine both compete: where the server used more than half of what this side used, it was not left waiting
    // for work.
    private static bool ServerWasBusier(StepResult result, ClientSaturation client) =>
        result.Resources.Server?.CpuSeconds is { } server
        && server > client.BusyShare * client.Cores * result.OpenSeconds / 2;
}
