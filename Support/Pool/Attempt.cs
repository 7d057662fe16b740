namespace Support.Pool;

/// <summary>The stage that an attempt is in; it names the failure when the deadline passes.</summary>
internal enum AttemptStage
{
    /// <summary>The three-way handshake.</summary>
    Tcp,

    /// <summary>The TLS handshake.</summary>
    Tls,

    /// <summary>Request sent, answer awaited.</summary>
    Upgrade,
}

/// <summary>How one attempt ended: a connection with its timings, or a failure.</summary>
/// <param name="Connection">Null for a failure.</param>
/// <param name="Failure">Null for a connection.</param>
/// <param name="TcpMicroseconds">Start to TCP established.</param>
/// <param name="TlsMicroseconds">TCP established to TLS established; 0 for <c>ws</c>.</param>
/// <param name="UpgradeMicroseconds">Request sent to answer checked.</param>
internal readonly record struct Attempt(
    Connection? Connection, Failure? Failure, int TcpMicroseconds, int TlsMicroseconds, int UpgradeMicroseconds)
{
    /// <summary>The index of the target's address.</summary>
    public int Target { get; init; }

    public OpenTiming Timing => new(TcpMicroseconds, TlsMicroseconds, UpgradeMicroseconds);
}
