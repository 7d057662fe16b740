namespace Support.Pool;

/// <summary>Pools of this process.</summary>
internal sealed class InProcessPools(TimeProvider time) : IPoolSource
{
    /// <inheritdoc />
    public async Task<IConnectionPool> CreateAsync(
        PoolOptions options, int sessions, CancellationToken cancellationToken) =>
        await WebSocketPool.CreateAsync(options, time, cancellationToken).ConfigureAwait(false);
}
