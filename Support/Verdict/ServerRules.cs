using Support.Host;
using Support.Measuring;
using Support.Pool;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>What a server's own figures say beyond the class of the failures.</summary>
internal static class ServerRules
{
    /// <summary>
    /// From this share on the descriptors are the cause: the rest is what a server keeps for itself, or has just been
    /// given back.
    /// </summary>
    public const double FullShare = 0.97;

    /// <summary>Ends that lie closer are one event.</summary>
    public const double OneEventSeconds = 1;

    // Two connections may end together by chance.
    private const int LeastMass = 3;

    // One or two slow answers are no accept queue.
    private const int LeastUnanswered = 3;

    // What a server does that cannot accept or open another file: accept(2) fails and the peer hears nothing, or is let
    // go at once; a proxy cannot open the connection behind it and says 500 or 502.
    private static readonly FailureKind[] OutOfDescriptors =
    [
        FailureKind.HandshakeTimeout, FailureKind.ConnectTimeout, FailureKind.ConnectReset,
        FailureKind.HandshakeProtocol, FailureKind.Refused, FailureKind.DroppedAbnormally, FailureKind.TlsFailure,
    ];

    /// <summary>
    /// Whether nobody answers any more, and nothing of what was open was held: a server that still holds connections is
    /// there, however busy.
    /// Not where this side had no means left to ask.
    /// </summary>
    public static bool WentAway(StepResult result) =>
        result is { TargetAnswer: TargetAnswer.Gone, Held: 0 } && FailureReading.ClientLimit(result) is null;

    /// <summary>It ended under what it had opened, and was started anew by somebody.</summary>
    public static bool DiedAndCameBack(StepResult result) => result is
    {
        TargetAnswer: TargetAnswer.Restarted, Opened: > 0, Held: 0, EndsAtAge: null,
    };

    /// <summary>It is gone, or it is another than before.</summary>
    public static Bottleneck? Ended(LimitCase limit)
    {
        var gone = WentAway(limit.Result) && !limit.FromTheFirst
            && !IsSilenceFromTheStart(limit) && !limit.IsMainly(FailureKind.Unreachable, FailureKind.DnsFailure);
        if (!gone && limit.Result.TargetAnswer != TargetAnswer.Restarted)
            return null;
        if (EndedFull(limit) is { } full)
            return full;
        if (ServerEndText.OfLast(limit.Run.ServerEnds) is { } end)
            return limit.Say(
                BottleneckSide.Server,
                Say($"the server under test went down in the step of {limit.Step.Sessions}: {end.Words}"),
                end.Next,
                end.Resource);
        // Both in one group, as two containers of a task without limits of their own.
        var isMemory = limit.Result.Resources.Client is { OomKills: > 0 };
        var killed = isMemory ? ": the kernel killed a process of its control group for memory" : "";
        Resource? resource = isMemory ? Resource.Memory : null;
        return gone
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server under test went away in the step of {limit.Step.Sessions}{killed}"),
                "Read its log and how it ended (137 is a kill, mostly for memory); see as well whether something "
                + "between the two blocks this client by now.", resource)
            : limit.Say(
                BottleneckSide.Server,
                Say($"the server under test was restarted in the step of {limit.Step.Sessions}{killed}"),
                "Read its log and how the process before it ended (a crash, memory, a deployment); then measure again.",
                resource);
    }

    // What it had open when it ended cannot be read any more, but what it had accepted was counted. A runtime that
    // cannot open another file may say that it is out of memory (.NET does, and aborts); the kernel's own kills were
    // looked at before.
    private static Bottleneck? EndedFull(LimitCase limit)
    {
        if (limit.Run.ServerDescriptors is not { } most || limit.Result.Opened < FullShare * most)
            return null;
        var how = ServerEndText.OfLast(limit.Run.ServerEnds) is { } end ? $": {end.Words}" : "";
        return limit.Say(
            BottleneckSide.Server, $"the server under test went down as it ran out of file descriptors: "
                + $"{Words.Count(limit.Result.Opened)} connections were open, with a limit of {Words.Count(most)} "
                + $"open files{how}",
            "Raise nofile of the server (ulimits in the task definition), then measure again.", Resource.Descriptors);
    }

    // Where nothing opened and nobody said a word, it may as well be the path that ended: then the class tells more.
    private static bool IsSilenceFromTheStart(LimitCase limit) => limit.Result.Opened == 0 && limit.IsSilence;

    /// <summary>SYNs went unanswered because the server does not accept as fast as they come.</summary>
    public static Bottleneck? AcceptQueue(LimitCase limit) =>
        limit.IsMainly(FailureKind.ConnectTimeout)
        && limit.Result.Resources.Server?.ListenOverflows is { } dropped and > 0
            ? limit.Say(
                BottleneckSide.Server,
                $"the server's accept queue is full: the kernel dropped "
                + $"{Words.Count(dropped)} connections there (ListenOverflows)",
                "See why it does not accept (blocked threads, descriptors), or raise its listen backlog and "
                + "net.core.somaxconn: the lesser of the two counts. A lower Pool.Rate shows whether it is only the "
                + "pace.", Resource.AcceptQueue)
            : null;

    /// <summary>It holds as many files as it may.</summary>
    public static Bottleneck? Descriptors(LimitCase limit)
    {
        if (limit.Result.Resources.Server is not { Descriptors: { } open, DescriptorLimit: { } most }
            || open < FullShare * most
            || (!limit.IsMainly(OutOfDescriptors)
                && limit.Main is not { Kind: FailureKind.HandshakeRejected, Code: 500 or 502 }))
        {
            return null;
        }

        return limit.Say(
            BottleneckSide.Server,
            $"the server is out of file descriptors: {Words.Count(open)} of {Words.Count(most)} are open",
            "Raise nofile of the server (ulimits in the task definition, "
            + "LimitNOFILE, or ulimit -n), then measure again.", Resource.Descriptors);
    }

    /// <summary>Its TLS is well, as those before show, and it ends the rest before it says a word.</summary>
    public static Bottleneck? TlsEnded(LimitCase limit) =>
        limit.IsMainly(FailureKind.TlsFailure) && !limit.FromTheFirst
            && 2 * limit.Result.EndedInTls > limit.Result.Failures[limit.Main!.Value]
            ? limit.Say(
                BottleneckSide.Server,
                "the server, or what ends TLS before it, ends further connections in the TLS handshake",
                "At its limit of connections or descriptors a TLS server closes before it says a word: read its log.")
            : null;

    /// <summary>
    /// Some were accepted by its kernel and never answered, then SYNs were dropped: a queue that nobody empties. For a
    /// server whose queue cannot be read; a firewall drops SYNs alone.
    /// </summary>
    public static Bottleneck? StoppedAccepting(LimitCase limit) =>
        limit.IsMainly(FailureKind.ConnectTimeout)
        && !limit.FromTheFirst && limit.Result.Resources.Server?.ListenOverflows is null
            && limit.Result.Failures.GetValueOrDefault(new(FailureKind.HandshakeTimeout)) >= LeastUnanswered
            ? limit.Say(
                BottleneckSide.Server,
                "the server stopped accepting: first its accept queue filled, then SYNs were dropped",
                "See why it does not accept (its limit of connections or descriptors, blocked threads), or raise the "
                + "rate at which it accepts and its listen backlog (with net.core.somaxconn: the lesser of the two "
                + "counts).", Resource.AcceptQueue)
            : null;

    /// <summary>
    /// Each closed in words, at the same age and not at the same moment: a timer, and not a limit. Where all were
    /// opened at once the two coincide, and then nothing is said.
    /// </summary>
    public static Bottleneck? PoliteIdle(LimitCase limit) =>
        limit.Main is { Kind: FailureKind.ClosedByPeer, Code: 1000 or 1001 }
        && limit.Result.TargetAnswer == TargetAnswer.Opens && PathRules.AtOneAge(limit.Result.Losses) is { } lost
            && lost.Count >= PathRules.NearlyAll * limit.Result.Opened
            && 2 * lost.AgeSpreadSeconds < lost.TimeSpreadSeconds
            ? limit.Say(
                BottleneckSide.Server,
                Say($"the server closes connections {lost.MedianAgeSeconds:0.#} s after their last byte "
                    + $"({limit.Main})"),
                "An idle timeout, and no capacity: let application or server "
                + "send pings more often than that, or raise it.", Resource.IdleTimeout)
            : null;

    /// <summary>
    /// Most of what was open ended at once: one event, and not a limit that each connection meets by itself.
    /// </summary>
    public static Bottleneck? MassLoss(LimitCase limit)
    {
        if (!limit.IsMainly(FailureKind.DroppedAbnormally, FailureKind.ClosedByPeer)
            || limit.Result.Losses is not { Count: >= LeastMass, TimeSpreadSeconds: < OneEventSeconds } lost
                || 2 * lost.Count < limit.Result.Opened)
        {
            return null;
        }

        var row = FailureExplanations.Of(limit.Main!.Value);
        return limit.Say(
            row.Side,
            Say($"{lost.Count} connections ended within {Span(lost.TimeSpreadSeconds)}: {row.Cause}"),
            row.Next,
            row.Resource);
    }
}
