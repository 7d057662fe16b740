namespace Support.Tests.Pool.Faults;

/// <summary>
/// What a server does with one accepted connection: one thing, well or badly. When it returns, the server only reads on
/// until the client has ended the connection, and notes how.
/// </summary>
internal delegate Task Behaviour(Peer peer, CancellationToken stop);

/// <summary>One fault: what the server does, and what the pool has to call it.</summary>
/// <param name="Name">Shown as the case's name.</param>
/// <param name="Behaviour">What the server does.</param>
/// <param name="Class">The class as the reports spell it.</param>
/// <param name="Fragment">A part of the example's text.</param>
internal sealed record FaultCase(string Name, Behaviour Behaviour, string Class, string Fragment)
{
    /// <summary>The deadline of an attempt; short where the fault is that nothing comes.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The deadline of a pong; short where the fault is that none comes.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The subprotocol asked for.</summary>
    public string? Subprotocol { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
