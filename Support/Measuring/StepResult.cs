using System.Collections.Immutable;
using Support.Pool;

namespace Support.Measuring;

/// <summary>What one step measured: facts only; whether that is enough is the judge's question.</summary>
public sealed record StepResult
{
    /// <summary>
    /// The share that counts as held where the limit itself is sought; what every limit of this suite is drawn with.
    /// </summary>
    public const double HoldsShare = 0.99;

    // Shares come from whole counts: a rounding error in the last bit must not fail a step that met its threshold
    // exactly.
    private const double Rounding = 1e-9;

    /// <summary>The step's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The connections that the step wanted.</summary>
    public required int Sessions { get; init; }

    /// <summary>When the step began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Handshakes started.</summary>
    public required int Attempted { get; init; }

    /// <summary>Handshakes completed and checked.</summary>
    public required int Opened { get; init; }

    /// <summary>Open at one instant, at the end of the hold, each responsive.</summary>
    public required int Held { get; init; }

    /// <summary>From the first attempt to the count: opening, holding and pinging.</summary>
    public required double Seconds { get; init; }

    /// <summary>The part of <see cref="Seconds"/> from the first attempt to the end of the last.</summary>
    public double OpenSeconds { get; init; }

    /// <summary>The time that closing took, after the count; bounded.</summary>
    public double CloseSeconds { get; init; }

    /// <summary>Failed connections by class.</summary>
    public ImmutableSortedDictionary<FailureClass, int> Failures { get; init; } =
        ImmutableSortedDictionary<FailureClass, int>.Empty;

    /// <summary>
    /// Per class one example in words, without secrets: what the peer or the system said, and at which address.
    /// </summary>
    public ImmutableSortedDictionary<FailureClass, string> Examples { get; init; } =
        ImmutableSortedDictionary<FailureClass, string>.Empty;

    /// <summary>Of the failures of TLS: where the peer ended or reset TCP, and TLS found no fault.</summary>
    public int EndedInTls { get; init; }

    /// <summary>
    /// Of those counted as <c>IdleLost</c>: cut off for idleness (<see cref="IdleCutOff"/>), and not found silent by a
    /// ping.
    /// </summary>
    public int CutOff { get; init; }

    /// <summary>The whole of a successful open: name, TCP, TLS and upgrade. Null where none opened.</summary>
    public LatencySummary? ConnectMilliseconds { get; init; }

    /// <summary>The TCP part of a successful open.</summary>
    public LatencySummary? TcpMilliseconds { get; init; }

    /// <summary>The TLS part; null for <c>ws</c>.</summary>
    public LatencySummary? TlsMilliseconds { get; init; }

    /// <summary>The upgrade part: request sent to response checked.</summary>
    public LatencySummary? UpgradeMilliseconds { get; init; }

    /// <summary>Ping to pong at the count.</summary>
    public LatencySummary? PongMilliseconds { get; init; }

    /// <summary>
    /// The age at which its connections end at any count, in seconds since their last byte, where that was seen twice:
    /// a timer, and no limit of their number. Null elsewhere.
    /// </summary>
    public double? EndsAtAge { get; init; }

    /// <summary>How long the name took to resolve, once a step; null where the target is an address.</summary>
    public double? DnsMilliseconds { get; init; }

    /// <summary>How open connections ended during the hold; null where none did.</summary>
    public LossSummary? Losses { get; init; }

    /// <summary>Attempts and failures by the target's address; empty or one row where it has one address.</summary>
    public ImmutableArray<AddressCount> Addresses { get; init; } = [];

    /// <summary>
    /// Whether the target still answered after the count; asked only where the step held less than 99 %.
    /// </summary>
    public TargetAnswer TargetAnswer { get; init; }

    /// <summary>What the step cost.</summary>
    public StepResources Resources { get; init; } = new();

    /// <summary>
    /// What stopped the step before it had attempted everything or held to the end; null where nothing did.
    /// </summary>
    public EarlyStopKind? Stop { get; init; }

    /// <summary>The same in words.</summary>
    public string? StoppedEarly { get; init; }

    /// <summary>Opened and not held.</summary>
    public int Dropped => Opened - Held;

    /// <summary>
    /// Whether the given share was held of what was wanted and of what was attempted: what was never tried is not a
    /// success.
    /// </summary>
    /// <param name="share">Above 0 up to 1.</param>
    public bool Reaches(double share) => Held + Rounding >= share * Math.Max(Attempted, Sessions);

    /// <summary>Held ÷ attempted; 0 where nothing was attempted.</summary>
    public double SuccessRate => Attempted == 0 ? 0 : (double)Held / Attempted;
}

/// <summary>Milliseconds by nearest rank over every value of a step.</summary>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The greatest.</param>
public sealed record LatencySummary(double P50, double P95, double P99, double Max);

/// <summary>What a step cost. Null is "not known here", never zero.</summary>
public sealed record StepResources
{
    /// <summary>The suite's own process.</summary>
    public ProcessCost? Suite { get; init; }

    /// <summary>
    /// The worker processes that held the connections, added up; null where the suite's own process did, or one of them
    /// died.
    /// </summary>
    public ProcessCost? Workers { get; init; }

    /// <summary>How many worker processes held the connections; 0 where the suite's own process did.</summary>
    public int WorkerCount { get; init; }

    /// <summary>The target's process, where it runs on this machine and may be read.</summary>
    public ProcessCost? Target { get; init; }

    /// <summary>Memory charged to the suite's control group while held, in bytes.</summary>
    public long? CgroupBytes { get; init; }

    /// <summary>
    /// Memory of TCP sockets in this network namespace while held, in bytes (<c>/proc/net/sockstat</c>, pages × page
    /// size).
    /// </summary>
    public long? KernelSocketBytes { get; init; }

    /// <summary>
    /// Kernel slab memory while held, over what it was before the step, in bytes; below 0 where the kernel gave memory
    /// back. Host-wide, so noisy (<c>/proc/meminfo</c> Slab).
    /// </summary>
    public long? SlabDeltaBytes { get; init; }

    /// <summary>TCP sockets of this network namespace in TIME_WAIT after the step was closed.</summary>
    public int? TimeWaitAfter { get; init; }

    /// <summary>Connections that the target itself counted at the count, where it has <c>/stats</c>.</summary>
    public int? TargetOpen { get; init; }

    /// <summary>
    /// Sockets of this machine that the kernel counted as established towards the target at the count, the suite's own
    /// question about statistics left out.
    /// </summary>
    public int? KernelEstablished { get; init; }

    /// <summary>
    /// What the step cost the suite's side in time: how late its threads came, how long it was throttled.
    /// </summary>
    public ClientSaturation? Client { get; init; }

    /// <summary>The server's own limits and use at the count, where it runs on this machine and may be read.</summary>
    public ServerReading? Server { get; init; }

    /// <summary>
    /// Resident memory of the server at the count, in bytes: the one figure for it, though two readers may have read
    /// it; null where neither could.
    /// </summary>
    public long? ServerBytes => Target?.ResidentBytesHeld ?? Server?.ResidentBytes;
}

/// <summary>What one process cost in one step.</summary>
/// <param name="CpuSeconds">Processor time of the step, user and system.</param>
/// <param name="ResidentBytesBefore">Resident memory before the first attempt.</param>
/// <param name="ResidentBytesHeld">Resident memory at the count.</param>
/// <param name="Descriptors">Open file descriptors at the count; null where not readable.</param>
public sealed record ProcessCost(double CpuSeconds, long ResidentBytesBefore, long ResidentBytesHeld, int? Descriptors);

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
