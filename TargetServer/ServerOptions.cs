using System.Collections.Immutable;
using System.Net;

namespace TargetServer;

/// <summary>
/// Everything that the command line can say. What each option means, and what it allows, stands in
/// <see cref="ServerOptionTable"/>.
/// </summary>
internal sealed record ServerOptions
{
    public bool Help { get; init; }

    /// <summary>Empty stands for 127.0.0.1 alone.</summary>
    public ImmutableArray<IPAddress> Listen { get; init; } = [];

    /// <summary>0 takes a free port, the same for every address.</summary>
    public int Port { get; init; }

    public bool WithParent { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    public string? SelfSignedFile { get; init; }

    public int? Cap { get; init; }

    /// <summary>Null stands for 503; kept apart so that the option can be refused where there is no cap.</summary>
    public int? CapStatus { get; init; }

    public int? RefuseAfter { get; init; }

    public int? StallAfter { get; init; }

    /// <summary>Infinite waits for <c>GET /drop</c>.</summary>
    public TimeSpan? DropAfter { get; init; }

    public bool DropsOnRequest => DropAfter == Timeout.InfiniteTimeSpan;

    /// <summary>Null stands for <see cref="DropKind.Fin"/>.</summary>
    public DropMode? DropMode { get; init; }

    /// <summary>Null stands for every connection.</summary>
    public double? DropShare { get; init; }

    /// <summary>Null draws another share in every run.</summary>
    public int? Seed { get; init; }

    public int? Reject { get; init; }

    public TimeSpan? Slow { get; init; }

    public bool NoPong { get; init; }

    public bool Tls => CertificateFile is not null || SelfSignedFile is not null;
}

/// <summary>How a connection is dropped.</summary>
internal enum DropKind
{
    /// <summary>TCP ends in order, without a close frame.</summary>
    Fin,

    /// <summary>TCP is reset.</summary>
    Rst,

    /// <summary>A close frame is sent, with a code that says the server had enough.</summary>
    Close,
}

/// <param name="Kind">How.</param>
/// <param name="Code">The close code (RFC 6455, 7.4); only for <see cref="DropKind.Close"/>.</param>
internal sealed record DropMode(DropKind Kind, int Code = 0);
