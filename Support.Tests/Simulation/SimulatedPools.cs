using System.Collections.Immutable;
using Support.Pool;

namespace Support.Tests.Simulation;

/// <summary>
/// Pools of a simulated server: the pace, the deadlines and the counting of the real one, without a socket.
/// </summary>
internal sealed class SimulatedPools(ServerModel server, SimulatedClock clock) : IPoolSource
{
    private static readonly OpenTiming Quick = new(200, 0, 300);

    public Task<IConnectionPool> CreateAsync(PoolOptions options, int sessions, CancellationToken cancellationToken) =>
        Task.FromResult<IConnectionPool>(new Pool(server, clock, options));

    private sealed class Pool(ServerModel server, SimulatedClock clock, PoolOptions options) : IConnectionPool
    {
        private readonly string address = options.SourceAddresses is [var first, ..] ? $"{first}" : "127.0.0.1";
        private readonly List<SimulatedConnection> connections = [];
        private readonly Dictionary<FailureClass, int> failures = [];
        private readonly List<Loss> losses = [];
        private readonly double madeAt = clock.Now.TotalSeconds;
        private EarlyStop? stopped;
        private int attempted;
        private int opened;

        public PoolCounts Counts => new(attempted, opened, connections.Count);

        public ImmutableArray<int> ProcessIds => [];

        private double Now => clock.Now.TotalSeconds;

        public async Task OpenAsync(int count, OpenPace pace, CancellationToken stop)
        {
            var slots = new PriorityQueue<int, double>();
            var results = new List<(double At, FailureClass? Failure, SimulatedConnection? Opened)>();
            var (start, last) = (Now, Now);
            for (var number = 0; number < count && !IsHopeless(results); number++)
            {
                var free = start;
                if (slots.Count >= pace.InFlight)
                    slots.TryDequeue(out _, out free);
                var at = Math.Max(free, number == 0 || pace.Rate is null ? start : last + (1 / pace.Rate.Value));
                // A deadline ends opening, which the clock tells: nothing after the next timer is decided before it.
                await UntilAsync(at, stop).ConfigureAwait(false);
                if (stop.IsCancellationRequested)
                    break;
                last = at;
                attempted++;
                results.Add(server.Attempt(at, address, options.AttemptTimeout.TotalSeconds));
                slots.Enqueue(number, results[^1].At);
                if (results[^1].Opened is { } one)
                    server.Keep(one);
            }

            var end = results.Select(one => one.At).DefaultIfEmpty(Now).Max();
            await UntilAsync(end, stop).ConfigureAwait(false);
            if (IsHopeless(results))
                stopped = new(EarlyStopKind.Hopeless, "nothing opens");
            else if (stop.IsCancellationRequested)
                stopped = new(EarlyStopKind.Deadline, "the step's time ended");
            results.ForEach(Count);
        }

        public Task<int> PingAsync(CancellationToken stop)
        {
            server.Load(Now, connections);
            Settle();
            return Task.FromResult(connections.Count);
        }

        public Task<PoolFacts> ReadAsync() => Task.FromResult(new PoolFacts
        {
            Counts = Counts,
            Failures = failures.ToImmutableSortedDictionary(),
            Examples = failures.Keys.ToImmutableSortedDictionary(one => one, _ => "simulated"),
            Timings = [.. Enumerable.Repeat(Quick, opened)],
            PongMicroseconds = [.. Enumerable.Repeat(100, connections.Count)],
            Losses = [.. losses],
            StoppedEarly = stopped,
        });

        public Task CloseAsync(CancellationToken cancellationToken)
        {
            foreach (var connection in connections)
                server.Close(connection, Now);
            connections.Clear();
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None);

        // Whole milliseconds, as Task.Delay counts: no earlier than it is due.
        private async Task UntilAsync(double at, CancellationToken stop)
        {
            if (at > Now)
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((at - Now) * 1000)), clock, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private void Count((double At, FailureClass? Failure, SimulatedConnection? Opened) result)
        {
            if (result.At > Now)
            {
                // Abandoned: a silence of a second is a deadline's, a shorter one nobody's.
                Fail(new(FailureKind.Interrupted));
                if (result.Opened is { } late)
                    server.Close(late, Now);
            }
            else if (result.Opened is { } connection)
            {
                opened++;
                connections.Add(connection);
            }
            else
            {
                Fail(result.Failure!.Value);
            }
        }

        private void Settle()
        {
            foreach (var ended in connections.Where(one => one.EndsAt <= Now).ToList())
            {
                connections.Remove(ended);
                Fail(ended.Ending!.Value);
                losses.Add(new(ended.Ending.Value, ended.EndsAt - ended.OpenedAt, ended.EndsAt - madeAt));
            }
        }

        private void Fail(FailureClass failure) => failures[failure] = failures.GetValueOrDefault(failure) + 1;

        private bool IsHopeless(List<(double At, FailureClass? Failure, SimulatedConnection? Opened)> results) =>
            opened == 0 && results.Count >= WebSocketPool.HopelessAfter
            && results.TrueForAll(one => one.Opened is null);
    }
}
