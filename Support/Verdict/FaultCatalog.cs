using Side = Support.Verdict.BottleneckSide;

namespace Support.Verdict;

/// <summary>
/// The fault matrix: what can go wrong without AWS, by number, and how a user recognises it in a report. Each row is
/// produced by a real listener or process in a test and judged; <c>docs/symptoms.md</c> is made of it.
/// </summary>
internal static class FaultCatalog
{
    /// <summary>Stands for "no connection fails for this".</summary>
    public const string NoClass = "none";

    /// <summary>Every row, by number; those beyond the matrix last.</summary>
    public static IReadOnlyList<FaultRow> All { get; } =
        [.. BeforeOpen(), .. WhileOpen(), .. ThisSide(), .. Surroundings(), .. Beyond()];

    private static FaultRow[] BeforeOpen() =>
    [
        new(1, "Refused", Side.Server, "nothing listens at the target's port",
            "the handshake check is critical and no step runs: the capacity is \"not measured\", never 0"),
        new(2, "ConnectTimeout", Side.Server, "the server's accept queue is full, so that its kernel drops SYNs",
            "counted at the suite's own deadline; where the server's machine can be "
            + "read, the drops are the evidence (ListenOverflows)"),
        new(2, "ConnectTimeout", Side.Path, "SYNs vanish: a black hole, a security group, a full connection table",
            "counted at the suite's own deadline, long before the kernel's two minutes"),
        new(3, "DnsFailure", Side.Path, "the name does not exist, or the resolver does not answer",
            "asked once a step, and the two are told apart in the example"),
        new(
            4,
            "HandshakeTimeout",
            Side.Server,
            "TCP is accepted and nothing follows: out of descriptors, a blocked event loop, a queue at a limit",
            "counted at the deadline, sockets released; where the server's "
            + "descriptors are at its limit, that is the cause"),
        new(5, "HandshakeTimeout", Side.Server, "the answer's head comes a line at a time and never ends",
            "the deadline is that of the whole attempt, not of a read"),
        new(6, "HandshakeProtocol", Side.Server, "the server ends TCP without an answer, or in the middle of it",
            "from some connection on it is a server or proxy at its limit; the example says ResponseEnded"),
        new(7, "ConnectReset", Side.Server, "the server resets instead of answering",
            "counted apart from silence and from an orderly end"),
        new(8, "HandshakeProtocol", Side.Configuration,
            "the answer is not HTTP: malformed bytes, TLS, another protocol",
            "from the first connection on it is the wrong scheme or port; the example quotes the first bytes"),
        new(9, "HandshakeRejected(404)", Side.Configuration, "every upgrade is answered with the same 4xx",
            "opening ends after 100 failures without a success: no capacity was measured"),
        new(10, "HandshakeRejected(503)", Side.Server, "from some connection on 503, 502 or 504",
            "that is the limit: what was held before is the capacity; Retry-After is kept in the example"),
        new(10, "HandshakeRejected(429)", Side.Server, "from some connection on 429",
            "a limit of rate or number for this client; set Pool.Rate below it to tell which"),
        new(11, "HandshakeRejected(301)", Side.Configuration, "the upgrade is redirected",
            "never followed; the example names the address"),
        new(
            12,
            "HandshakeProtocol",
            Side.Configuration,
            "101 that is no valid upgrade: wrong accept value, no Upgrade, a subprotocol nobody asked for",
            "not counted as open; the example names what was wrong"),
        new(13, "TlsFailure", Side.Path, "the certificate is untrusted, expired or another host's, or there is no TLS",
            "the example says which: Untrusted, NotTimeValid, NameMismatch, Not TLS, Ended, Reset"),
        new(13, "HandshakeTimeout", Side.Server, "the TLS handshake is never answered",
            "as any silence after TCP; the example names the TLS handshake"),
    ];

    private static FaultRow[] WhileOpen() =>
    [
        new(14, "DroppedAbnormally(fin)", Side.Server, "some open connections end without a close frame",
            "subtracted from what was held; the capacity is what was held, not what was opened"),
        new(15, "DroppedAbnormally(rst)", Side.Server, "all open connections are reset at once",
            "one event: \"n connections ended within t ms\""),
        new(15, "DroppedAbnormally(fin)", Side.Server, "the server's process is killed", "\"the server crashed "
            + "between 200 and 500 connections\": the run fails, and what was held before stays in the report"),
        new(
            16,
            "ClosedByPeer(1001)",
            Side.Server,
            "the server closes with 1000 or 1001 during the hold: a deployment, a scale-in, an age limit",
            "counted as dropped; it is no capacity, and the next step says what to look for"),
        new(17, "ClosedByPeer(1013)", Side.Server, "the server closes as overloaded (1013), or as it restarts (1012)",
            "1013 is its own limit; 1008, 1009, 1011 and 4000 to 4999 are counted by code in the same way"),
        new(18, "IdleLost", Side.Path, "each connection is cut at the same age since its last byte: an idle timeout",
            "the period is inferred: \"connections are cut 60 s after their last byte\"; it is no capacity"),
        new(
            19,
            "IdleLost",
            Side.Path,
            "open connections fall silent and nothing says so: a table forgot them, a cable was pulled",
            "a ping without a pong before the deadline; connections that answer none are never counted as held"),
        new(19, "IdleLost", Side.Server, "the server's process is frozen: TCP lives, and nobody answers",
            "pings without pongs, and no new connection afterwards: \"the server under test went away\""),
        new(20, NoClass, Side.None, "the server answers pings and never echoes a message", "counts as held: a pong is "
            + "all that is checked. An application that hangs behind a server that answers pings itself is not seen; "
            + "look at the server's own health as well"),
        new(
            21,
            "ProtocolViolation",
            Side.Server,
            "masked frames, reserved bits or opcodes, bad UTF-8, an impossible length, 1006 on the wire",
            "only that connection fails; nothing of an announced length is allocated"),
        new(22, NoClass, Side.None, "the server sends without end",
            "counts as held: messages are read into a small buffer and thrown away, so that memory stays flat"),
        new(23, NoClass, Side.None, "the server never answers the close handshake",
            "closing is bounded, then what is left is reset; the count was taken before"),
    ];

    private static FaultRow[] ThisSide() =>
    [
        new(24, "ClientLimit(fd)", Side.Client, "this side may open no more files",
            "opening ends at once, with descriptors in reserve for the report; nothing is said about the server"),
        new(25, "ClientLimit(ports)", Side.Client, "no local port is left towards the target",
            "opening ends at once; widen the port range, or give several source or target addresses"),
        new(26, "ClientLimit(cpu)", Side.Client, "this side is throttled or saturated while connections time out", "a "
            + "cause and no class of its own: the failures stay HandshakeTimeout or ConnectTimeout, and the verdict "
            + "blames this side. What a server answers explicitly is never blamed on it"),
        new(27, "ClientLimit(memory)", Side.Client, "this side's control group runs out of memory",
            "opening ends before the limit; where the kernel killed a worker, the step ends and the report is complete")
            { ShownBy = "BottleneckCauseTests.The_cause_is_what_the_figures_say" },
    ];

    private static FaultRow[] Surroundings() =>
    [
        new(28, "Interrupted", Side.Client, "SIGTERM or SIGINT, once or twice, or SIGKILL of the test host", "once: "
            + "partial and red, with what stopped it; twice: at once, files valid; SIGKILL: steps.jsonl is readable "
            + "to its last line and the next run can rebuild the report")
            { ShownBy = "StepStopsTests.An_interruption_in_mid_open_is_answered_with_what_was_counted" },
        new(29, NoClass, Side.None, "the disk is full, the reports folder is gone, or standard output is closed",
            "refused before the first connection where it is known by then; in mid-run the steps stay in memory and "
            + "the run is broken with that reason")
            { ShownBy = ".ci/checks/kills.mjs" },
        new(33, "DroppedAbnormally(fin)", Side.Server, "the server is restarted during the hold and accepts again",
            "what was lost stays lost, nothing reconnects; \"the server under test was restarted\""),
        new(34, "ConnectTimeout", Side.Path, "the name has several addresses, and one of them is a black hole",
            "failures by address; \"one of the target's 2 addresses fails\", one in as many of all attempts"),
        new(35, NoClass, Side.None, "the wall clock jumps during the run",
            "durations come from the monotonic clock; only timestamps jump"),
    ];

    private static FaultRow[] Beyond() =>
    [
        new(null, "Unreachable", Side.Path, "there is no route, or a filter says so",
            "counted apart from silence") { ShownBy = "ConnectFaultTests.Without_a_route_it_is_Unreachable" },
        new(
            null,
            "EnvironmentFailure",
            Side.Client,
            "a worker process is killed, or a source address is of another family than the target",
            "the step ends, what the other workers hold is counted, and the run is broken")
            { ShownBy = "AddressingTests.A_source_of_another_family_is_told_as_what_it_is" },
        new(null, "HarnessError", Side.Client, "the suite meets an error that it has no name for",
            "the run is broken: the number says nothing about the server")
            {
                ShownBy = "OutcomeTests.A_run_is_as_bad_as_the_worst_that_is_true_of_it",
            },
    ];
}

/// <summary>
/// One way in which a target, a path or the suite's own surroundings misbehave, and how a run shows it.
/// </summary>
/// <param name="Number">
/// Its number in the fault matrix that the suite was built against; null for a row beyond it.
/// </param>
/// <param name="Class">
/// The failure class as the reports spell it; <see cref="FaultCatalog.NoClass"/> where no connection fails for it.
/// </param>
/// <param name="Side">Whose limit the verdict then names; none where nothing is limited.</param>
/// <param name="Behaviour">What happens, seen from outside.</param>
/// <param name="Says">What the suite says and does.</param>
internal sealed record FaultRow(int? Number, string Class, BottleneckSide Side, string Behaviour, string Says)
{
    /// <summary>
    /// Where it is shown, if not by a server that the fault matrix' own test starts: a test as <c>Type.Method</c>, or a
    /// script's path.
    /// </summary>
    public string? ShownBy { get; init; }
}
