using NUnit.Framework;
using Support.Reports.Content;
using Support.Reports.Documents;
using Support.Sizes;

namespace Support.Tests.Reports.Content;

/// <summary>Task sizes: before and after, and each of them.</summary>
internal sealed class SizeContentTests
{
    private static SizeReport Sizes { get; } = SizeReports.Change();

    [Test]
    public void Before_and_after_stand_beside_each_other_with_what_changed()
    {
        var rows = ((Block.Table)SizeContent.Head(Sizes, 1500)).Rows
            .ToDictionary(row => row.Cells[0].Plain, Walk.Cells);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows["Max connections"][1..], Is.EqualTo(["2,140 to 2,180", "980 to 990", "-1,175 (-54 %)"]));
            Assert.That(rows["Recommended max"][1..], Is.EqualTo(["1,712", "784", "-928 (-54 %)"]));
            Assert.That(rows["Reaches the required 1,500"][1..3], Is.EqualTo(["✓ yes", "✗ no"]));
            Assert.That(rows["Limited by"][1..], Is.EqualTo(["processor", "memory", "changed"]));
            Assert.That(rows["Monthly cost"][1..], Is.EqualTo(["$18.02", "$9.01", "-$9.01 (-50 %)"]));
            Assert.That(rows["Monthly cost per 1,000"][3], Is.EqualTo("+$0.77 (+9 %)"));
            Assert.That(
                ((Block.Table)SizeContent.Head(Sizes, null)).Rows.Select(row => row.Cells[0].Plain),
                Has.None.StartsWith("Reaches"));
        }
    }

    // Low, high and kind of the limit before and after; the difference.
    [TestCase(1000, 1020, false, 990, 1001, false, "-10 (-1 %), within the spread")]
    [TestCase(1000, 1000, false, 2000, 2000, false, "+1,000 (+100 %)")]
    [TestCase(1000, 1000, false, 1000, 1000, false, "0, within the spread")]
    [TestCase(0, 0, false, 500, 500, false, "+500")]
    [TestCase(1000, 1000, true, 2000, 2000, false, "not known: a lower bound")]
    public void A_difference_is_one_of_intervals(
        int low, int high, bool isBound, int lowAfter, int highAfter, bool isBoundAfter, string difference)
    {
        var (before, after) = (Sizes.Rows[0], Sizes.Rows[1]);
        var changed = Sizes with
        {
            Rows = [
                after with { Limit = new(lowAfter, lowAfter, highAfter, isBoundAfter) },
                before with { Limit = new(low, low, high, isBound) },
            ],
        };

        Assert.That(((Block.Table)SizeContent.Head(changed, null)).Rows[0].Cells[^1].Plain, Is.EqualTo(difference));
    }

    [Test]
    public void A_lower_bound_below_what_is_required_does_not_show_that_it_is_missed()
    {
        var rows = Sizes.Rows.SetItem(1, Sizes.Rows[1] with { Limit = new(900, 900, 900, true) });
        var table = (Block.Table)SizeContent.Head(Sizes with { Rows = rows }, 1500);

        Assert.That(
            table.Rows.Single(row => row.Cells[0].Plain.StartsWith("Reaches", StringComparison.Ordinal)).Cells[2].Plain,
            Is.EqualTo("✗ not shown: a lower bound"));
    }

    [Test]
    public void A_size_says_what_it_is_in_this_run_and_whether_it_was_measured()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Sizes.Rows.Select(row => SizeContent.Name(Sizes, row)),
                Is.EqualTo(["512/1024 (before)", "256/512 (after)", "1024/2048", "2048/4096 (baseline)", "4096/8192"]));
            Assert.That(
                Sizes.Rows.Select(row => SizeContent.NotOfThisRun(row) is null),
                Is.EqualTo([true, true, true, false, false]));
            Assert.That(
                SizeContent.NotOfThisRun(Sizes.Rows[3]),
                Does.Contain("this machine has 1.5 cores").And.Contain("baseline file"));
            Assert.That(SizeContent.NotOfThisRun(Sizes.Rows[4]), Does.EndWith("There are no figures for it."));
            Assert.That(
                Walk.Table(
                    [SizeContent.Head(SizeReports.Named().Sizes!, null)],
                    "Capacity and cost of each task size")!.Rows.Select(row => row.Cells[0].Plain),
                Is.EqualTo(["256/512", "512/1024 (chosen)"]));
        }
    }

    [Test]
    public void Every_size_is_a_bar_with_its_interval_what_is_recommended_and_what_was_expected()
    {
        var chart = (BarChart)SizeContent.Details(Sizes, 1500).OfType<Block.Picture>().Single().Chart;
        var (first, bound, baseline, none) = (chart.Bars[0], chart.Bars[2], chart.Bars[3], chart.Bars[4]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Parts.Single().Value, first.Interval), Is.EqualTo((2160.0, (2140.0, 2180.0))));
            Assert.That(
                first.Marks.Select(mark => (mark.Low, mark.High)), Is.EqualTo([(1712.0, 1712.0), (500.0, 1000.0)]));
            Assert.That(bound.IsLowerBound, Is.True);
            Assert.That(baseline.Parts.Single().Series, Is.Not.EqualTo(first.Parts.Single().Series));
            Assert.That((none.Parts.Length, none.Text), Is.EqualTo((0, "not measured")));
            Assert.That(chart.Marks.Single().Value, Is.EqualTo(1500));
        }
    }

    [Test]
    public void A_run_says_how_its_server_ended_and_nothing_that_the_server_said()
    {
        var run = SizeReports.Killed(1, 980, 989);
        var table = Walk.Table(SizeContent.Details(Sizes with
        {
            Runs = [run with { Restarts = [new(1, 0, "password=hunter2")] }, run with { Fault = "no room" }],
        }, null), "Each run at each task size")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Walk.Cells(table.Rows[0])[^1],
                Is.EqualTo("restarted 1 time; last exit: it exited with code 1"));
            Assert.That((table.Rows[1].Tone, Walk.Cells(table.Rows[1])[^1]), Is.EqualTo((Tone.Bad, "not measured: no "
                + "room; restarted 2 times, 2 after an OOM kill; last exit: the kernel killed 1 of its processes for "
                + "memory (exit code 137)")));
        }
    }
}
