using System.Collections.Immutable;

namespace Support.Pool;

/// <summary>
/// Connections that are opened, held, pinged and closed together, wherever that happens: in this process or in workers.
/// It counts; it never judges. Not for use by several callers at once: open, ping, read and close follow each other.
/// </summary>
internal interface IConnectionPool : IAsyncDisposable
{
    /// <summary>
    /// What was counted so far; may be asked at any time, and is up to a second old where workers count.
    /// </summary>
    PoolCounts Counts { get; }

    /// <summary>The processes that hold the connections; empty where that is this one.</summary>
    ImmutableArray<int> ProcessIds { get; }

    /// <summary>
    /// Attempts <paramref name="count"/> connections more; returns once each is open or failed, or nothing more is
    /// tried.
    /// </summary>
    /// <param name="count">At least 1.</param>
    /// <param name="pace">How fast.</param>
    /// <param name="stop">
    /// Ends opening early: attempts in flight are abandoned, and count as timed out in their stage where they had a
    /// second for it, else as interrupted.
    /// </param>
    Task OpenAsync(int count, OpenPace pace, CancellationToken stop);

    /// <summary>
    /// Pings every connection and waits for each pong; what does not answer before the deadline is counted lost and
    /// reset.
    /// </summary>
    /// <returns>The connections that are open at one instant after the pings, each responsive.</returns>
    Task<int> PingAsync(CancellationToken stop);

    /// <summary>Everything that was counted so far, failures and timings included.</summary>
    Task<PoolFacts> ReadAsync();

    /// <summary>
    /// Closes everything: close handshake, the peer's FIN first where it comes in time, a reset where it does not.
    /// Bounded.
    /// </summary>
    Task CloseAsync(CancellationToken cancellationToken);
}

/// <summary>Makes pools.</summary>
internal interface IPoolSource
{
    /// <summary>Resolves the target's name and makes an empty pool.</summary>
    /// <param name="options">The target and how to reach it.</param>
    /// <param name="sessions">How many connections will be wanted, as far as is known now; a hint, no limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The name does not resolve.</exception>
    Task<IConnectionPool> CreateAsync(PoolOptions options, int sessions, CancellationToken cancellationToken);
}

/// <summary>Pools of this process.</summary>
internal sealed class InProcessPools(TimeProvider time) : IPoolSource
{
    /// <inheritdoc />
    public async Task<IConnectionPool> CreateAsync(
        PoolOptions options, int sessions, CancellationToken cancellationToken) =>
        await WebSocketPool.CreateAsync(options, time, cancellationToken).ConfigureAwait(false);
}
