using Support.Pool;

namespace Support.Tests.Simulation;

/// <summary>What a simulated server does that bounds what it holds.</summary>
internal enum ServerKind
{
    /// <summary>Holds all.</summary>
    Unlimited,

    /// <summary>Refuses what is above a number.</summary>
    Cap,

    /// <summary>As <see cref="Cap"/>; what the client closed counts on for a while.</summary>
    LateRelease,

    /// <summary>Leaves what is above a number waiting.</summary>
    Queue,

    /// <summary>As <see cref="Cap"/>, another number each time that it was empty.</summary>
    VaryingCap,

    /// <summary>Above a number it loses more of all, the more there are.</summary>
    Decay,

    /// <summary>Refuses what comes faster than so many a second.</summary>
    Rate,

    /// <summary>Does one handshake after the other, and is slow at it.</summary>
    Serial,

    /// <summary>Refuses what is more than so many handshakes at once.</summary>
    InFlight,

    /// <summary>As <see cref="Cap"/>, for each client address.</summary>
    PerAddress,

    /// <summary>Ends all of its connections once, at a moment.</summary>
    Event,

    /// <summary>Ends each connection at an age.</summary>
    Timer,

    /// <summary>Loses a share of its connections, whatever their number.</summary>
    RandomLoss,

    /// <summary>Ends for good at a number.</summary>
    Crash,
}

/// <summary>A server as a rule over simulated time. All times are in seconds since the clock's beginning.</summary>
/// <param name="kind">What it does.</param>
/// <param name="random">Where its chance comes from.</param>
internal sealed class ServerModel(ServerKind kind, Random random)
{
    // A handshake at a healthy server.
    private const double Handshake = 0.002;

    private readonly PriorityQueue<SimulatedConnection, double> ends = new();
    private readonly Dictionary<string, int> byAddress = [];
    private readonly PriorityQueue<double, double> handshakes = new();
    private readonly HashSet<SimulatedConnection> held = [];
    private double tokens;
    private double tokensAt;
    private double busyUntil;
    private int open;
    private int cap;
    private bool hasCrashed;

    public ServerKind Kind => kind;

    /// <summary>The number of the kinds that have one: connections, per second or at once.</summary>
    public int Number { get; init; }

    /// <summary>The lowest number of <see cref="ServerKind.VaryingCap"/>.</summary>
    public int Least { get; init; }

    /// <summary>
    /// The moment of <see cref="ServerKind.Event"/>, the age of <see cref="ServerKind.Timer"/>, or how late
    /// <see cref="ServerKind.LateRelease"/> is.
    /// </summary>
    public double Seconds { get; init; }

    /// <summary>The share of <see cref="ServerKind.RandomLoss"/>.</summary>
    public double Share { get; init; }

    /// <summary>How what is refused is told.</summary>
    public FailureClass Refusal { get; init; } = new(FailureKind.HandshakeRejected, "503");

    /// <summary>How what ends is told.</summary>
    public FailureClass Ending { get; init; } = new(FailureKind.DroppedAbnormally, FailureDetail.Fin);

    /// <summary>Which numbers of <see cref="ServerKind.VaryingCap"/> were met.</summary>
    public HashSet<int> Met { get; } = [];

    /// <summary>What <see cref="ServerKind.Decay"/> leaves of so many.</summary>
    public int Left(int connections) => connections <= Number
        ? connections
        : connections - (int)((double)connections * Math.Min(1, (connections - Number) / (2.0 * Number)));

    /// <summary>One attempt; in the order in which attempts start.</summary>
    /// <returns>When it ends, and as what; a connection where it opened.</returns>
    public (double At, FailureClass? Failure, SimulatedConnection? Opened) Attempt(
        double at, string address, double patience)
    {
        Settle(at);
        if (hasCrashed)
            return (at + Handshake, new(FailureKind.Refused), null);
        if (open == 0 && kind == ServerKind.VaryingCap)
            cap = random.Next(Least, Number + 1);
        var ready = at + Handshake;
        switch (kind)
        {
            case ServerKind.Cap or ServerKind.LateRelease when open >= Number:
            case ServerKind.PerAddress when byAddress.GetValueOrDefault(address) >= Number:
            case ServerKind.Rate when !TakeToken(at):
            case ServerKind.InFlight when InProgress(at) >= Number:
                return (ready, Refusal, null);
            case ServerKind.VaryingCap when open >= cap:
                Met.Add(cap);
                return (ready, Refusal, null);
            case ServerKind.Queue when open >= Number:
                return (at + patience, new(FailureKind.HandshakeTimeout), null);
            case ServerKind.Serial:
                ready = busyUntil = Math.Max(busyUntil, at) + (1.0 / Number);
                if (ready - at > patience)
                    return (at + patience, new(FailureKind.HandshakeTimeout), null);
                break;
            case ServerKind.Crash when open >= Number:
                Crash(at);
                return (ready, new(FailureKind.ConnectReset), null);
            default:
                break;
        }

        handshakes.Enqueue(ready, ready);
        var connection = new SimulatedConnection(ready, address);
        open++;
        byAddress[address] = byAddress.GetValueOrDefault(address) + 1;
        if (EndOf(connection) is { } end)
            End(connection, end);
        ends.Enqueue(connection, connection.EndsAt);
        return (ready, null, connection);
    }

    /// <summary>What a count that is held for a while does to the server.</summary>
    public void Load(double at, IReadOnlyList<SimulatedConnection> alive)
    {
        Settle(at);
        if (kind != ServerKind.Decay || alive.Count <= Number)
            return;
        foreach (var connection in alive.Take(alive.Count - Left(alive.Count)).ToList())
            End(connection, at);
        Settle(at);
    }

    /// <summary>The client ends it.</summary>
    public void Close(SimulatedConnection connection, double at)
    {
        if (kind == ServerKind.LateRelease)
        {
            End(connection, at + Seconds, null);
            return;
        }

        if (connection.EndsAt > at)
            End(connection, at, null);
        Release(connection);
    }

    private double? EndOf(SimulatedConnection connection) => kind switch
    {
        ServerKind.Timer => connection.OpenedAt + Seconds,
        ServerKind.Event when connection.OpenedAt < Seconds => Seconds,
        ServerKind.RandomLoss when random.NextDouble() < Share => connection.OpenedAt,
        _ => null,
    };

    private void End(SimulatedConnection connection, double at) => End(connection, at, Ending);

    private void End(SimulatedConnection connection, double at, FailureClass? ending)
    {
        (connection.EndsAt, connection.Ending) = (at, ending);
        ends.Enqueue(connection, at);
    }

    private void Settle(double now)
    {
        while (ends.TryPeek(out var connection, out var at) && at <= now)
        {
            ends.Dequeue();
            if (connection.EndsAt <= now)
                Release(connection);
        }
    }

    private void Release(SimulatedConnection connection)
    {
        if (connection.IsReleased)
            return;
        connection.IsReleased = true;
        open--;
        byAddress[connection.Address]--;
        held.Remove(connection);
    }

    private void Crash(double at)
    {
        hasCrashed = true;
        foreach (var connection in held.ToList())
            End(connection, at);
        Settle(at);
    }

    private bool TakeToken(double at)
    {
        // A bucket that holds a fifth of a second's worth, and at least one.
        var most = Math.Max(1, Number / 5.0);
        tokens = Math.Min(most, tokensAt == 0 ? most : tokens + ((at - tokensAt) * Number));
        tokensAt = at;
        if (tokens < 1)
            return false;
        tokens--;
        return true;
    }

    private int InProgress(double at)
    {
        while (handshakes.TryPeek(out _, out var ready) && ready <= at)
            handshakes.Dequeue();
        return handshakes.Count;
    }

    /// <summary>Keeps what opened, so that a crash can end it.</summary>
    public void Keep(SimulatedConnection connection) => held.Add(connection);
}

/// <summary>A connection of a simulated server.</summary>
/// <param name="openedAt">When it opened.</param>
/// <param name="address">The client's address.</param>
internal sealed class SimulatedConnection(double openedAt, string address)
{
    public double OpenedAt => openedAt;

    public string Address => address;

    public double EndsAt { get; set; } = double.PositiveInfinity;

    public FailureClass? Ending { get; set; }

    public bool IsReleased { get; set; }
}
