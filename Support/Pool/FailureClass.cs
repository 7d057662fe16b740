namespace Support.Pool;

/// <summary>The reason of one failed connection, spelt as in the reports: a kind and, where it has one, a detail in brackets.</summary>
/// <remarks>The kinds are the classes of the suite's fault matrix; two failures are of one class when kind and detail are equal.</remarks>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">A status code, a close code, <c>fin</c> or <c>rst</c>, a resource; null where the kind says it all.</param>
public readonly record struct FailureClass(FailureKind Kind, string? Detail = null)
{
    /// <summary>As in <c>HandshakeRejected(503)</c> or <c>Refused</c>.</summary>
    public override string ToString() => Detail is null ? Kind.ToString() : $"{Kind}({Detail})";
}

/// <summary>Why a connection failed.</summary>
public enum FailureKind
{
    /// <summary>Nothing listens there (ECONNREFUSED).</summary>
    Refused,

    /// <summary>TCP was not established before the deadline: the SYN was dropped, a queue was full, or a filter swallowed it.</summary>
    ConnectTimeout,

    /// <summary>The peer reset the connection before the upgrade was answered.</summary>
    ConnectReset,

    /// <summary>The name could not be resolved.</summary>
    DnsFailure,

    /// <summary>No route to the address.</summary>
    Unreachable,

    /// <summary>The TLS handshake failed; the detail says how.</summary>
    TlsFailure,

    /// <summary>TCP was established, and the upgrade was not answered before the deadline.</summary>
    HandshakeTimeout,

    /// <summary>The upgrade was answered with another status than 101; the detail is the status.</summary>
    HandshakeRejected,

    /// <summary>The answer was not a valid upgrade (RFC 6455, 4.1); the detail says what was wrong.</summary>
    HandshakeProtocol,

    /// <summary>The peer sent a close frame; the detail is its code.</summary>
    ClosedByPeer,

    /// <summary>The connection ended without a close frame; the detail is <c>fin</c> or <c>rst</c>.</summary>
    DroppedAbnormally,

    /// <summary>No pong came before the deadline, and nothing else either; or something cut it off for idleness, which a whole step tells.</summary>
    IdleLost,

    /// <summary>The peer broke the framing rules (RFC 6455, 5); the detail says which.</summary>
    ProtocolViolation,

    /// <summary>This side ran out: <c>fd</c>, <c>ports</c>, <c>memory</c> or <c>cpu</c>.</summary>
    ClientLimit,

    /// <summary>The environment broke under the run.</summary>
    EnvironmentFailure,

    /// <summary>The run was stopped from outside.</summary>
    Interrupted,

    /// <summary>A fault of the suite itself; says nothing about the target.</summary>
    HarnessError,
}
