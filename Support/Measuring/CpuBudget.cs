using System.Collections.Immutable;
using Support.Host;

namespace Support.Measuring;

/// <summary>What the suite may use of the processor, and what the pool's processes used of it.</summary>
internal static class CpuBudget
{
    private const double MillicoresPerCore = 1000;

    // Processor time of other processes comes in hundredths of a second: below this the share would be a guess.
    private static readonly TimeSpan ShortestOpening = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Processors that the suite may use: the quota of its control group, and no more than it may run on.
    /// </summary>
    public static double Cores(CgroupFacts group) => group.CpuMillicores.Count is { } quota
        ? Math.Min(quota / MillicoresPerCore, Environment.ProcessorCount)
        : Environment.ProcessorCount;

    /// <summary>As <see cref="Cores(CgroupFacts)"/>, of this process.</summary>
    public static double Cores() => Cores(new CgroupReader(FileTree.Machine).Read());

    /// <summary>Processor time of the pool's processes so far; null where one of them is not known any more.</summary>
    /// <param name="workers">Empty where the pool is in this process.</param>
    public static TimeSpan? Used(ImmutableArray<int> workers)
    {
        if (workers.IsEmpty)
            return Environment.CpuUsage.TotalTime;
        var sum = TimeSpan.Zero;
        foreach (var worker in workers)
        {
            var stat = FileTree.Machine.ReadText(Say($"/proc/{worker}/stat"));
            if (ProcStat.CpuTime(stat) is not { } used)
                return null;
            sum += used;
        }

        return sum;
    }

    /// <summary>
    /// The share of the processors that was used in a time; null where that is not known, or the time too short to
    /// tell.
    /// </summary>
    public static double? BusyShare(TimeSpan? before, TimeSpan? after, TimeSpan took, double cores) =>
        took < ShortestOpening || after - before is not { } used
            ? null
            : Math.Clamp(used / (took * cores), 0, 1);
}
