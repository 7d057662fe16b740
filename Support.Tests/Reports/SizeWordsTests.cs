using NUnit.Framework;
using Support.Reports;
using Support.Sizes;

namespace Support.Tests.Reports;

public sealed class SizeWordsTests
{
    [TestCase(1980, 2010, false, "1,980 to 2,010")]
    [TestCase(2000, 2000, false, "2,000")]
    [TestCase(19_990, 20_000, true, "at least 19,990")]
    [TestCase(0, 0, false, "0")]
    public void A_limit_is_an_interval(int low, int high, bool isLowerBound, string words) =>
        Assert.That(SizeWords.Interval(new LimitInterval(low, low, high, isLowerBound)), Is.EqualTo(words));

    [Test]
    public void No_limit_is_not_zero() => Assert.That(SizeWords.Interval(null), Is.EqualTo("not measured"));

    [Test]
    public void A_finished_run_is_one_row()
    {
        var run = SizeReports.Killed(1, 1980, 1999);
        var rows = new[] { "", "de-DE" }.Select(culture => FormatTests.InCulture(culture, () => ConsoleRows.Row(run, 3)));

        Assert.That(rows, Is.All.EqualTo(
            "✓ 256/512 run 1 of 3: 1,980 held (exact 1,980 / 1,999), safe 1,584, limit set by memory, restarted 2 times (2 × killed by the kernel for memory), started in 0.6 s, took 41 s"));
    }

    [Test]
    public void A_run_that_says_nothing_of_the_server_is_told_from_one_that_holds_nothing()
    {
        var run = SizeReports.Killed(2, 980, 989) with { Restarts = [] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsoleRows.Row(run with { Fault = "no port is free." }, 3), Is.EqualTo("✗ 256/512 run 2 of 3: not measured: no port is free, took 41 s"));
            Assert.That(ConsoleRows.Row(run with { NotStarted = "it ended with 137" }, 3), Is.EqualTo("✗ 256/512 run 2 of 3: 0 held, the server did not start: it ended with 137, took 41 s"));
        }
    }

    [Test]
    public void A_step_and_a_try_at_a_size_have_the_plain_form_behind_it()
    {
        var run = SizeReports.Killed(1, 980, 989);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsoleRows.Row("256/512", run.Steps[0]), Is.EqualTo("  256/512 ✓   500 sessions:   500 successful (100.0%) in 1.31s"));
            Assert.That(SearchRows.Row("256/512", run.Search!.Tries[0], null), Is.EqualTo("  256/512 → try 1: 980 sessions: 980 successful (100.0%) in 2.00s"));
        }
    }

    [Test]
    public void The_closing_table_stands_in_columns()
    {
        string[] expected =
        [
            "",
            "                                   Before: 512/1024  After: 256/512     Difference",
            "Connections held                     2,140 to 2,180      980 to 990  -1,175 (-54%)",
            "Safe limit                                    1,712             784    -928 (-54%)",
            "Reaches the required 1,500                    ✓ yes            ✗ no              –",
            "Limit set by                              processor          memory        changed",
            "Cost of a task a month                       $18.02           $9.01  -$9.01 (-50%)",
            "Cost a month of 1,000 connections             $8.42           $9.19   +$0.77 (+9%)",
            "",
            "Task size              Limit set by  Connections held        Expected  Safe limit  Cost of a task a month  Cost a month of 1,000 connections",
            "512/1024 (before)      processor       2,140 to 2,180    500 to 1,000       1,712                  $18.02                              $8.42",
            "256/512 (after)        memory              980 to 990      200 to 500         784                   $9.01                              $9.19",
            "1024/2048              this client     at least 2,000  1,000 to 2,000       1,600                  $36.04                             $18.02",
            "2048/4096 (lock file)  descriptors     4,400 to 4,520  2,000 to 5,000       3,520                  $72.08                             $16.38",
            "4096/8192              –                 not measured               –           –                 $144.16                                  –",
            "",
            "Task size          Each run             Memory a connection  Throttled  Connect p95  Start-up  Time a run",
            "512/1024 (before)  2,160, 2,140, 2,180            474.6 KiB      98.7%",
        ];
        var lines = FormatTests.InCulture("de-DE", () => ConsoleRows.Sizes(SizeReports.Change(), 1500));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo(SizeWords.Summary(SizeReports.Change().Change!)));
            Assert.That(lines.Skip(1).Take(expected.Length).Zip(expected, (line, start) => line.StartsWith(start, StringComparison.Ordinal) ? start : line), Is.EqualTo(expected));
            Assert.That(lines, Does.Contain("! 2048/4096 was NOT measured here: it needs 2 vCPU, and this machine has 1.5 cores. Its numbers are those of the lock file."));
            Assert.That(lines, Does.Contain("! 4096/8192 was NOT measured: it needs 4 vCPU, and this machine has 1.5 cores. There are no numbers of it."));
            Assert.That(lines, Does.Contain($"✗ Gate missed: {SizeReports.Change().Missed.Single()}").And.Contain($"Accepted capacity: {SizeReports.Change().LockNotes[0]}"));
            Assert.That(lines[^3], Is.EqualTo("Connections held: the least and the most of the runs, with 99 % or more of those wanted held. Safe limit: 80 % of the least."));
            Assert.That(lines[^2], Is.EqualTo($"Costs: 0.04048 US dollars a vCPU hour and 0.004445 a GB hour ({SizeReports.Change().Price.Of}); a month has 730 hours."));
            Assert.That(lines[^1], Is.EqualTo("The verdict and the steps are those of 256/512, run 2: the lowest of its 3 runs."));
            Assert.That(lines.Max(line => line.Length), Is.LessThan(180));
        }
    }

    // Low, high and kind of the limit before and after; the difference.
    [TestCase(1000, 1020, false, 990, 1001, false, "-10 (-1%), within the spread")]
    [TestCase(1000, 1000, false, 2000, 2000, false, "+1,000 (+100%)")]
    [TestCase(1000, 1000, false, 1000, 1000, false, "0, within the spread")]
    [TestCase(0, 0, false, 500, 500, false, "+500")]
    [TestCase(1000, 1000, true, 2000, 2000, false, "not known: a lower bound")]
    public void A_difference_is_one_of_intervals(int low, int high, bool isBound, int lowAfter, int highAfter, bool isBoundAfter, string difference)
    {
        var sizes = SizeReports.Change();
        var (before, after) = (sizes.Rows[0], sizes.Rows[1]);
        var changed = sizes with
        {
            Rows = [after with { Limit = new(lowAfter, lowAfter, highAfter, isBoundAfter) }, before with { Limit = new(low, low, high, isBound) }],
        };

        Assert.That(SizeTables.Change(changed, null)!.Rows[0][^1], Is.EqualTo(difference));
    }

    [Test]
    public void Text_from_outside_cannot_steer_the_terminal()
    {
        var hostile = SizeReports.Hostile("\u001b[2J\nx");
        string[] lines = [.. ConsoleRows.Sizes(hostile, 1), .. hostile.Runs.Select(run => ConsoleRows.Row(run, 1)), ConsoleRows.Row("\u001b[2J", SampleSteps.NotAttempted(1, null))];

        Assert.That(lines.Where(line => line.Any(char.IsControl)), Is.Empty);
    }
}
