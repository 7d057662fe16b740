using System.Collections.Immutable;
using System.Net.Sockets;
using Support.Pool.Linux;

namespace Support.Pool;

/// <summary>What a pool has counted so far, read at one moment.</summary>
/// <param name="Attempted">Handshakes started.</param>
/// <param name="Opened">Handshakes completed and checked.</param>
/// <param name="Open">Of those, not yet found ended.</param>
public readonly record struct PoolCounts(int Attempted, int Opened, int Open);

/// <summary>
/// Opens WebSocket connections, holds them, pings each, and closes them so that the next pool starts clean.
/// It counts; it never judges. Not for use by several callers at once: open, ping and close follow each other.
/// </summary>
public sealed class WebSocketPool : IConnectionPool, IOpenSink
{
    /// <summary>
    /// After so many failures without one success, trying on only hurts the target: the answer is known.
    /// </summary>
    public const int HopelessAfter = 100;

    private static readonly EarlyStop Deadline =
        new(EarlyStopKind.Deadline, "the step's deadline passed while connections were still being opened");

    private readonly ConnectorContext context;
    private readonly TlsSettings? tls;
    private readonly ConnectionMonitor monitor;
    private readonly IOpener opener;
    private readonly AddressTally targets;
    private readonly List<OpenTiming> timings = [];
    private readonly Lock timingsGate = new();

    // Written by the opening workers, by Interlocked.
    private int attempted;
    private int failed;

    // Set once by the worker that meets the reason.
    private volatile EarlyStop? stopped;

    // Set while opening.
    private DescriptorReserve? reserve;

    internal WebSocketPool(PoolOptions options, TargetAddresses addresses, TimeProvider time)
    {
        Failures = new(options);
        tls = options.Url.Scheme == Uri.UriSchemeWss ? new TlsSettings(options) : null;
        context = new(options, new HandshakeRequest(options), addresses, tls, time);
        monitor = new ConnectionMonitor(options, Failures, time, context.Lag);
        targets = new(addresses.EndPoints);
        // Measured at 15,000: the epoll path needs about half of the processor time and a tenth of the memory of the
        // other.
        opener = tls is null && OperatingSystem.IsLinux() && !options.Portable
            ? new EpollOpener(context, this)
            : new SocketOpener(context, this);
        ResolveTime = addresses.ResolveTime;
    }

    /// <summary>Failures so far, drops included, by class.</summary>
    public FailureTally Failures { get; }

    /// <summary>How long the target's name took to resolve; null where the URL holds an address.</summary>
    public TimeSpan? ResolveTime { get; }

    /// <summary>Why opening ended before everything was attempted; null where it did not.</summary>
    public EarlyStop? StoppedEarly => stopped;

    /// <inheritdoc />
    public PoolCounts Counts => new(Volatile.Read(ref attempted), monitor.Added, monitor.Open);

    /// <summary>The stages of every successful open, in the order in which they came.</summary>
    public ImmutableArray<OpenTiming> Timings
    {
        get
        {
            lock (timingsGate)
                return [.. timings];
        }
    }

    /// <summary>Ping to pong of every connection that the last pings found responsive, in microseconds.</summary>
    public IReadOnlyList<int> PongMicroseconds => monitor.PongMicroseconds;

    /// <summary>Resolves the target's name and makes an empty pool.</summary>
    /// <exception cref="SocketException">The name does not resolve.</exception>
    public static async Task<WebSocketPool> CreateAsync(
        PoolOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var addresses = await TargetAddresses.ResolveAsync(
            options.Url, options.SourceAddresses, time, cancellationToken).ConfigureAwait(false);
        return Over(options, addresses, time);
    }

    /// <summary>An empty pool over addresses that are known already.</summary>
    internal static WebSocketPool Over(
        PoolOptions options, TargetAddresses addresses, TimeProvider time) => new(options, addresses, time);

    /// <inheritdoc />
    public ImmutableArray<int> ProcessIds => [];

    /// <summary>As <see cref="OpenAsync(int, OpenPace, CancellationToken)"/>, at the pace of the options.</summary>
    public Task OpenAsync(int count, CancellationToken stop) => OpenAsync(count, context.Options.Pace, stop);

    /// <inheritdoc />
    public async Task OpenAsync(int count, OpenPace pace, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(pace);
        if (stopped is { Kind: EarlyStopKind.Deadline })
            stopped = null;
        monitor.MakeRoom(count);
        timings.EnsureCapacity(timings.Count + count);
        var schedule = new OpenSchedule(count, pace.Rate, context.Time);
        context.Request.Prepare();
        using (reserve = DescriptorReserve.Take())
            await opener.OpenAsync(schedule, Math.Min(count, pace.InFlight), stop).ConfigureAwait(false);
        if (stop.IsCancellationRequested)
            stopped ??= Deadline;
    }

    /// <inheritdoc />
    public Task<int> PingAsync(CancellationToken stop) => monitor.PingAsync(stop);

    /// <inheritdoc />
    public Task<PoolFacts> ReadAsync() => Task.FromResult(new PoolFacts
    {
        // Before the failures: each loss is then among them.
        Losses = monitor.Losses,
        Addresses = targets.Counts,
        LongestLag = context.Lag.Longest,
        Counts = Counts,
        Failures = Failures.Counts,
        Examples = Failures.Examples,
        EndedInTls = Failures.EndedInTls,
        Timings = Timings,
        PongMicroseconds = [.. PongMicroseconds],
        ResolveTime = ResolveTime,
        StoppedEarly = StoppedEarly,
    });

    /// <inheritdoc />
    public Task CloseAsync(CancellationToken cancellationToken) => monitor.CloseAsync(cancellationToken);

    /// <summary>What <see cref="StoppedEarly"/> says after <see cref="HopelessAfter"/>.</summary>
    internal static EarlyStop Hopeless(int failures, string last) =>
        new(EarlyStopKind.Hopeless, $"the first {failures} attempts failed and none succeeded; last: {last}");

    /// <summary>
    /// Whether <see cref="HopelessAfter"/> holds; false where others open for the same purpose, and whoever sees them
    /// all decides.
    /// </summary>
    internal bool GivesUp { get; set; } = true;

    /// <summary>Begins no further attempt; what is in flight goes on.</summary>
    /// <param name="why">What <see cref="StoppedEarly"/> says then.</param>
    internal void Halt(EarlyStop why) => stopped ??= why;

    /// <summary>
    /// What changes while connections are opened and held: counts and failures, without the long lists.
    /// </summary>
    internal PoolFacts Tally() => new()
    {
        Counts = Counts,
        Failures = Failures.Counts,
        Examples = Failures.Examples,
        StoppedEarly = StoppedEarly,
    };

    /// <summary>Resets whatever is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        await monitor.DisposeAsync().ConfigureAwait(false);
        tls?.Dispose();
    }

    bool IOpenSink.IsStopped => stopped is not null;

    int IOpenSink.Begin() => Interlocked.Increment(ref attempted) - 1;

    void IOpenSink.Keep(Connection connection, OpenTiming timing, int target)
    {
        monitor.Add(connection);
        targets.Opened(target);
        lock (timingsGate)
            timings.Add(timing);
    }

    void IOpenSink.Count(Failure failure, int? target)
    {
        var example = Failures.Add(failure);
        if (target is { } known)
            targets.Failed(known);
        var failures = Interlocked.Increment(ref failed);
        if (failure is { Kind: FailureKind.ClientLimit, Detail: FailureDetail.Descriptors or FailureDetail.Ports })
            RunOut(failure);
        else if (GivesUp && failures >= HopelessAfter && monitor.Added == 0)
            stopped ??= Hopeless(failures, $"{failure.Class}, {example}");
    }

    /// <summary>What <see cref="StoppedEarly"/> says where this client ran out.</summary>
    internal static EarlyStop OutOf(Failure failure) =>
        new(EarlyStopKind.ClientLimit, $"this client ran out: {failure.Example}");

    private void RunOut(Failure failure)
    {
        stopped ??= OutOf(failure);
        reserve?.Dispose();
    }
}
