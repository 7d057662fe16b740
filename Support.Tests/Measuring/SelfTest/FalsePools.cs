using System.Collections.Immutable;
using Support.Pool;
using Support.Tests.Pool.Faults;
using Failed = System.Collections.Immutable.ImmutableSortedDictionary<Support.Pool.FailureClass, int>;

namespace Support.Tests.Measuring.SelfTest;

/// <summary>How a meter can lie.</summary>
internal sealed record Lie
{
    /// <summary>Changes what was attempted, opened and open.</summary>
    public Func<PoolCounts, PoolCounts> Counts { get; init; } = counts => counts;

    /// <summary>Changes the proof's answer; gets it, and what was opened.</summary>
    public Func<int, int, int> Held { get; init; } = (held, _) => held;

    /// <summary>Changes the failures by class.</summary>
    public Func<Failed, Failed> Failures { get; init; } = failures => failures;

    /// <summary>
    /// Told how fast connections are about to be opened: no lie, and a test's server can know what the client does.
    /// </summary>
    public Action<OpenPace> Opening { get; init; } = _ => { };

    /// <summary>Awaited once everything was opened, with where; no lie either.</summary>
    public Func<Uri, Task> Opened { get; init; } = _ => Task.CompletedTask;
}

/// <summary>True pools that are made to lie.</summary>
internal sealed class FalsePools(Lie lie) : IPoolSource
{
    private readonly InProcessPools pools = new(TimeProvider.System);

    /// <summary>What the pools were asked for.</summary>
    public List<(PoolOptions Options, int Sessions)> Asked { get; } = [];

    public async Task<IConnectionPool> CreateAsync(
        PoolOptions options, int sessions, CancellationToken cancellationToken)
    {
        Asked.Add((options, sessions));
        return new FalsePool(
            await pools.CreateAsync(options with { Portable = TestPool.Portable }, sessions, cancellationToken),
            options.Url, lie);
    }

    private sealed class FalsePool(IConnectionPool pool, Uri server, Lie lie) : IConnectionPool
    {
        public PoolCounts Counts => lie.Counts(pool.Counts);

        public ImmutableArray<int> ProcessIds => pool.ProcessIds;

        public async Task OpenAsync(int count, OpenPace pace, CancellationToken stop)
        {
            lie.Opening(pace);
            await pool.OpenAsync(count, pace, stop);
            await lie.Opened(server);
        }

        public async Task<int> PingAsync(CancellationToken stop) =>
            lie.Held(await pool.PingAsync(stop), pool.Counts.Opened);

        public async Task<PoolFacts> ReadAsync()
        {
            var facts = await pool.ReadAsync();
            return facts with { Counts = lie.Counts(facts.Counts), Failures = lie.Failures(facts.Failures) };
        }

        public Task CloseAsync(CancellationToken cancellationToken) => pool.CloseAsync(cancellationToken);

        public ValueTask DisposeAsync() => pool.DisposeAsync();
    }
}
