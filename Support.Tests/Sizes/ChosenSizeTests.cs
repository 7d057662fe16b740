using NUnit.Framework;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Sizes;

internal sealed class ChosenSizeTests
{
    private static readonly SizeEvidence Three = Given.Of(
        DefinitionPair.None, Given.Named(Given.Large, Given.Small, Given.Middle),
        [.. Given.Runs(
            Given.Large, 2140, 2000, 2140), .. Given.Runs(Given.Small, 400), .. Given.Runs(Given.Middle, 1000, 990)]);

    [TestCase(null, "1024/2048", 2)]
    [TestCase(320, "256/512", 1)]
    [TestCase(321, "512/1024", 2)]
    [TestCase(793, "1024/2048", 2)]
    [TestCase(5_000, "1024/2048", 2)]
    public void Of_named_sizes_it_is_the_least_that_reaches_what_is_required_else_the_largest(
        int? required, string label, int run)
    {
        var report = (required is { } wanted ? Three.Requiring(wanted) : Three).Judged();

        Assert.That((report.Chosen, report.ChosenRun), Is.EqualTo((label, (int?)run)));
    }

    [Test]
    public void Where_no_named_size_reaches_what_is_required_the_best_is_named()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Three.Requiring(1_600).Judged().Missed, Is.Empty);
            Assert.That(Three.Requiring(1_601).Judged().Missed, Is.EqualTo(
                ["no measured size reaches what is required; the best, 1024/2048 holds 2,000 to 2,140, limited by "
                    + "memory; required: a safe limit of 1,601 (Gate.RequiredConnections), and it is 1,600; the runs "
                    + "differ (safe limit 1,600 to 1,712): the least counts"]));
        }
    }

    [Test]
    public void Where_nothing_was_measured_a_requirement_is_missed()
    {
        var nothing = Three with { Runs = [], Cgroups = new(CgroupDriver.None, "no permission", null) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nothing.Judged().Missed, Is.Empty);
            Assert.That(nothing.Requiring(10).Judged().Missed.Single(), Does.StartWith("no size was measured: "
                + "1024/2048: no control group can be made here: no permission; 256/512: no control group"));
            Assert.That((nothing.Judged().Chosen, nothing.Judged().ChosenRun), Is.EqualTo(("1024/2048", (int?)null)));
        }
    }

    [Test]
    public void What_may_hold_more_elsewhere_says_so()
    {
        var evidence = Given.Gated() with { Runs = [Given.Run(Given.Middle, 1, 1000, "ports", BottleneckSide.Client)] };

        Assert.That(evidence.Requiring(2_000).Judged().Missed.Single(), Is.EqualTo(
            "512/1024 holds at least 1,000, limited by ports; required: a safe limit of 2,000 "
            + "(Gate.RequiredConnections), and it is 800; the task may hold more: measure it where this machine is "
            + "not the limit"));
    }

    [TestCase(980, 1_500, "From 1024/2048 to 512/1024: the service held 2,100 to 2,140 connections before and 980 "
        + "after, limited by memory; required: a safe limit of 1,500, and it is 784: no")]
    [TestCase(1_600, 1_500, "From 1024/2048 to 512/1024: the service held 2,100 to 2,140 connections before and 1,600 "
        + "after, limited by memory; required: a safe limit of 1,500, and it is 1,280: no")]
    [TestCase(2_000, 1_500, "From 1024/2048 to 512/1024: the service held 2,100 to 2,140 connections before and 2,000 "
        + "after, limited by memory; required: a safe limit of 1,500, and it is 1,600: yes")]
    [TestCase(2_000, null, "From 1024/2048 to 512/1024: the service held 2,100 to 2,140 connections before and 2,000 "
        + "after, limited by memory")]
    public void A_change_is_told_in_one_sentence(int after, int? required, string summary)
    {
        var evidence = Given.Of(
            Given.Pair(Given.Definition(), Given.Definition(1024, 2048)),
            new() { TaskDefinition = "task.json", RequiredConnections = required },
            [.. Given.Runs(Given.Large, 2140, 2100), .. Given.Runs(Given.Middle, after)]);

        Assert.That(
            evidence.Judged().Change, Is.EqualTo(new SizeChange("1024/2048", "512/1024", "origin/main", summary)));
    }

    [Test]
    public void What_may_be_more_is_told_by_the_least_of_the_runs_and_accepted_numbers_as_such()
    {
        var pair = Given.Pair(Given.Definition(), Given.Definition(1024, 2048));
        GateSettings gate = new() { TaskDefinition = "task.json" };
        SizeRun[] before = [.. Given.Runs(Given.Large, 2140), Given.Run(
            Given.Large, 2, 2180), Given.Run(Given.Large, 3, 2190, null, BottleneckSide.None)];
        SizeRun[] after =
        [
            Given.Run(Given.Middle, 1, 970, null, BottleneckSide.None),
            Given.Run(Given.Middle, 2, 980, null, BottleneckSide.None),
            Given.Run(Given.Middle, 3, 985, null, BottleneckSide.None),
        ];
        var here = Given.Of(pair, gate, [.. before, .. after]);
        var nowhere = here.TooLarge().After(here);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(here.Judged().Change!.Summary, Is.EqualTo(
                "From 1024/2048 to 512/1024: the service held at least 2,140 "
                + "connections before and at least 970 after, no limit reached"));
            Assert.That(nowhere.Judged().Change!.Summary, Is.EqualTo(
                "From 1024/2048 to 512/1024: before it was not measured (it needs 2 GiB of memory), and the service "
                + "held at least 970 connections after (accepted, not measured here), no limit reached"));
        }
    }

    [Test]
    public void A_change_says_what_was_not_measured_and_that_there_is_none()
    {
        var pair = Given.Pair(Given.Definition(), Given.Definition(1024, 2048));
        GateSettings gate = new() { TaskDefinition = "task.json", RequiredConnections = 1_500 };
        string Summary(SizeEvidence evidence) => evidence.Judged().Change!.Summary;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Summary(Given.Of(pair, gate, Given.Runs(Given.Middle, 2000))), Does.StartWith("From 1024/2048 "
                + "to 512/1024: before it was not measured (no run of it took place), and the service held 2,000 "
                + "connections after, limited by memory;"));
            Assert.That(Summary(Given.Of(pair, gate, Given.Runs(Given.Large, 2140))), Is.EqualTo(
                "From 1024/2048 to 512/1024: the service held 2,140 connections before, and after it was not measured "
                + "(no run of it took place); required: a safe limit of 1,500: no"));
            Assert.That(Summary(Given.Of(
                Given.Pair(Given.Definition(), Given.Definition()), gate, Given.Runs(Given.Middle, 2000))), Is.EqualTo(
                "The task's size and limits are the same before and after: 512/1024 holds 2,000 connections, "
                + "limited by memory; required: a safe limit of 1,500, and it is 1,600: yes"));
            Assert.That(Summary(Given.Of(pair, gate, [])), Is.EqualTo(
                "From 1024/2048 to 512/1024: neither was measured: before (no run of it took place), after (no run of "
                + "it took place); required: a safe limit of 1,500: no"));
            Assert.That(Given.Gated(1000).Judged().Change, Is.Null);
        }
    }

    [Test]
    public void The_run_that_is_told_is_the_least_that_has_steps()
    {
        var some = Given.Gated() with
        {
            Runs = [Given.NotStarted(Given.Middle, 1), .. Given.Runs(Given.Middle, 10, 1000, 990).Skip(1)],
        };
        var none =
            Given.Gated() with { Runs = [Given.NotStarted(Given.Middle, 1, "it exited with code 134")] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(some.Judged().ChosenRun, Is.EqualTo(3));
            Assert.That(some.Judged().Missed, Is.Empty);
            Assert.That(none.Judged().ChosenRun, Is.Null);
            Assert.That(
                none.Judged().Missed,
                Is.EqualTo(["the server does not start at 512/1024: it exited with code 134"]));
        }
    }

    [TestCase(
        new[] { 1800, 2000, 2000 },
        1_600,
        "and it is 1,440; the runs differ (safe limit 1,440 to 1,600): the least counts")]
    [TestCase(new[] { 1800, 1900, 2000 }, 1_600, "and it is 1,440")]
    [TestCase(new[] { 2000, 2000, 2100 }, 1_600, null)]
    public void The_least_of_the_runs_counts_and_where_the_median_would_do_that_is_said(
        int[] limits, int required, string? end)
    {
        var missed = Given.Gated(limits).Requiring(required).Judged().Missed;

        Assert.That(missed.SingleOrDefault(), end is null ? Is.Null : Does.EndWith(end));
    }

    [Test]
    public void A_problem_of_the_plan_misses_the_gate()
    {
        var evidence = Given.Of(
            Given.Pair(Given.Definition(null)), new() { TaskDefinition = "task.json", RequiredConnections = 5 }, []);

        Assert.That(
            evidence.Judged().Missed.Single(),
            Does.StartWith("Gate.TaskDefinition is 'task.json': neither the task nor container"));
    }
}
