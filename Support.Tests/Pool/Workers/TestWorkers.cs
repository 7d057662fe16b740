using System.Diagnostics;
using NUnit.Framework;
using Support.Pool;
using Support.Pool.Workers;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool.Workers;

/// <summary>Crews for tests, and the ways to lose one of their workers.</summary>
internal static class TestWorkers
{
    /// <summary>A crew whose workers may hold so many connections each; null for what their descriptors give.</summary>
    public static WorkerPools Of(int? budget = null) => new(TimeProvider.System) { Budget = budget };

    /// <summary>A pool with connections open, each of them.</summary>
    public static async Task<IConnectionPool> OpenAsync(
        WorkerPools crew, PoolOptions options, int count, CancellationToken stop)
    {
        var pool = await crew.CreateAsync(options, count, stop);
        await pool.OpenAsync(count, options.Pace, stop);
        var facts = await pool.ReadAsync();
        Assert.That(
            facts.Counts, Is.EqualTo(new PoolCounts(count, count, count)), () => string.Join("; ", facts.Examples));
        return pool;
    }

    /// <summary>Ends a process as nobody can refuse, and waits until it is gone.</summary>
    public static async Task KillAsync(int processId, CancellationToken stop)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
        await TestPool.UntilAsync(() => !IsAlive(processId), stop);
    }

    /// <summary>Whether a process is there, and not only its exit code.</summary>
    public static bool IsAlive(int processId)
    {
        var stat = $"/proc/{processId}/stat";
        try
        {
            return File.Exists(stat) && !File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
