using System.Collections.Immutable;
using NUnit.Framework;
using Support.Pool;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>
/// Whose limit it was. Never the server's where the client was the limit, nor where the suite failed.
/// </summary>
internal sealed class BottleneckJudgeTests
{
    [TestCase("Refused", BottleneckSide.Server)]
    [TestCase("ConnectTimeout", BottleneckSide.Path)]
    [TestCase("ConnectReset", BottleneckSide.Server)]
    [TestCase("DnsFailure", BottleneckSide.Path)]
    [TestCase("Unreachable", BottleneckSide.Path)]
    [TestCase("TlsFailure(untrusted)", BottleneckSide.Path)]
    [TestCase("HandshakeTimeout", BottleneckSide.Server)]
    [TestCase("HandshakeRejected(301)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(404)", BottleneckSide.Server)]
    [TestCase("HandshakeRejected(429)", BottleneckSide.Server)]
    [TestCase("HandshakeRejected(500)", BottleneckSide.Server)]
    [TestCase("HandshakeRejected(503)", BottleneckSide.Server)]
    [TestCase("HandshakeProtocol", BottleneckSide.Server)]
    [TestCase("ClosedByPeer(1001)", BottleneckSide.Server)]
    [TestCase("ClosedByPeer(1012)", BottleneckSide.Server)]
    [TestCase("ClosedByPeer(1013)", BottleneckSide.Server)]
    [TestCase("DroppedAbnormally(fin)", BottleneckSide.Server)]
    [TestCase("DroppedAbnormally(rst)", BottleneckSide.Server)]
    [TestCase("IdleLost", BottleneckSide.Path)]
    [TestCase("ProtocolViolation", BottleneckSide.Server)]
    [TestCase("ClientLimit(fd)", BottleneckSide.Client)]
    [TestCase("ClientLimit(ports)", BottleneckSide.Client)]
    [TestCase("ClientLimit(memory)", BottleneckSide.Client)]
    [TestCase("ClientLimit(cpu)", BottleneckSide.Client)]
    [TestCase("EnvironmentFailure", BottleneckSide.Client)]
    [TestCase("Interrupted", BottleneckSide.Client)]
    [TestCase("HarnessError", BottleneckSide.Client)]
    [TestCase("NeverHeardOf(7)", BottleneckSide.Client)]
    public void A_class_that_begins_after_good_steps_speaks_for_its_side(string failure, BottleneckSide side)
    {
        var bottleneck = Given.Run(Given.Step(100, 100), Given.Step(200, 120, failure)).Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Side, Is.EqualTo(side));
            Assert.That(bottleneck.Cause, Is.Not.Empty);
            Assert.That(bottleneck.Next, Is.Not.Empty);
            Assert.That(bottleneck.Evidence, Is.EqualTo(
                ["the step of 200: 200 attempted, 120 opened, 120 held", $"80 × {failure}: no example"]));
        }
    }

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_of_failure_has_a_row(FailureKind kind)
    {
        var row = FailureExplanations.All.FirstOrDefault(one => one.Kind == kind);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row?.Cause, Is.Not.Null.And.Not.Empty);
            Assert.That(row?.Next, Does.EndWith("."));
            Assert.That(row?.Side, Is.Not.EqualTo(BottleneckSide.None));
        }
    }

    [TestCase("HandshakeProtocol")]
    [TestCase("HandshakeRejected(403)")]
    public void Advice_that_opened_connections_refute_is_not_given(string failure)
    {
        var row = FailureExplanations.Of(FailureClass.Parse(failure));

        var fromTheFirst = Given.Run(Given.Step(100, 0, failure)).Judged().Bottleneck;
        var later = Given.Run(Given.Step(100, 100), Given.Step(200, 120, failure)).Judged().Bottleneck;

        Assert.That((fromTheFirst.Next, later.Next), Is.EqualTo((row.Next, row.NextOnceOpened)));
    }

    [TestCase("1000")]
    [TestCase("1001")]
    [TestCase("1005")]
    [TestCase("1008")]
    [TestCase("1011")]
    [TestCase("1012")]
    [TestCase("1013")]
    public void Each_close_code_with_a_meaning_of_its_own_has_words_of_its_own(string code) => Assert.That(
        FailureExplanations.Of(new(FailureKind.ClosedByPeer, code)),
        Is.Not.EqualTo(FailureExplanations.Of(new(FailureKind.ClosedByPeer, "4000"))));

    [Test]
    public void No_row_is_hidden_by_one_before_it() => Assert.That(
        FailureExplanations.All.Where(row => FailureExplanations.Of(
            FailureClass.Parse(row.Classes.Replace("xx", "99", StringComparison.Ordinal))) != row)
            .Select(row => row.Classes), Is.Empty);

    [TestCase("HandshakeRejected(400)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(401)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(404)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(426)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(200)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(301)", BottleneckSide.Configuration)]
    [TestCase("HandshakeProtocol(InvalidResponse)", BottleneckSide.Configuration)]
    [TestCase("HandshakeRejected(503)", BottleneckSide.Server)]
    [TestCase("Refused", BottleneckSide.Server)]
    [TestCase("DnsFailure", BottleneckSide.Path)]
    [TestCase("HarnessError", BottleneckSide.Client)]
    public void The_same_answer_from_the_first_connection_on_is_the_configuration(string failure, BottleneckSide side)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Given.Run(Given.Step(10, 0, failure)).Judged().Bottleneck.Side, Is.EqualTo(side), "in the first step");
            Assert.That(
                (Given.Run().With(Given.Critical("Environment.TargetHandshake")) with
                {
                    Handshake = FailureClass.Parse(failure),
                }).Judged().Bottleneck.Side, Is.EqualTo(side), "in the check");
        }
    }

    [Test]
    public void Four_hundred_and_four_only_from_some_connection_on_is_the_server() => Assert.That(
        Given.Run(Given.Step(10, 10), Given.Step(25, 0, "HandshakeRejected(404)")).Judged().Bottleneck.Side,
        Is.EqualTo(BottleneckSide.Server));

    [Test]
    public void What_this_client_ran_out_of_explains_everything_beside_it()
    {
        var step = Given.Step(1000, 500);
        var failures = Classes.Of(("ClientLimit(fd)", 1), ("HandshakeTimeout", 300), ("Refused", 199));
        var bottleneck = Given.Run(step with { Result = step.Result! with { Failures = failures } })
            .Judged().Bottleneck;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Side, Is.EqualTo(BottleneckSide.Client));
            Assert.That(bottleneck.Cause, Does.Contain("file descriptors"));
            Assert.That(bottleneck.Evidence, Has.Length.EqualTo(4));
            Assert.That(bottleneck.Evidence[1], Does.StartWith("300 × HandshakeTimeout"));
        }
    }

    [Test]
    public void The_most_frequent_class_is_the_cause()
    {
        var step = Given.Step(1000, 500);
        var failures = Classes.Of(("ConnectTimeout", 100), ("HandshakeRejected(503)", 400));
        Assert.That(
            Given.Run(step with { Result = step.Result! with { Failures = failures } }).Judged().Bottleneck.Cause,
            Does.Contain("503"));
    }

    [Test]
    public void A_step_that_was_skipped_for_the_clients_own_limit_is_the_clients()
    {
        var bottleneck = Given.Run(Given.Step(200, 200), Given.OverTheClient(
            500, "ClientLimit(ports)", "local ports allow 300 connections (range)")).Judged().Bottleneck;
        Assert.That(
            (bottleneck.Side, bottleneck.Cause),
            Is.EqualTo((BottleneckSide.Client, "ClientLimit(ports): local ports allow 300 connections (range)")));
    }

    [Test]
    public void A_reliable_step_below_99_percent_has_met_a_limit() =>
        Assert.That(
            Given.Run(Given.Step(1000, 980, "HandshakeTimeout")).Judged().Bottleneck.Side,
            Is.EqualTo(BottleneckSide.Server));

    [Test]
    public void An_unreliable_step_above_99_percent_has_met_one_as_well() => Assert.That(
        Given.Run(Given.Step(1000, 995, "ClientLimit(fd)", threshold: 1)).Judged().Bottleneck.Side,
        Is.EqualTo(BottleneckSide.Client));

    [TestCase(1000, 1000)]
    [TestCase(1000, 990)]
    public void From_99_percent_on_no_limit_was_met(int sessions, int held)
    {
        var bottleneck = Given.Run(Given.Step(sessions, held)).Judged().Bottleneck;
        Assert.That((bottleneck.Side, bottleneck.Cause), Is.EqualTo((BottleneckSide.None, "no limit was reached")));
    }

    [Test]
    public void Where_nothing_was_measured_nothing_is_known() =>
        Assert.That(Given.Run().Judged().Bottleneck, Has.Property("Cause").EqualTo("nothing was measured"));

    [Test]
    public void A_run_that_was_stopped_does_not_say_that_there_is_no_limit() => Assert.That(
        (Given.Run(Given.Step(10, 10), Given.Interrupted(25, 5)) with { Interrupted = "SIGTERM" })
            .Judged().Bottleneck.Cause,
        Is.EqualTo("no limit was reached before the run was stopped by SIGTERM"));

    [Test]
    public void A_step_that_ran_out_of_time_is_the_configurations_and_its_rate_is_named()
    {
        var run = Given.Run(OutOfTime());
        var slow = run with { Settings = new CapacitySettings { Pool = new() { Rate = 5 } } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Configuration));
            Assert.That(run.Judged().Bottleneck.Next, Does.Contain("Ladder.StepTimeout"));
            Assert.That(slow.Judged().Bottleneck.Cause, Does.Contain("at 5 opens per second (Pool.Rate)"));
            Assert.That(slow.Judged().Bottleneck.Evidence, Has.Some.EqualTo("no time was left"));
        }
    }

    [Test]
    public void A_server_that_stalls_until_the_time_is_over_is_not_excused()
    {
        var stalled = OutOfTime(("HandshakeTimeout", 200));
        Assert.That(Given.Run(stalled).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Server));
    }

    [Test]
    public void A_loss_without_a_failure_is_the_suites_own()
    {
        var step = Given.Step(100, 50);
        var lost =
            step with { Result = step.Result! with { Failures = ImmutableSortedDictionary<FailureClass, int>.Empty } };
        Assert.That(Given.Run(lost).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Client));
    }

    [TestCase("Settings.Usable", BottleneckSide.Configuration)]
    [TestCase("Environment.FileDescriptors", BottleneckSide.Client)]
    [TestCase("Environment.TargetName", BottleneckSide.Path)]
    [TestCase("Environment.TargetHandshake", BottleneckSide.Path)]
    public void A_critical_finding_is_the_bottleneck_of_a_run_without_steps(string id, BottleneckSide side)
    {
        var bottleneck = Given.Run().With(Given.Critical(id)).Judged().Bottleneck;
        Assert.That(
            (bottleneck.Side, bottleneck.Cause, bottleneck.Next), Is.EqualTo((side, "Title: too few", "Do this.")));
    }

    [Test]
    public void A_fault_is_the_suites_and_bad_settings_are_the_configuration()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (Given.Run(Given.Step(10, 10)) with { Faults = ["it fell over"] }).Judged().Bottleneck.Side,
                Is.EqualTo(BottleneckSide.Client));
            Assert.That(
                new RunEvidence { Faults = ["bad"] }.Judged().Bottleneck.Side,
                Is.EqualTo(BottleneckSide.Configuration));
        }
    }

    private static FailureKind[] Kinds() =>
        [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Unknown)];

    // 400 of 1,000 attempted; what did not fail was held.
    private static JudgedStep OutOfTime(params (string Class, int Count)[] failures)
    {
        var held = 400 - failures.Sum(failure => failure.Count);
        return StepJudge.Judge(
            Given.Result(1000, held) with
            {
                Attempted = 400,
                Failures = Classes.Of(failures),
                Stop = EarlyStopKind.Deadline,
                StoppedEarly = "no time was left",
            },
            Given.Threshold);
    }

    [Test]
    public void What_was_under_way_when_the_time_ended_accuses_no_server()
    {
        var step = StepJudge.Judge(
            Given.Result(60, 30, "Interrupted") with
            {
                Attempted = 31,
                Failures = Classes.Of(("Interrupted", 1)),
                Stop = EarlyStopKind.Deadline,
            },
            Given.Threshold);

        var bottleneck = BottleneckJudge.Judge(new RunEvidence { Steps = [step] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bottleneck.Side, Is.EqualTo(BottleneckSide.Configuration));
            Assert.That(bottleneck.Cause, Does.Contain("time ended"));
        }
    }
}
