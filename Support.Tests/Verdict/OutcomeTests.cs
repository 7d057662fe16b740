using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>Passed, failed, broken or not attempted: green without a measurement is impossible.</summary>
internal sealed class OutcomeTests
{
    private static readonly RunEvidence Good = Given.Run(Given.Step(100, 100));
    private static readonly RunEvidence Missed = Given.Run(Given.Step(100, 50)).Requiring(100);

    internal static IEnumerable<TestCaseData> Runs()
    {
        yield return Case("everything held", Good, RunOutcome.Passed);
        yield return Case(
            "a limit was found and nothing is required",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5)),
            RunOutcome.Passed);
        yield return Case(
            "a limit was found above what is required",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5)).Requiring(8),
            RunOutcome.Passed);
        yield return Case("the gate is missed", Missed, RunOutcome.Failed);
        yield return Case("no step", Given.Run(), RunOutcome.NotAttempted, "no capacity step was attempted");
        yield return Case("no step and no settings", new(), RunOutcome.NotAttempted);
        yield return Case("every step skipped", Given.Run(Given.Skipped(10, "no")), RunOutcome.NotAttempted);
        yield return Case("nothing and a gate", Given.Run().Requiring(1), RunOutcome.NotAttempted);
        yield return Case(
            "a critical finding",
            Given.Run(Given.Skipped(10, "no")).With(Given.Critical("Environment.A")),
            RunOutcome.NotAttempted,
            "Title: too few Do this.");
        yield return Case(
            "a critical finding and a measurement",
            Good.With(Given.Critical("Environment.A")),
            RunOutcome.Broken,
            "Title: too few Do this.");
        yield return Case("a fault", Good with { Faults = ["it fell over"] }, RunOutcome.Broken, "it fell over");
        yield return Case("a fault before anything", Given.Run() with { Faults = ["it fell over"] }, RunOutcome.Broken);
        yield return Case(
            "settings that cannot be used",
            new() { Faults = ["the settings cannot be used: X"] },
            RunOutcome.Broken,
            "the settings");
        yield return Case(
            "interrupted", Good with { Interrupted = "SIGTERM" }, RunOutcome.Broken, "stopped by SIGTERM");
        yield return Case(
            "interrupted before anything", Given.Run() with { Interrupted = "SIGINT" }, RunOutcome.Broken);
        yield return Case(
            "interrupted in the first step",
            Given.Run(Given.Interrupted(10, 5)) with { Interrupted = "SIGINT" },
            RunOutcome.Broken);
        yield return Case("interrupted and the gate missed", Missed with { Interrupted = "SIGTERM" }, RunOutcome.Broken,
            "stopped by SIGTERM");
        yield return Case("a fault and the gate missed", Missed with { Faults = ["it fell over"] }, RunOutcome.Broken,
            "it fell over");
        yield return Case("rebuilt from an earlier run", Good with { Rebuilt = true }, RunOutcome.NotAttempted,
            "nothing was measured in this run");
        yield return Case(
            "rebuilt from an earlier run that was stopped",
            Good with { Rebuilt = true, Interrupted = "SIGTERM" },
            RunOutcome.NotAttempted);
        yield return Case(
            "rebuilt from an earlier run that missed its gate",
            Missed with { Rebuilt = true },
            RunOutcome.NotAttempted);
        yield return Case(
            "rebuilt, and a fault", Good with { Rebuilt = true, Faults = ["it fell over"] }, RunOutcome.Broken);
        yield return Case("a closed port", Given.Run(Given.Step(10, 0, "Refused")), RunOutcome.Broken,
            "not one connection was opened");
        yield return Case(
            "404 to everything",
            Given.Run(Given.Step(10, 0, "HandshakeRejected(404)")).Requiring(10),
            RunOutcome.Broken,
            "not one connection was opened");
        yield return Case("opened and nothing held", Given.Run(Given.Step(10, 0, "DroppedAbnormally(fin)") is var step
            ? step with { Result = step.Result! with { Opened = 10 } }
            : step), RunOutcome.Failed, "not one connection was held");
        yield return Case(
            "an error of the suite",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5, "HarnessError")),
            RunOutcome.Broken,
            "the suite itself failed in the step of 25");
        yield return Case(
            "a broken environment",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5, "EnvironmentFailure")),
            RunOutcome.Broken);
        yield return Case(
            "a self-test that failed",
            Good with { SelfTest = Meter("read 149 of 150") },
            RunOutcome.Broken,
            "the self-test failed: a hidden cap: read 149 of 150");
        yield return Case(
            "a self-test that failed, before any step",
            Given.Run() with { SelfTest = Meter("read 149 of 150") },
            RunOutcome.Broken,
            "the self-test failed");
        yield return Case("a self-test that read nothing", Good with { SelfTest = new([], 1) }, RunOutcome.Broken,
            "the self-test returned no reading");
        yield return Case("a self-test that passed", Good with { SelfTest = Meter(null) }, RunOutcome.Passed);
        yield return Case(
            "a target that went away",
            Given.Run(Given.Step(10, 10), Given.Step(25, 0, "Refused").Answering(TargetAnswer.Gone)),
            RunOutcome.Failed,
            "the server crashed between 10 and 25 connections");
        yield return Case(
            "a target that holds on and takes nobody any more",
            Given.Run(Given.Step(10, 10), Given.Step(25, 15, "Refused").Answering(TargetAnswer.Gone)),
            RunOutcome.Passed);
        yield return Case(
            "a target that went away in the search",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5)) with { Search = Search(TargetAnswer.Gone) },
            RunOutcome.Failed,
            "the server crashed between 10 and 15 connections");
        yield return Case("a target that answers again", Given.Run(
            Given.Step(10, 10),
            Given.Step(25, 5, "DroppedAbnormally(rst)").Answering(TargetAnswer.Restarted)), RunOutcome.Passed);
        yield return Case(
            "a target that this side has no port left to ask",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5, "ClientLimit(ports)").Answering(TargetAnswer.Gone)),
            RunOutcome.Passed);
        yield return Case(
            "a worker that was killed for memory",
            Given.Run(Given.Step(10, 10), Given.Step(25, 5, "EnvironmentFailure").Client(oomKills: 1)),
            RunOutcome.Passed);
        yield return Case(
            "an error of the suite that changed nothing",
            Given.Run(Given.Step(100, 99, "HarnessError")),
            RunOutcome.Passed);
    }

    internal static IEnumerable<TestCaseData> Searches()
    {
        yield return Case("an error of the suite in the search", Searched("HarnessError"), RunOutcome.Broken,
            "the suite itself failed in probe 1 of the search, with 15 connections");
        yield return Case("a broken environment in the search", Searched("EnvironmentFailure"), RunOutcome.Broken,
            "failed in probe 1 of the search");
        yield return Case(
            "an answer of the target in the search", Searched("HandshakeRejected(503)"), RunOutcome.Passed);
        yield return Case(
            "an error of the suite that a later limit follows",
            Given.Run(Given.Step(10, 2, "HarnessError"), Given.Step(25, 25), Given.Step(50, 5)),
            RunOutcome.Broken,
            "in the step of 10, so no limit was found there: the suite met an error");
    }

    [TestCaseSource(nameof(Runs))]
    [TestCaseSource(nameof(Searches))]
    public void A_run_is_as_bad_as_the_worst_that_is_true_of_it(RunEvidence run, RunOutcome outcome, string? reason)
    {
        var verdict = run.Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Outcome, Is.EqualTo(outcome), string.Join("; ", verdict.Reasons));
            Assert.That(verdict.Reasons.IsEmpty, Is.EqualTo(outcome == RunOutcome.Passed));
            if (reason is not null)
                Assert.That(verdict.Reasons[0], Does.Contain(reason));
        }
    }

    [Test]
    public void Green_without_a_measurement_is_impossible()
    {
        JudgedStep[] nothing = [Given.Skipped(10, "no"), Given.OverTheClient(
            10, "ClientLimit(fd)", "too few"), Given.Step(10, 0, "Refused"), Given.Interrupted(10, 0)];
        RunEvidence[] runs =
        [
            .. nothing.Append(null).SelectMany(step => new[] { (int?)null, 1 }.Select(required =>
                (step is null ? Given.Run() : Given.Run(step)) is var run && required is { } wanted
                    ? run.Requiring(wanted)
                    : run)),
        ];
        Assert.That(runs.Select(run => run.Judged().Outcome), Has.None.EqualTo(RunOutcome.Passed));
    }

    private static SelfTestResult Meter(string? problem) =>
        new([
            new("dropped connections", "100 left", "100 held", 1, null),
            new("a hidden cap", "150 open", "150 held", 1, problem),
        ], 2);

    private static RunEvidence Searched(string failure) => Given.Run(Given.Step(10, 10), Given.Step(25, 5)) with
    {
        Search = new()
        {
            Probes = [new(1, ProbeKind.Fresh, new(100, null), Given.Result(15, 5, failure))],
            Ended = "the suite itself failed",
        },
    };

    private static SearchResult Search(TargetAnswer answer) => new()
    {
        Probes = [new(1, ProbeKind.Fresh, new(100, null), Given.Result(15, 0) with { TargetAnswer = answer })],
        Ended = "nobody answered",
    };

    private static TestCaseData Case(string name, RunEvidence run, RunOutcome outcome, string? reason = null) =>
        new TestCaseData(run, outcome, reason).SetArgDisplayNames(name);
}
