namespace Support.Measuring;

/// <summary>Whether the suite's own side was short of processor time in a step.</summary>
/// <param name="LongestLagMilliseconds">The longest time that a thread of the pool came late to its turn.</param>
/// <param name="ThrottledSeconds">
/// How long the control group was throttled (<c>cpu.stat</c>), at most the periods in which it was; null where not
/// known.
/// </param>
/// <param name="Cores">Processors that the suite may use; a quota counts in parts.</param>
/// <param name="BusyShare">
/// Processor time of the pool's processes while opening ÷ (opening time × <paramref name="Cores"/>); 0 to 1. Null where
/// opening took less than 0.2 s, or a process is gone.
/// </param>
/// <param name="MemoryShare">
/// Memory of the control group ÷ its limit at the count, cache that can be dropped left out; 0 to 1. Null where there
/// is no limit.
/// </param>
/// <param name="OomKills">
/// Processes that the kernel killed for memory in the control group during the step; null where not known.
/// </param>
public sealed record ClientSaturation(
    double LongestLagMilliseconds, double? ThrottledSeconds, double Cores, double? BusyShare, double? MemoryShare,
    long? OomKills);
