using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>Steps and runs to judge.</summary>
internal static class Given
{
    public const double Threshold = 0.75;

    /// <summary>What a step measured; everything that was not held failed as <paramref name="failure"/>.</summary>
    public static StepResult Result(int sessions, int held, string failure = "HandshakeRejected(503)") => new()
    {
        Number = 1,
        Sessions = sessions,
        StartedAt = DateTimeOffset.UnixEpoch,
        Attempted = sessions,
        Opened = held,
        Held = held,
        Seconds = 1,
        Failures = held == sessions
            ? ImmutableSortedDictionary<FailureClass, int>.Empty
            : Classes.Of((failure, sessions - held)),
    };

    public static JudgedStep Step(
        int sessions, int held, string failure = "HandshakeRejected(503)", double threshold = Threshold) =>
        StepJudge.Judge(Result(sessions, held, failure), threshold);

    /// <summary>A step that was stopped from outside with so many open.</summary>
    public static JudgedStep Interrupted(int sessions, int held) => StepJudge.Judge(
        (Result(sessions, held) with
        {
            Attempted = held,
            Failures = ImmutableSortedDictionary<FailureClass, int>.Empty,
        }).Stopped(OpenStep.Interrupted),
        Threshold);

    /// <summary>A step whose facts are changed before it is judged.</summary>
    public static JudgedStep But(
        this JudgedStep step, Func<StepResult, StepResult> change) => StepJudge.Judge(change(step.Result!), Threshold);

    public static JudgedStep Server(this JudgedStep step, ServerReading server) =>
        step.But(result => result with { Resources = result.Resources with { Server = server } });

    /// <summary>A step at which the server was in a control group of its own.</summary>
    public static JudgedStep In(
        this JudgedStep step, ServerGroup group) => step.Server(new() { Name = "node", Processes = 1, Group = group });

    /// <summary>A step of 10 s in which this side was as given; unstrained where nothing is.</summary>
    public static JudgedStep Client(this JudgedStep step, double lag = 0, double? throttled = 0, double? busy = 0.1,
        long oomKills = 0) => step.But(result => result with
    {
        Seconds = 10,
        OpenSeconds = 10,
        Resources = result.Resources with { Client = new(lag, throttled, 2, busy, null, oomKills) },
    });

    public static JudgedStep Answering(
        this JudgedStep step, TargetAnswer answer) => step.But(result => result with { TargetAnswer = answer });

    public static JudgedStep Skipped(int sessions, string reason) => StepJudge.NotAttempted(new(1, sessions), reason);

    /// <summary>A step that needs more than this client has.</summary>
    public static JudgedStep OverTheClient(int sessions, string outOf, string allowed) =>
        Skipped(sessions, $"{outOf}: {allowed}") with { OutOf = FailureClass.Parse(outOf) };

    public static RunEvidence Run(params JudgedStep[] steps) => new() { Settings = new(), Steps = [.. steps] };

    public static RunEvidence Requiring(this RunEvidence run, int connections) =>
        run with { Settings = new CapacitySettings { Gate = new() { RequiredConnections = connections } } };

    public static Finding Critical(
        string id, string actual = "too few") => new(id, "Title", CheckOutcome.Critical, "enough", actual, "Do this.");

    public static RunEvidence With(this RunEvidence run, params Finding[] checks) => run with { Checks = [.. checks] };

    public static RunVerdict Judged(this RunEvidence run) => RunJudge.Judge(run);
}
