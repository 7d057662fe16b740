using System.Collections.Concurrent;
using System.Collections.Immutable;
using Support.Host;

namespace Support.Pool.Workers;

/// <summary>
/// One pool over several worker processes: divides what is asked among them, and adds up what they say.
/// </summary>
internal sealed partial class WorkerPool : IConnectionPool
{
    // Phases a golden section apart lie far from each other, however many there will be.
    private const double GoldenSection = 0.618_033_988_75;

    private readonly WorkerPools pools;
    private readonly PoolOptions options;
    private readonly TargetAddresses addresses;
    private readonly TimeProvider time;
    private readonly CgroupMemory memoryBefore;
    private readonly double phase = Random.Shared.NextDouble();
    private readonly FailureTally own;
    private readonly ConcurrentDictionary<int, Failure> ends = new();

    // Replaced as a whole by MakeRoomAsync.
    private ImmutableList<Worker> workers = [];
    private int asked;

    // Those that were asked to open last: what ended an earlier opening of another ended nothing of this one.
    private ImmutableList<Worker> opening = [];
    private volatile EarlyStop? stopped;

    public WorkerPool(WorkerPools pools, PoolOptions options, TargetAddresses addresses, TimeProvider time)
    {
        (this.pools, this.options, this.addresses, this.time) = (pools, options, addresses, time);
        own = new(options);
        memoryBefore = pools.Memory();
    }

    /// <inheritdoc />
    public PoolCounts Counts
    {
        get
        {
            var known = workers;
            return new(
                known.Sum(worker => worker.Facts.Counts.Attempted) + own.Counts.Values.Sum(),
                known.Sum(worker => worker.Facts.Counts.Opened),
                known.Sum(worker => worker.End is null ? worker.Facts.Counts.Open : 0));
        }
    }

    /// <inheritdoc />
    public ImmutableArray<int> ProcessIds => [.. workers.Select(worker => worker.ProcessId)];

    private IEnumerable<Worker> Living => workers.Where(worker => worker.End is null);

    /// <inheritdoc />
    public async Task<int> PingAsync(CancellationToken stop)
    {
        var replies = await AskAllAsync(new(WorkerAct.Ping), stop).ConfigureAwait(false);
        // Of one that answered and ended since, nothing is open any more.
        return replies.Sum(item => item.Worker.End is null ? item.Reply?.Held ?? 0 : 0);
    }

    /// <inheritdoc />
    public async Task<PoolFacts> ReadAsync()
    {
        var replies = await AskAllAsync(new(WorkerAct.Read), CancellationToken.None).ConfigureAwait(false);
        // Not what each told last: counts that were taken before the answer may have come after it.
        var told = replies.ToDictionary(item => item.Worker, item => item.Reply?.Facts);
        var sum = FactsSum.Of(
            [.. workers.Select(worker => FactsOf(worker, told.GetValueOrDefault(worker) ?? worker.Facts)), OwnFacts()]);
        return sum with { ResolveTime = addresses.ResolveTime, StoppedEarly = stopped ?? sum.StoppedEarly };
    }

    /// <inheritdoc />
    public async Task CloseAsync(CancellationToken cancellationToken) =>
        await AskAllAsync(new(WorkerAct.Close), cancellationToken).ConfigureAwait(false);

    /// <summary>Resets whatever is still open, and gives the workers back.</summary>
    public async ValueTask DisposeAsync()
    {
        var left = workers;
        workers = [];
        await Task.WhenAll(left.Select(LeaveAsync)).ConfigureAwait(false);
    }

    /// <summary>
    /// Sees that there are workers for so many more connections than are open now, as far as the most that there may
    /// be.
    /// </summary>
    internal async Task MakeRoomAsync(int more, CancellationToken cancellationToken)
    {
        // The first says how much one can hold.
        if (workers.IsEmpty)
            workers = [await AddAsync(0, cancellationToken).ConfigureAwait(false)];
        while (workers.Count < ClientBudget.MostWorkers && pools.BudgetOf(workers[0]) is { } each)
        {
            var missing = more - Living.Sum(RoomOf);
            if (missing <= 0)
                return;
            var hired = (int)Math.Min((missing + each - 1) / each, ClientBudget.MostWorkers - workers.Count);
            var first = workers.Count;
            workers = workers.AddRange(await Task.WhenAll(
                Enumerable.Range(first, hired).Select(index => AddAsync(index, cancellationToken)))
                    .ConfigureAwait(false));
        }
    }

    private long RoomOf(Worker worker) =>
        pools.BudgetOf(worker) is { } most ? Math.Max(0, most - worker.Facts.Counts.Open) : int.MaxValue;

    private async Task<Worker> AddAsync(int index, CancellationToken cancellationToken)
    {
        // Each begins with another address, so that together they spread evenly.
        var first = index % addresses.EndPoints.Length;
        var create = new WorkerCommand(WorkerAct.Create)
        {
            Options = options with { PortPhase = (phase + (index * GoldenSection)) % 1 },
            Addresses =
                addresses with { EndPoints = [.. addresses.EndPoints.Skip(first), .. addresses.EndPoints.Take(first)] },
        };
        // One that waited may have ended unseen; then the next one is asked, and a new one in the end.
        for (var isNew = false; ; isNew = true)
        {
            var worker = await pools.HireAsync(cancellationToken).ConfigureAwait(false);
            if (await worker.AskAsync(create, cancellationToken).ConfigureAwait(false) is not null)
                return worker;
            await pools.ReleaseAsync(worker).ConfigureAwait(false);
            if (isNew)
                throw new InvalidOperationException($"{worker.End?.Words} before it could open anything.");
        }
    }

    private async Task LeaveAsync(Worker worker)
    {
        try
        {
            await worker.AskAsync(new(WorkerAct.Reset), CancellationToken.None).ConfigureAwait(false);
            await pools.ReleaseAsync(worker).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // What cannot let go of its connections ends, and they with it.
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<(Worker Worker, WorkerReply? Reply)[]> AskAllAsync(
        WorkerCommand command, CancellationToken stop) => Task.WhenAll(
        Living.Select(async worker => (worker, await worker.AskAsync(command, stop).ConfigureAwait(false))));

    // A deadline that passed in an opening that this worker had no part in is none of the last one.
    private PoolFacts FactsOf(Worker worker, PoolFacts told) => EndOf(worker) is { } end ? FactsSum.AfterEnd(told, end)
        : told.StoppedEarly is { Kind: EarlyStopKind.Deadline }
            && !opening.Contains(worker) ? told with { StoppedEarly = null }
        : told;

    // Told once: what the control group counts later is not what this one died of.
    private Failure? EndOf(Worker worker) => worker.End is { } end
        ? ends.GetOrAdd(worker.ProcessId, _ => end.ToFailure(pools.Memory().OomKills - memoryBefore.OomKills))
        : null;

    private PoolFacts OwnFacts() => new()
    {
        Counts = new(own.Counts.Values.Sum(), 0, 0),
        Failures = own.Counts,
        Examples = own.Examples,
    };
}
