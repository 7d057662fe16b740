using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Support.Settings;

namespace Support.Pool;

/// <summary>What the pool needs to know; taken from the settings once the target's URL is known.</summary>
public sealed record PoolOptions
{
    /// <summary>
    /// The default of <see cref="AttemptTimeout"/>: what an AWS load balancer gives its own connect to a target (10 s).
    /// </summary>
    public static readonly TimeSpan DefaultAttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Where to connect; <c>ws</c> or <c>wss</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Extra handshake headers; secret.</summary>
    public ImmutableArray<HandshakeHeader> Headers { get; init; } = [];

    /// <summary>The subprotocol to ask for and insist on; null for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>A PEM file of certificates trusted in addition to the system's; null for none.</summary>
    public string? CaFile { get; init; }

    /// <summary>Skips the certificate checks.</summary>
    public bool Insecure { get; init; }

    /// <summary>Handshakes at once; 1 to 10,000.</summary>
    public int InFlight { get; init; } = 100;

    /// <summary>Opens a second; null is unlimited.</summary>
    public double? Rate { get; init; }

    /// <summary>The pace that <see cref="InFlight"/> and <see cref="Rate"/> make together.</summary>
    public OpenPace Pace => new(InFlight, Rate);

    /// <summary>Local addresses to spread over; empty lets the system choose.</summary>
    public ImmutableArray<IPAddress> SourceAddresses { get; init; } = [];

    /// <summary>
    /// The deadline of one attempt, apart for TCP and for what follows it (TLS and upgrade). Default: 10 s.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = DefaultAttemptTimeout;

    /// <summary>How long a pong may take before its connection counts as lost. Default: 10 s.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long closing waits for peers that don't answer, before it resets what is left. Default: 3 s without any
    /// progress.
    /// </summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Opens over .NET's sockets even where epoll could be used; so that one machine can test both.</summary>
    [JsonInclude]
    internal bool Portable { get; init; }

    /// <summary>
    /// Where in the range of local ports the first window lies, as a share of it; null for anywhere. Workers of one
    /// pool start apart.
    /// </summary>
    [JsonInclude]
    internal double? PortPhase { get; init; }

    /// <summary>The pool's part of the settings, for the given target.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="url">The URL of the target: the setting, or that of the embedded target once it listens.</param>
    public static PoolOptions From(CapacitySettings settings, Uri url) => new()
    {
        Url = url,
        Headers = settings.Target.Headers,
        Subprotocol = settings.Target.Subprotocol,
        CaFile = settings.Target.CaFile,
        Insecure = settings.Target.Insecure,
        InFlight = settings.Pool.InFlight,
        Rate = settings.Pool.Rate,
        SourceAddresses = settings.Pool.SourceAddresses,
    };
}

/// <summary>How fast connections are opened.</summary>
/// <param name="InFlight">Handshakes at once; 1 to 10,000.</param>
/// <param name="Rate">Opens a second; null is unlimited.</param>
public sealed record OpenPace(int InFlight, double? Rate);
