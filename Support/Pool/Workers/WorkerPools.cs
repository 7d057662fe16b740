using System.Diagnostics;
using Support.Host;
using Support.Targets;

namespace Support.Pool.Workers;

/// <summary>
/// Makes pools that live in worker processes: one, and more where descriptors demand it. Out of memory or of
/// descriptors takes a worker and never the suite. Workers outlive their pool and serve the next one, so that a step
/// does not pay a start.
/// </summary>
internal sealed class WorkerPools : IPoolSource, IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly Lock gate = new();

    // Below the gate.
    private readonly List<Worker> idle = [];
    private bool isDisposed;

    /// <summary>No worker yet; the first pool starts the first.</summary>
    /// <param name="time">The clock of every deadline.</param>
    public WorkerPools(TimeProvider time) => this.time = time;

    /// <summary>
    /// Connections a worker may hold, in place of what its limit of open files gives; so that a small test has several.
    /// </summary>
    internal int? Budget { get; init; }

    /// <summary>How a worker is started, in place of PoolWorker.</summary>
    internal Func<ProcessStartInfo>? Start { get; init; }

    /// <summary>Reads how near the control group is to the end of its memory.</summary>
    internal Func<CgroupMemory> Memory { get; init; } = () => CgroupMemory.Read();

    /// <inheritdoc />
    /// <exception cref="FileNotFoundException">PoolWorker.dll was not found; the message names where.</exception>
    /// <exception cref="InvalidOperationException">A worker could not be started; the message says why.</exception>
    /// <exception cref="TimeoutException">A worker was not ready in time.</exception>
    public async Task<IConnectionPool> CreateAsync(
        PoolOptions options, int sessions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var addresses = await TargetAddresses.ResolveAsync(
            options.Url, options.SourceAddresses, time, cancellationToken).ConfigureAwait(false);
        var pool = new WorkerPool(this, options, addresses, time);
        try
        {
            await pool.MakeRoomAsync(sessions, cancellationToken).ConfigureAwait(false);
            return pool;
        }
        catch
        {
            await pool.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends every worker that serves no pool; those that do end with their pool.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Worker> left;
        lock (gate)
        {
            isDisposed = true;
            left = [.. idle];
            idle.Clear();
        }

        await Task.WhenAll(left.Select(worker => worker.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    /// <summary>A worker for a pool: one that is free, else a new one.</summary>
    internal async Task<Worker> HireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Worker? free;
            lock (gate)
            {
                free = idle.FirstOrDefault();
                idle.Remove(free!);
            }

            if (free is null)
                return await Worker.StartAsync((Start ?? HelperStart)(), time, cancellationToken).ConfigureAwait(false);
            if (free.End is null)
                return free;
            await free.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Takes a worker back; one that has ended, or that comes too late, is let go.</summary>
    internal async Task ReleaseAsync(Worker worker)
    {
        lock (gate)
        {
            if (!isDisposed && worker.End is null)
            {
                idle.Add(worker);
                return;
            }
        }

        await worker.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The connections that a worker may hold; null for no limit.</summary>
    internal int? BudgetOf(Worker worker) => Budget ?? (worker.Hello.DescriptorLimit is { } limit
        ? (int)Math.Clamp(limit - ClientBudget.WorkerDescriptors, 1, int.MaxValue)
        : null);

    private static ProcessStartInfo HelperStart() => HelperProcess.StartInfo(HelperProcess.PoolWorker.Find(), []);
}
