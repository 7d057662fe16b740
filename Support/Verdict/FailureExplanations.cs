using Support.Host;
using Support.Pool;

namespace Support.Verdict;

/// <summary>What a failure class says about the side that set the limit.</summary>
/// <param name="Kind">The kind of the classes that it is for.</param>
/// <param name="Detail">Their detail; <c>5xx</c> for all codes from 500 to 599; null for any.</param>
/// <param name="Side">Whose limit it speaks for.</param>
/// <param name="Cause">In one sentence.</param>
/// <param name="Next">What to do.</param>
internal sealed record FailureExplanation(FailureKind Kind, string? Detail, BottleneckSide Side, string Cause,
    string Next)
{
    /// <summary>What ran out, as <see cref="Bottleneck.Resource"/>; null where the class alone does not tell.</summary>
    public Resource? Resource { get; init; }

    /// <summary>
    /// What to do where the run has opened connections, and so refuted part of <see cref="Next"/>; null where that is
    /// right in both cases.
    /// </summary>
    public string? NextOnceOpened { get; init; }

    /// <summary>The classes as the reports spell them: <c>HandshakeRejected(5xx)</c>.</summary>
    public string Classes => new FailureClass(Kind, Detail).ToString();

    internal bool Explains(FailureClass failure) => failure.Kind == Kind
        && (Detail is null || Detail == failure.Detail || Detail == $"{failure.Code / 100}xx");
}

/// <summary>The table from failure class to side, cause and next step; more specific rows first.</summary>
internal static class FailureExplanations
{
    private const string Orderly = "the server closes connections in good order, with no error";

    private const string ExpectedMore = "Look for an idle or age limit, and for what the server expects after the "
        + "upgrade (a handshake, a login).";

    /// <summary>The rows in the order in which they are tried.</summary>
    public static IReadOnlyList<FailureExplanation> All { get; } =
    [
        new(FailureKind.ClientLimit, FailureDetail.Descriptors, BottleneckSide.Client,
            "this client ran out of file descriptors",
            "Raise nofile of the task that runs the suite (ulimits in the task definition, or ulimit -n), then "
                + "measure again.") { Resource = Resource.ThisClient },
        new(FailureKind.ClientLimit, FailureDetail.Ports, BottleneckSide.Client,
            "this client ran out of local ports towards the target",
            "Widen net.ipv4.ip_local_port_range (systemControls) or set Pool.SourceAddresses to several local "
                + "addresses, then measure again.") { Resource = Resource.ThisClient },
        new(FailureKind.ClientLimit, FailureDetail.Memory, BottleneckSide.Client,
            "this client ran out of memory",
            "Give the task that runs the suite more memory, or fewer neighbours in its control group, then measure "
                + "again.") { Resource = Resource.ThisClient },
        new(FailureKind.ClientLimit, FailureDetail.Processor, BottleneckSide.Client,
            "this client was short of processor time while it waited for answers",
            "Give the task that runs the suite more processor time, or lower Pool.InFlight, then measure again.")
        { Resource = Resource.ThisClient },
        new(FailureKind.HarnessError, null, BottleneckSide.Client,
            "the suite met an error that it did not expect",
            "Read the evidence, and report it: the number says nothing about the server."),
        new(FailureKind.EnvironmentFailure, null, BottleneckSide.Client,
            "the suite's environment failed during the run",
            "Fix what the evidence names, then measure again."),
        new(FailureKind.HandshakeRejected, "503", BottleneckSide.Server,
            "the server or the load balancer before it answers 503 to more connections",
            "Look for its own connection limit, its queue and its health; then measure again.")
        { Resource = Resource.OwnCap },
        new(FailureKind.HandshakeRejected, "429", BottleneckSide.Server,
            "the server limits the rate or the number of connections of one client (429)",
            "Raise its limit for this client, or set Pool.Rate below it.") { Resource = Resource.OwnCap },
        new(FailureKind.HandshakeRejected, "5xx", BottleneckSide.Server,
            "the server answers upgrades with an error",
            "Read the server's log at the time of the step."),
        new(FailureKind.HandshakeRejected, "3xx", BottleneckSide.Configuration,
            "the upgrade is redirected, and a WebSocket client must not follow silently",
            "Set Target.Url to the address that it names."),
        new(FailureKind.HandshakeRejected, null, BottleneckSide.Server,
            "the server rejects the upgrade",
            "Check the path of Target.Url, Target.Headers (credentials) and Target.Subprotocol.")
        { NextOnceOpened = "Look for a limit for one client or one login in the server or the proxy before it." },
        new(FailureKind.Refused, null, BottleneckSide.Server,
            "the server refuses connections",
            "See whether it still listens: a crash, a restart, or a listener that closes at its limit."),
        new(FailureKind.HandshakeTimeout, null, BottleneckSide.Server,
            "the server accepts TCP and does not answer the upgrade",
            "Look for a server or proxy that queues what is beyond its limit (maxconn), compare its open descriptors"
                + " with nofile, and look for a blocked event loop or busy threads."),
        new(FailureKind.ConnectTimeout, null, BottleneckSide.Path,
            "TCP handshakes are not answered",
            "Look at the server's listen backlog (ListenOverflows in nstat), at security groups, and at connection "
                + "tracking between the two."),
        new(FailureKind.ConnectReset, null, BottleneckSide.Server,
            "the server resets connections before it answers",
            "Read the log of the server and of the proxy before it: at their own limit of connections "
                + "(worker_connections, maxConnections) or descriptors many reset; a full accept queue with "
                + "tcp_abort_on_overflow looks like this too."),
        new(FailureKind.ClosedByPeer, "1012", BottleneckSide.Server,
            "the server closes connections as it restarts (1012)",
            "Measure again when no deployment runs."),
        new(FailureKind.ClosedByPeer, "1013", BottleneckSide.Server,
            "the server closes connections as overloaded (1013)",
            "That is its own limit: raise it, or take what was held as the capacity.") { Resource = Resource.OwnCap },
        new(FailureKind.ClosedByPeer, "1001", BottleneckSide.Server,
            "the server goes away from its connections (1001)",
            "Look for a reload, restart or deployment of the server or the proxy before it at that time; else for an "
                + "idle or age limit."),
        new(FailureKind.ClosedByPeer, "1008", BottleneckSide.Server,
            "the server closes connections by a rule of its own (1008)",
            "Read the rule in its log: a limit of connections, of one client, or a missing login."),
        new(FailureKind.ClosedByPeer, "1011", BottleneckSide.Server,
            "the server closes connections on an error of its own, or its own keepalive got no pong in time (1011)",
            "Read its log at the time of the step; where the keepalive gave up, look for what blocks its event loop."),
        new(FailureKind.ClosedByPeer, "1000", BottleneckSide.Server, Orderly, ExpectedMore),
        new(FailureKind.ClosedByPeer, "1005", BottleneckSide.Server, Orderly, ExpectedMore),
        new(FailureKind.ClosedByPeer, null, BottleneckSide.Server,
            "the server closes connections during the hold",
            "Look up the code in the server's documentation, and read its log at the time of the step."),
        new(FailureKind.DroppedAbnormally, null, BottleneckSide.Server,
            "open connections end without a close frame",
            "See whether the server, or a proxy before it, crashed, was killed for memory, or cuts idle connections."),
        new(FailureKind.IdleLost, null, BottleneckSide.Path,
            "open connections stop answering pings",
            "Look for an idle timeout or connection tracking between the two, or a server whose application hangs."),
        new(FailureKind.TlsFailure, null, BottleneckSide.Path,
            "TLS handshakes fail",
            "Read the evidence; set Target.CaFile where the certificate's issuer is private."),
        new(FailureKind.DnsFailure, null, BottleneckSide.Path,
            "the target's name does not resolve",
            "Check the name and the resolver of this machine."),
        new(FailureKind.Unreachable, null, BottleneckSide.Path,
            "there is no route to the target",
            "Check routes, security groups and network ACLs."),
        new(FailureKind.HandshakeProtocol, null, BottleneckSide.Server,
            "the answer to the upgrade is missing or not a valid one",
            "Check scheme, port and path of Target.Url and Target.Subprotocol: what answers there may not be the "
                + "WebSocket server.")
        { NextOnceOpened = "Read the log of the server and of the proxy before it; one at its limit closes without "
            + "an answer." },
        new(FailureKind.ProtocolViolation, null, BottleneckSide.Server,
            "the server breaks the framing rules of RFC 6455",
            "Read the evidence; a proxy that does not know WebSockets looks like this too."),
        new(FailureKind.Interrupted, null, BottleneckSide.Client,
            "connections were still under way when the step was stopped",
            "Give it more time (Ladder.StepTimeout), or run it again without a signal."),
    ];

    /// <summary>The row for a class; one that says nothing for an unknown one.</summary>
    public static FailureExplanation Of(FailureClass failure) => All.FirstOrDefault(row => row.Explains(failure))
        ?? new(
            failure.Kind, failure.Detail, BottleneckSide.Client, $"failures of the class {failure}",
            "Read the evidence.");
}
