using Support.Host;

namespace Support.Measuring;

/// <summary>
/// What a server's own control group said at the count, and what happened there in the step; null is "not known" or "no
/// limit".
/// </summary>
public sealed record ServerGroup
{
    /// <summary>
    /// From this share of its limit on the memory is full: below the limit itself the kernel reclaims page by page, and
    /// a server stands still without being killed.
    /// </summary>
    public const double FullShare = 0.95;

    /// <summary>
    /// Memory charged at the count, that of the kernel for its sockets included, less page cache that can be dropped.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>
    /// The least limit of the group and of those above it that are not the suite's; null where there is none.
    /// </summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>
    /// Processes that the kernel killed for memory in the step; 0 as well where the kernel does not count them (before
    /// Linux 4.13).
    /// </summary>
    public long OomKills { get; init; }

    /// <summary>
    /// Periods of the processor quota in which the server had work, in the step; 0 where it has no quota.
    /// </summary>
    public long? Periods { get; init; }

    /// <summary>Of those, the periods in which it was stopped because its quota was used up.</summary>
    public long? ThrottledPeriods { get; init; }

    /// <summary>How long it was stopped in the step, at most all of these periods.</summary>
    public TimeSpan? ThrottledTime { get; init; }

    /// <summary>Whether <see cref="FullShare"/> of the memory is in use.</summary>
    public bool IsFull => MemoryBytes is { } bytes && MemoryLimitBytes is { } limit && bytes >= FullShare * limit;

    /// <summary>
    /// <see cref="ThrottledPeriods"/> ÷ <see cref="Periods"/>, 0 to 1; null where there was no period or one is not
    /// known.
    /// </summary>
    public double? ThrottledShare => Periods is { } periods and > 0 && ThrottledPeriods is { } throttled
        ? Math.Clamp((double)throttled / periods, 0, 1)
        : null;

    /// <summary>
    /// What happened between two readings of one group, and what was in use at the second; null where there is no
    /// second.
    /// </summary>
    /// <param name="before">The first.</param>
    /// <param name="held">The second.</param>
    public static ServerGroup? Between(GroupUsage? before, GroupUsage? held) => held is null
        ? null
        : new()
        {
            MemoryBytes = held.MemoryBytes,
            MemoryLimitBytes = held.MemoryLimitBytes,
            OomKills = Math.Max(0, (held.OomKills - before?.OomKills) ?? 0),
            Periods = held.Periods - before?.Periods,
            ThrottledPeriods = held.Throttling?.Periods - before?.Throttling?.Periods,
            ThrottledTime = held.Throttling?.Since(before?.Throttling),
        };
}
