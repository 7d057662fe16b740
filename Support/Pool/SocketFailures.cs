using System.Net.Sockets;

namespace Support.Pool;

/// <summary>
/// What a socket error means for the run: whose fault, and which class. Sources: connect(2), tcp(7), dotnet/runtime
/// SocketErrorPal.Unix.cs.
/// </summary>
internal static class SocketFailures
{
    // .NET has no name for ENOMEM and gives -1 (SocketErrorPal.Unix.cs).
    private const SocketError UnmappedError = (SocketError)(-1);

    // As long as a lost SYN or segment waits for its first retransmission (RFC 6298, 2.1): before that nobody can be
    // called silent.
    private static readonly TimeSpan FairTime = TimeSpan.FromSeconds(1);

    /// <summary>The failure of a socket call before the connection was open.</summary>
    /// <param name="error">What the call gave.</param>
    /// <param name="where">The address, for the example.</param>
    public static Failure BeforeOpen(SocketError error, string where) => error switch
    {
        SocketError.ConnectionRefused => new(FailureKind.Refused, null, $"{where} refused: nothing listens there"),
        SocketError.TimedOut => new(FailureKind.ConnectTimeout, null, $"{where} did not answer the SYN (ETIMEDOUT)"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            new(FailureKind.ConnectReset, null, $"{where} reset the connection before it answered the upgrade"),
        // EMFILE and ENFILE come out alike, so the text doesn't say which.
        SocketError.TooManyOpenSockets => new(
            FailureKind.ClientLimit, FailureDetail.Descriptors, "this process or machine is out of file descriptors"),
        SocketError.AddressNotAvailable => new(FailureKind.ClientLimit, FailureDetail.Ports,
            $"no local port is left towards {where}, or a source address is none of this machine's (EADDRNOTAVAIL)"),
        // Where a port is taken at bind (no IP_BIND_ADDRESS_NO_PORT), a source address without any gives this.
        SocketError.AddressAlreadyInUse => new(
            FailureKind.ClientLimit,
            FailureDetail.Ports,
            $"a source address has no local port left towards {where} (EADDRINUSE)"),
        SocketError.AddressFamilyNotSupported => new(FailureKind.EnvironmentFailure, null,
            $"this machine, or a source address, is not of the address family of {where} (EAFNOSUPPORT)"),
        SocketError.NoBufferSpaceAvailable or UnmappedError =>
            new(
                FailureKind.ClientLimit,
                FailureDetail.Memory,
                "the kernel had no memory for another socket (ENOBUFS or ENOMEM)"),
        SocketError.HostUnreachable
            or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            new(FailureKind.Unreachable, null, $"no route to {where} ({error})"),
        SocketError.AccessDenied => new(FailureKind.Unreachable, null, $"a filter or route prohibits {where} (EACCES)"),
        SocketError.InvalidArgument => new(FailureKind.Unreachable, null, $"a route discards {where} (EINVAL)"),
        _ => new(FailureKind.HarnessError, null, $"unexpected socket error {error} ({(int)error}) towards {where}"),
    };

    /// <summary>The failure of an attempt whose deadline passed in the given stage.</summary>
    public static Failure Overdue(AttemptStage stage, string where) => stage == AttemptStage.Tcp
        ? new(FailureKind.ConnectTimeout, null, $"{where} did not complete the TCP handshake before the deadline")
        : new(
            FailureKind.HandshakeTimeout,
            null,
            $"{where} accepted TCP but did not answer the {(stage == AttemptStage.Tls ? "TLS handshake" : "upgrade")}"
                + " before the deadline: its descriptor limit, or its threads are all busy");

    /// <summary>
    /// The failure of an attempt that was abandoned when opening was stopped: timed out only where it had a fair time
    /// to succeed.
    /// </summary>
    /// <param name="stage">The stage that it was in.</param>
    /// <param name="inStage">For how long.</param>
    /// <param name="where">The address, for the example.</param>
    public static Failure Stopped(AttemptStage stage, TimeSpan inStage, string where) => inStage >= FairTime
        ? Overdue(stage, where)
        : new(FailureKind.Interrupted, null, $"still under way to {where} when opening was stopped, and for less than "
            + $"{FairTime.TotalSeconds} s: nobody's fault");

    /// <summary>The failure of a socket call on an open connection.</summary>
    public static Failure AfterOpen(SocketError error) => error switch
    {
        SocketError.TimedOut => new(FailureKind.IdleLost, null, "the peer stopped acknowledging (ETIMEDOUT)"),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown =>
            new(FailureKind.DroppedAbnormally, FailureDetail.Reset, "the peer reset the connection"),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
            new(FailureKind.Unreachable, null, $"the route to the peer was lost ({error})"),
        SocketError.NoBufferSpaceAvailable or UnmappedError =>
            new(
                FailureKind.ClientLimit,
                FailureDetail.Memory,
                "the kernel had no memory to send on an open connection (ENOBUFS or ENOMEM)"),
        _ => new(
            FailureKind.HarnessError, null, $"unexpected socket error {error} ({(int)error}) on an open connection"),
    };
}
