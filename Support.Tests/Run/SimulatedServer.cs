using System.Collections.Immutable;
using Support.Host;
using Support.Pool;
using Support.Run;
using Support.Targets;

namespace Support.Tests.Run;

/// <summary>
/// A server that exists in the counts of its pools alone: no socket is opened, and no process started.
/// </summary>
/// <param name="cap">How many it holds.</param>
/// <param name="dies">Whether one more than that ends it, as a lack of memory does; else it answers 503.</param>
internal sealed class SimulatedServer(int cap, bool dies = false) : IPoolSource, ITargetHost
{
    private static readonly OpenTiming Quick = new(200, 0, 300);

    private readonly bool dies = dies;
    private int open;
    private bool isAlive = true;

    /// <summary>How many it holds.</summary>
    public int Cap { get; set; } = cap;

    /// <summary>Connections that were attempted, those of <see cref="HandshakeAsync"/> left out.</summary>
    public int Attempted { get; private set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>What <see cref="HandshakeAsync"/> answers; null where it answers as it should.</summary>
    public string? Rejects { get; init; }

    /// <summary>Called before connections are opened, with how many.</summary>
    public Action<int> Opening { get; set; } = _ => { };

    /// <summary>Where it listens as the embedded target; null where it is none.</summary>
    public Embedded? Target { get; private set; }

    public Task<IConnectionPool> CreateAsync(PoolOptions options, int sessions, CancellationToken cancellationToken) =>
        Task.FromResult<IConnectionPool>(new Pool(this));

    public Task<IEmbeddedServer> StartEmbeddedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IEmbeddedServer>(Target = new());

    public async Task<IServerProcess> StartAsync(
        ServerCommand command, GroupLimits? limits, CgroupDriver driver, Func<CancellationToken, Task<bool>> answers,
        CancellationToken cancellationToken)
    {
        (isAlive, open) = (true, 0);
        Starts++;
        Assert(await answers(cancellationToken));
        return new Process(this, limits);
    }

    public Task<HandshakeAnswer> HandshakeAsync(PoolOptions options, CancellationToken cancellationToken) =>
        Task.FromResult<HandshakeAnswer>(isAlive && Rejects is null
            ? new(true, "opened", "", null)
            : new(false, Rejects ?? "nobody listens", "Start it.", new(FailureKind.Refused)));

    public Task<CgroupSupport> GroupsAsync() => Task.FromResult<CgroupSupport>(new(CgroupDriver.V2, null, null));

    private static void Assert(bool isTrue)
    {
        if (!isTrue)
            throw new InvalidOperationException("A server that was just started answers.");
    }

    /// <summary>The embedded target, which a test can end.</summary>
    internal sealed class Embedded : IEmbeddedServer
    {
        public Uri Url { get; } = new("ws://127.0.0.1:9/");

        public int ProcessId => Environment.ProcessId;

        public bool HasExited { get; set; }

        public string LastErrors => "out of luck";

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Process(SimulatedServer server, GroupLimits? limits) : IServerProcess
    {
        public TimeSpan StartTime => TimeSpan.FromSeconds(0.5);

        public GroupLimits? Effective => limits;

        public bool HasEnded => !server.isAlive;

        public Task<ServerEnd> EndAsync() =>
            Task.FromResult(server.isAlive ? new ServerEnd(0, 0, "") : new ServerEnd(137, 1, "Killed"));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Pool(SimulatedServer server) : IConnectionPool
    {
        private readonly Dictionary<FailureClass, int> failures = [];
        private int attempted;
        private int opened;
        private int mine;

        public PoolCounts Counts => new(attempted, opened, mine);

        public ImmutableArray<int> ProcessIds => [];

        public Task OpenAsync(int count, OpenPace pace, CancellationToken stop)
        {
            server.Opening(count);
            if (stop.IsCancellationRequested)
                return Task.CompletedTask;
            server.Attempted += count;
            attempted += count;
            var taken = server.isAlive ? Math.Min(count, Math.Max(0, server.Cap - server.open)) : 0;
            (opened, mine, server.open) = (opened + taken, mine + taken, server.open + taken);
            if (taken == count)
                return Task.CompletedTask;
            if (!server.isAlive)
                Fail(new(FailureKind.Refused), count);
            else if (server.dies)
                Die(count - taken);
            else
                Fail(new(FailureKind.HandshakeRejected, "503"), count - taken);
            return Task.CompletedTask;
        }

        public Task<int> PingAsync(CancellationToken stop) => Task.FromResult(mine);

        public Task<PoolFacts> ReadAsync() => Task.FromResult(new PoolFacts
        {
            Counts = Counts,
            Failures = failures.ToImmutableSortedDictionary(),
            Examples = failures.Keys.ToImmutableSortedDictionary(one => one, _ => "simulated"),
            Timings = [.. Enumerable.Repeat(Quick, opened)],
            PongMicroseconds = [.. Enumerable.Repeat(100, mine)],
            Addresses = [new("127.0.0.1:9", attempted, attempted - opened)],
        });

        public Task CloseAsync(CancellationToken cancellationToken)
        {
            (server.open, mine) = (Math.Max(0, server.open - mine), 0);
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync() => await CloseAsync(CancellationToken.None);

        private void Die(int refused)
        {
            server.isAlive = false;
            Fail(new(FailureKind.DroppedAbnormally, "rst"), mine);
            Fail(new(FailureKind.Refused), refused);
            (server.open, mine) = (0, 0);
        }

        private void Fail(FailureClass one, int count)
        {
            if (count > 0)
                failures[one] = failures.GetValueOrDefault(one) + count;
        }
    }
}
