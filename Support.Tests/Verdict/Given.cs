using System.Collections.Immutable;
using Support.Environments;
using Support.Measuring;
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
            ? ImmutableSortedDictionary<string, int>.Empty
            : ImmutableSortedDictionary<string, int>.Empty.Add(failure, sessions - held),
    };

    public static JudgedStep Step(int sessions, int held, string failure = "HandshakeRejected(503)", double threshold = Threshold) =>
        StepJudge.Judge(Result(sessions, held, failure), threshold);

    /// <summary>A step that was stopped from outside with so many open.</summary>
    public static JudgedStep Interrupted(int sessions, int held) => StepJudge.Judge(
        Result(sessions, held) with { Attempted = held, Failures = ImmutableSortedDictionary<string, int>.Empty, StoppedEarly = OpenStep.InterruptedText },
        Threshold);

    public static JudgedStep Skipped(int sessions, string reason) => StepJudge.NotAttempted(new(1, sessions), reason);

    public static RunEvidence Run(params JudgedStep[] steps) => new() { Settings = new(), Steps = [.. steps] };

    public static RunEvidence Requiring(this RunEvidence run, int connections) =>
        run with { Settings = new CapacitySettings { Gate = new() { RequiredConnections = connections } } };

    public static Finding Critical(string id, string actual = "too few") => new(id, "Title", CheckOutcome.Critical, "enough", actual, "Do this.");

    public static RunEvidence With(this RunEvidence run, params Finding[] checks) => run with { Checks = [.. checks] };

    public static RunVerdict Judged(this RunEvidence run) => RunJudge.Judge(run);
}
