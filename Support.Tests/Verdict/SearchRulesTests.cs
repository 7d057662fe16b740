using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Plan;
using Support.Pool;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>What the search showed, or a second try of a step, as the cause of the limit.</summary>
internal sealed class SearchRulesTests
{
    private static readonly SearchResult HardCap = new()
    {
        Limit = new(151, 152), End = new(SearchEndKind.Found), Pace = new(null, 150, null),
    };

    [TestCase(16.7, "Pool.Rate=10,")]
    [TestCase(62.5, "Pool.Rate=50,")]
    [TestCase(1000, "Pool.Rate=500,")]
    [TestCase(2, "Pool.Rate=1,")]
    public void A_rate_that_holds_all_gives_a_round_one_below_it_to_set(double rate, string next)
    {
        var verdict = Judged(new()
        {
            Limit = new(100, null), Opening = OpeningLimit.Rate, End = new(SearchEndKind.OpeningLimited),
            Paced = new(new(100, rate), 500, new(500, null)),
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (verdict.Opening, verdict.Bottleneck.Side), Is.EqualTo((OpeningLimit.Rate, BottleneckSide.Server)));
            Assert.That(verdict.Bottleneck.Next, Does.Contain(next));
            Assert.That((verdict.MaxReliable, verdict.SafeLimit), Is.EqualTo((100, 80)));
        }
    }

    [TestCase(OpeningLimit.InFlight, "Pool.InFlight=10 ")]
    [TestCase(OpeningLimit.PerAddress, "Pool.SourceAddresses ")]
    public void Handshakes_at_once_and_a_limit_for_each_client_name_what_to_set(OpeningLimit opening, string next)
    {
        var verdict = Judged(new()
        {
            Limit = new(100, null), Opening = opening, End = new(SearchEndKind.OpeningLimited),
            Paced = opening == OpeningLimit.InFlight ? new(new(10, null), 500, new(500, null)) : null,
        });

        Assert.That(verdict.Bottleneck.Next, Does.Contain(next));
    }

    [Test]
    public void From_a_limit_of_how_connections_are_opened_there_is_no_plan([Values] OpeningLimit opening)
    {
        var verdict = Judged(
            new() { Limit = new(100, null), Opening = opening, End = new(SearchEndKind.OpeningLimited) });
        var plan = ScalingPlanner.Plan(new() { Verdict = verdict, Plan = new() });

        Assert.That((plan.ConnectionsPerTask, plan.TasksNeeded), Is.EqualTo(((int?)null, (long?)null)));
    }

    [Test]
    public void Of_a_limit_that_varies_everything_is_worked_out_from_the_low_end()
    {
        var verdict = Judged(new() { Varies = new(90, 150, [110, 150]), End = new(SearchEndKind.Varies) });

        Assert.That(
            (verdict.Exact, verdict.Interval?.Low, verdict.MaxReliable, verdict.SafeLimit, verdict.Bottleneck.Resource),
            Is.EqualTo(((ExactLimit?)null, 90, 90, 72, Resource.OwnCap)));
    }

    [TestCase(150, Resource.OwnCap)]
    [TestCase(120, null)]
    public void What_a_rate_holds_as_well_as_one_go_is_a_number(int held, Resource? expected) =>
        Assert.That(
            Judged(HardCap with { Pace = new(20, held, null) }, "ConnectReset").Bottleneck.Resource,
            Is.EqualTo(expected));

    [TestCase("HandshakeRejected(503)", Resource.OwnCap)]
    [TestCase("ConnectReset", Resource.OwnCap)]
    [TestCase("ConnectTimeout", Resource.OwnCap)]
    [TestCase("ClosedByPeer(1011)", null)]
    public void A_number_that_holds_at_any_pace_is_the_servers_own(string failure, Resource? resource)
    {
        var verdict = Judged(HardCap, failure);

        Assert.That(
            (verdict.Bottleneck.Side == BottleneckSide.Server, verdict.Bottleneck.Resource),
            Is.EqualTo((true, resource)));
    }

    /// <summary>
    /// A longer backlog holds no connection more: the queue drops what the server would not take anyway.
    /// </summary>
    [Test]
    public void A_number_that_holds_at_any_pace_outranks_what_the_accept_queue_dropped()
    {
        var queue = new StepResources { Server = new() { ListenOverflows = 9 } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Judged(HardCap, "ConnectTimeout", queue).Bottleneck.Resource, Is.EqualTo(Resource.OwnCap));
            Assert.That(
                Judged(HardCap with { Pace = null }, "ConnectTimeout", queue).Bottleneck.Resource,
                Is.EqualTo(Resource.AcceptQueue));
        }
    }

    [Test]
    public void Each_closed_in_words_at_one_age_is_a_timer_whatever_else_its_class_says()
    {
        var ended = Given.Result(200, 0, "ClosedByPeer(1001)") with
        {
            Opened = 200, EndsAtAge = 45, Losses = new(200, 45, 0.1, 0.1), TargetAnswer = TargetAnswer.Opens,
        };
        var verdict = RunJudge.Judge(new() { Settings = new(), Steps = [StepJudge.Judge(ended, 0.75)] });

        Assert.That(
            (verdict.Bottleneck.Resource, verdict.Outcome), Is.EqualTo((Resource.IdleTimeout, RunOutcome.Failed)));
    }

    [Test]
    public void What_ended_once_and_held_when_tried_again_is_a_warning_and_no_limit()
    {
        var before = Given.Result(100, 0, "ClosedByPeer(1001)") with { Opened = 100, Losses = new(100, 6, 0.01, 0.01) };
        var verdict = RunJudge.Judge(new()
        {
            Settings = new(), Steps = [Given.Step(50, 50), Given.Step(100, 100) with { Before = before }],
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (verdict.MaxReliable, verdict.Bottleneck.Side, verdict.Outcome),
                Is.EqualTo((100, BottleneckSide.None, RunOutcome.Passed)));
            Assert.That(verdict.Findings.Select(finding => finding.Id), Does.Contain("Steps.Event"));
        }
    }

    [TestCase(1, RunOutcome.Passed)]
    [TestCase(2, RunOutcome.Failed)]
    public void A_server_that_died_and_came_back_twice_crashed_under_the_load(int times, RunOutcome expected)
    {
        var died = Given.Result(500, 0, "DroppedAbnormally(rst)") with
        {
            Opened = 350, TargetAnswer = TargetAnswer.Restarted,
        };
        var verdict = RunJudge.Judge(new()
        {
            Settings = new(),
            Steps = [Given.Step(100, 100), .. Enumerable.Repeat(StepJudge.Judge(died, Given.Threshold), times)],
        });

        Assert.That(verdict.Outcome, Is.EqualTo(expected));
    }

    [TestCase(0, BottleneckSide.Server)]
    [TestCase(9, BottleneckSide.Path)]
    public void Pings_that_a_number_gets_answered_are_the_servers_and_a_cut_is_the_paths(
        int cutOff, BottleneckSide expected)
    {
        var silent = Given.Result(500, 150, "IdleLost") with
        {
            Opened = 500, CutOff = cutOff, TargetAnswer = TargetAnswer.Opens,
        };
        var verdict = RunJudge.Judge(new()
        {
            Settings = new(), Steps = [Given.Step(100, 100), StepJudge.Judge(silent, Given.Threshold)],
            Search = HardCap with { Pace = null },
        });

        Assert.That(verdict.Bottleneck.Side, Is.EqualTo(expected));
    }

    private static RunVerdict Judged(
        SearchResult search, string failure = "HandshakeRejected(503)", StepResources? resources = null)
    {
        var broke = Given.Result(500, 150, failure) with { Resources = resources ?? new() };
        return RunJudge.Judge(new()
        {
            Settings = new(), Steps = [Given.Step(100, 100), StepJudge.Judge(broke, Given.Threshold)], Search = search,
        });
    }
}
