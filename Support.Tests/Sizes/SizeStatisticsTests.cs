using NUnit.Framework;
using Support.Measuring.Search;
using Support.Pool;
using Support.Settings;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Sizes;

internal sealed class SizeStatisticsTests
{
    private static readonly GroupLimits Declared = DeclaredLimits.Of(Given.Middle);

    [TestCase(new[] { 980 }, 980, 980, 980)]
    [TestCase(new[] { 985, 975, 980 }, 975, 980, 985)]
    [TestCase(new[] { 985, 975, 980, 979 }, 975, 979, 985)]
    [TestCase(new[] { 980, 500, 980 }, 500, 980, 980)]
    public void The_interval_is_the_least_the_lower_median_and_the_most(int[] limits, int low, int median, int high) =>
        Assert.That(
            SizeStatistics.Interval(Given.Runs(Given.Middle, limits), Declared),
            Is.EqualTo(new LimitInterval(low, median, high, false)));

    [TestCase(276, 275, 275)]
    [TestCase(980, 990, 980)]
    public void A_limit_is_what_was_held_and_no_more_than_was_ever_open_at_once(int holds, int atOnce, int limit) =>
        Assert.That(SizeStatistics.LimitOf(
            Given.Run(Given.Middle, 1, holds).But(verdict => verdict with { PeakConnections = atOnce })),
            Is.EqualTo(limit));

    [TestCase(1490, 1000, 1192)]
    [TestCase(1510, 2000, 1208)]
    public void The_safe_limit_follows_the_limit_and_not_the_step_that_the_ladder_happened_to_reach(
        int limit, int step, int safe)
    {
        var run = Given.Run(Given.Large, 1, limit)
            .But(verdict => verdict with { MaxReliable = step, SafeLimit = (int)(Math.Min(step, limit) * 0.8) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeStatistics.SafeLimitOf(run), Is.EqualTo(safe));
            Assert.That(SizeStatistics.MaxReliableOf(run), Is.EqualTo(Math.Max(step, limit)));
            Assert.That(
                SizeStatistics.SafeLimitOf(run.But(verdict => verdict with { Exact = null, SafeLimit = 7 })),
                Is.EqualTo(7),
                "Without an exact limit the verdict's stands.");
        }
    }

    [Test]
    public void A_server_that_did_not_start_holds_nothing_and_that_counts()
    {
        var run = Given.Run(Given.Middle, 1, 500) with { NotStarted = "it was killed for memory" };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeStatistics.WhyNot(run), Is.Null);
            Assert.That(SizeStatistics.Interval([run], Declared), Is.EqualTo(new LimitInterval(0, 0, 0, false)));
            Assert.That(SizeStatistics.SafeLimitOf(run), Is.Zero);
        }
    }

    [TestCase(65_535, true)]
    [TestCase(1_024, true)]
    [TestCase(65_536, false)]
    public void A_server_that_raised_its_own_limit_of_open_files_is_not_a_task(int hard, bool counts)
    {
        SizeRun With(JudgedStep step) => Given.Run(Given.Middle, 1, 500) with
        {
            Effective = Declared with { DescriptorsHard = 65_535 },
            Steps = [Given.Step(500, 500, 5), step],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                SizeStatistics.WhyNot(With(Given.Step(600, 500, 5).Reading(hard))) is null, Is.EqualTo(counts));
            Assert.That(SizeStatistics.WhyNot(With(Given.Step(600, 500, 5))), Is.Null, "not known");
        }
    }

    [Test]
    public void A_fault_a_broken_run_and_one_that_opened_nothing_do_not_count()
    {
        var run = Given.Run(Given.Middle, 1, 500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeStatistics.WhyNot(run), Is.Null);
            Assert.That(SizeStatistics.WhyNot(Given.Faulty(Given.Middle, 1)), Is.EqualTo("the disk was full"));
            Assert.That(
                SizeStatistics.WhyNot(
                    run.But(verdict => verdict with { Outcome = RunOutcome.Broken, Reasons = ["stopped by SIGTERM"] })),
                Is.EqualTo("stopped by SIGTERM"));
            Assert.That(
                SizeStatistics.WhyNot(run.But(verdict => verdict with { PeakConnections = null })),
                Is.EqualTo("not one connection was opened: memory ran out"));
        }
    }

    [Test]
    public void A_limit_is_a_lower_bound_where_nothing_broke_or_this_side_bound_it()
    {
        var run = Given.Run(Given.Middle, 1, 500);
        var descriptors = Given.Run(Given.Middle, 1, 500, "descriptors");
        bool IsLower(SizeRun one) => SizeStatistics.IsLowerBound(one, Declared);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsLower(run), Is.False);
            Assert.That(IsLower(Given.Run(Given.Middle, 1, 500, null, BottleneckSide.None)), Is.True);
            Assert.That(IsLower(Given.Run(Given.Middle, 1, 500, "ports", BottleneckSide.Client)), Is.True);
            Assert.That(IsLower(descriptors), Is.False, "The task has no more of them.");
            Assert.That(IsLower(descriptors with
            {
                Effective = Declared with { DescriptorsSoft = 20_000, DescriptorsHard = 20_000 },
            }), Is.True);
            Assert.That(
                IsLower(run with { Effective = Declared with { DescriptorsHard = 20_000 } }),
                Is.False,
                "They did not bind.");
            Assert.That(SizeStatistics.Interval(
                [run, Given.Run(Given.Middle, 2, 500, null, BottleneckSide.None)], Declared).IsLowerBound, Is.True);
        }
    }

    [Test]
    public void Without_an_exact_limit_the_highest_count_that_held_99_percent_is_the_limit()
    {
        var run = Given.Run(Given.Middle, 1, 0)
            .But(verdict => verdict with { Exact = null, PeakConnections = 700 }) with
        {
            Steps = [Given.Step(200, 200, 5), Given.Step(500, 495, 9), Given.Step(1000, 700, 90)],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeStatistics.LimitOf(run), Is.EqualTo(500));
            Assert.That(SizeStatistics.IsLowerBound(run, Declared), Is.False, "1,000 broke.");
            Assert.That(
                SizeStatistics.IsLowerBound(run with { Steps = run.Steps[..2] }, Declared), Is.True, "Nothing broke.");
            Assert.That(SizeStatistics.ConnectP95(run), Is.EqualTo(9));
        }
    }

    [Test]
    public void The_most_that_a_run_can_hold_is_below_the_lowest_count_that_never_held()
    {
        SearchProbe Clean(int number, int sessions, int held) =>
            new(number, ProbeKind.Fresh, new OpenPace(10, null), Given.Step(sessions, held, 9).Result!);
        var run = Given.Unfinished(Given.Middle, 1, 500, 1000).But(verdict => verdict with { PeakConnections = 900 });
        var tried = run with { Search = new()
        {
            Ended = "no time was left",
            Probes = [Clean(1, 800, 300), Clean(2, 600, 600), Clean(3, 550, 100)],
        } };
        int? AtMost(params SizeRun[] runs) => SizeStatistics.MedianAtMost(runs, Declared);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(AtMost(run), Is.EqualTo(999));
            Assert.That(
                (SizeStatistics.LimitOf(tried), AtMost(tried)),
                Is.EqualTo((600, (int?)799)),
                "550 failed below what was held.");
            Assert.That(AtMost(Given.Run(Given.Middle, 1, 500)), Is.EqualTo(500));
            Assert.That(AtMost(Given.NotStarted(Given.Middle, 1)), Is.Zero);
            Assert.That(AtMost(Given.Run(Given.Middle, 1, 500, null, BottleneckSide.None)), Is.Null);
            Assert.That(
                AtMost(run.But(verdict =>
                    verdict with { Bottleneck = verdict.Bottleneck with { Side = BottleneckSide.Client } })), Is.Null);
            Assert.That(AtMost(Given.Run(Given.Middle, 1, 500, "descriptors") with
            {
                Effective = Declared with { DescriptorsHard = 600 },
            }), Is.Null);
        }
    }

    [Test]
    public void The_cause_is_that_of_most_runs_and_of_the_lowest_where_none_has_most()
    {
        SizeRun Bound(int number, int limit, string? by) => Given.Run(Given.Middle, number, limit, by);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeStatistics.Cause([Bound(
                1, 900, "processor"), Bound(2, 980, "memory"), Bound(3, 970, "memory")]).BoundBy, Is.EqualTo("memory"));
            Assert.That(
                SizeStatistics.Cause([Bound(1, 980, "memory"), Bound(2, 900, "processor")]).BoundBy,
                Is.EqualTo("processor"));
            Assert.That(SizeStatistics.Cause([Bound(1, 980, null)]).BoundBy, Is.EqualTo("the server itself"));
            Assert.That(
                SizeStatistics.Cause([Given.Run(Given.Middle, 1, 980, null, BottleneckSide.None)]).BoundBy, Is.Null);
            Assert.That(
                SizeStatistics.Cause([Bound(1, 0, null) with { NotStarted = "killed" }]).BoundBy,
                Is.EqualTo("start-up"));
        }
    }

    [TestCase(12_345, 12_300)]
    [TestCase(12_355, 12_400)]
    [TestCase(999.6, 1_000)]
    [TestCase(87.2, 87)]
    [TestCase(0, 0)]
    [TestCase(-12_345, -12_300)]
    [TestCase(double.NaN, null)]
    [TestCase(null, null)]
    public void Bytes_are_accepted_to_three_digits(
        double? bytes, long? rounded) => Assert.That(BaselineEntry.Rounded(bytes), Is.EqualTo(rounded));

    [Test]
    public void The_seeds_table_is_found_again()
    {
        string Expected(int cpu, int memory) => SizeExpectation.Of(new(cpu, memory), GateSettings.SeedsTable) is { } row
            ? $"{row.From} to {row.To}"
            : "none";

        Assert.That(
            new[] { Expected(
                256, 512), Expected(512, 1024), Expected(1024, 2048), Expected(2048, 4096), Expected(4096, 8192) },
            Is.EqualTo(["200 to 500", "500 to 1000", "1000 to 2000", "2000 to 5000", "none"]));
    }

    [TestCase(200, false)]
    [TestCase(199, true)]
    public void A_size_below_its_row_is_a_warning_with_the_likely_cause(int limit, bool warned)
    {
        var report = Given.Of(DefinitionPair.None, Given.Named(Given.Small), Given.Runs(Given.Small, limit)).Judged();

        Assert.That(report.Findings.Select(
            finding => $"{finding.Title}. {finding.Expected}. {finding.Actual}. {finding.Next}"), Is.EqualTo(warned
            ? ["256/512 holds less than is expected of it. 200 to 500 connections (Gate.Expected). 199; the likely "
                + "cause: memory ran out. Give it more."]
            : Array.Empty<string>()));
    }
}
