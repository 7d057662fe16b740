using System.Globalization;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>What lies between the two.</summary>
internal static class PathRules
{
    /// <summary>Nearly all: of the failures at one address, and of the attempts towards it.</summary>
    public const double NearlyAll = 0.9;

    /// <summary>
    /// The spread of ages up to which connections ended at one age: what the fault matrix asks for, ± 1 s.
    /// </summary>
    public const double OneAgeSeconds = 2;

    // One attempt or two may fail at an address by chance.
    private const int Few = 3;

    /// <summary>
    /// After how many seconds of silence connections are cut; null where they are not, or not at one age.
    /// </summary>
    public static double? IdlePeriod(StepResult result) =>
        AtOneAge(result.Losses) is { } lost && result.CutOff > 0 ? lost.MedianAgeSeconds : null;

    /// <summary>The losses where they ended at one age of at least a second; else null.</summary>
    public static LossSummary? AtOneAge(LossSummary? losses) =>
        losses is { Count: >= Few, AgeSpreadSeconds: <= OneAgeSeconds, MedianAgeSeconds: >= 1 } ? losses : null;

    /// <summary>Each ended at the same age: a timer between the two, or in the server.</summary>
    public static Bottleneck? IdleCutOff(LimitCase limit) => limit.IsMainly(FailureKind.IdleLost)
        && IdlePeriod(limit.Result) is { } period
        ? limit.Say(
            BottleneckSide.Path,
            $"connections are cut {period.ToString("0.#", CultureInfo.InvariantCulture)} s after their last byte",
            "An idle timeout, and no capacity: an ALB has 60 s unless set otherwise, an NLB, a NAT gateway and "
            + "connection tracking 350 s, a proxy mostly 60 s. Let application or server send pings more often than "
            + "that, or raise it.", Resource.IdleTimeout)
        : null;

    /// <summary>
    /// The name has several addresses, and one of them fails alone: the share of failures is then one in as many.
    /// </summary>
    public static Bottleneck? OneAddress(LimitCase limit)
    {
        var addresses = limit.Result.Addresses;
        if (addresses.Length < 2 || addresses.MaxBy(address => address.Failed) is not { Failed: >= Few } worst)
            return null;
        var others = addresses.Where(address => address != worst).ToList();
        var failed = addresses.Sum(address => address.Failed);
        if (worst.Failed < NearlyAll * failed
            || worst.Failed < NearlyAll * worst.Attempted || 2 * failed < limit.Result.Failures.Values.Sum())
            return null;
        return limit.Say(
            BottleneckSide.Path,
            Say($"one of the target's {addresses.Length} addresses fails: {worst.EndPoint} failed {worst.Failed} of "
                + $"{worst.Attempted}, the others {others.Sum(o => o.Failed)} of {others.Sum(o => o.Attempted)}"),
            "Fix what is behind that address, or take it out of the name; then measure again.");
    }
}
