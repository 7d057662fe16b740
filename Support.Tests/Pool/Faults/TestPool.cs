using NUnit.Framework;
using NUnit.Framework.Internal;
using Support.Pool;

namespace Support.Tests.Pool.Faults;

/// <summary>Pools for tests: deadlines that no healthy run meets, however slow the machine.</summary>
internal static class TestPool
{
    /// <summary>Whether the fixture of the test that asks is that of .NET's sockets.</summary>
    public static bool Portable => TestExecutionContext.CurrentContext.TestObject is BothPaths { Portable: true };

    /// <summary>
    /// The deadline where what is waited for never comes, and what else happens has to happen before it: long enough
    /// for a busy machine. It costs nothing: tests wait side by side.
    /// </summary>
    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(3);

    /// <summary>Options towards a server.</summary>
    public static PoolOptions Options(Uri url) => new()
    {
        Portable = Portable,
        Url = url,
        AttemptTimeout = TimeSpan.FromSeconds(20),
        PongTimeout = TimeSpan.FromSeconds(20),
        CloseTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Options towards a server.</summary>
    public static PoolOptions Options(FaultServer server) => Options(server.Url);

    /// <summary>A pool with nothing open.</summary>
    public static Task<WebSocketPool> CreateAsync(PoolOptions options, CancellationToken stop) =>
        WebSocketPool.CreateAsync(options, TimeProvider.System, stop);

    /// <summary>Waits until something is so; the test's own deadline bounds it.</summary>
    public static async Task UntilAsync(Func<bool> condition, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, stop);
    }

    /// <summary>A pool with connections open, each of them.</summary>
    public static async Task<WebSocketPool> OpenAsync(PoolOptions options, int count, CancellationToken stop)
    {
        var pool = await CreateAsync(options, stop);
        await pool.OpenAsync(count, stop);
        Assert.That(
            pool.Counts,
            Is.EqualTo(new PoolCounts(count, count, count)),
            () => string.Join("; ", pool.Failures.Examples));
        return pool;
    }
}
