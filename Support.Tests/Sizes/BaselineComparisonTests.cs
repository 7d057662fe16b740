using NUnit.Framework;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Sizes;

/// <summary>What is measured beside what was accepted.</summary>
internal sealed class BaselineComparisonTests
{
    private static readonly SizeEvidence Accepted = Given.Gated(990, 1000, 1010);

    [TestCase(new[] { 990, 1000, 1010 }, false)]
    [TestCase(new[] { 980, 980, 980 }, false, TestName = "20 fewer are the spread of what was accepted")]
    [TestCase(new[] { 979, 979, 979 }, true, TestName = "21 fewer are more than any spread")]
    [TestCase(new[] { 979, 979, 1000 }, true, TestName = "Nor does a run that differs today excuse them")]
    [TestCase(new[] { 2000, 2000, 2000 }, false)]
    public void Fewer_than_accepted_by_more_than_repeats_differ_is_missed(int[] limits, bool missed)
    {
        var report = Given.Gated(limits).After(Accepted).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Missed.IsEmpty, Is.EqualTo(!missed));
            Assert.That(
                report.BaselineNotes.Single(),
                Does.StartWith("512/1024: ").And.EndWith(" measured, 990 to 1,010 accepted on 2026-04-01"));
        }
    }

    [TestCase(new[] { 1000, 1000, 1000 }, new[] { 990, 990, 990 }, false,
        TestName = "1 % is no difference where three runs agree")]
    [TestCase(new[] { 1000, 1000, 1000 }, new[] { 989, 989, 989 }, true,
        TestName = "More than 1 % is one where three runs agree")]
    [TestCase(new[] { 1000, 1000, 1000 }, new[] { 970, 970 }, false,
        TestName = "3 % is no difference where one side has two runs")]
    [TestCase(new[] { 1000 }, new[] { 970, 970, 970 }, false,
        TestName = "3 % is no difference where the accepted side has one run")]
    [TestCase(new[] { 1000 }, new[] { 969, 969, 969 }, true, TestName = "More than 3 % is one whatever the runs")]
    [TestCase(new[] { 10, 10, 10 }, new[] { 9, 9, 9 }, false, TestName = "One connection is no difference")]
    [TestCase(new[] { 1000, 1000, 1000 }, new[] { 800, 810, 1000 }, true,
        TestName = "Noise of today does not widen what it may lose")]
    [TestCase(new[] { 800, 1000, 1100 }, new[] { 750, 750, 1500 }, false,
        TestName = "A quarter is no difference where accepted runs lie far apart")]
    [TestCase(new[] { 200, 1000, 1800 }, new[] { 749, 749, 749 }, true,
        TestName = "No accepted spread hides the loss of more than a quarter")]
    public void What_is_taken_for_noise_grows_with_the_accepted_spread_up_to_a_quarter(
        int[] accepted, int[] now, bool missed) =>
        Assert.That(Given.Gated(now).After(Given.Gated(accepted)).Judged().Missed.IsEmpty, Is.EqualTo(!missed));

    [TestCase(new[] { 1000, 1000, 1250 }, false)]
    [TestCase(new[] { 1000, 1000, 1251 }, true)]
    public void Runs_that_lie_more_than_a_quarter_apart_are_warned_of(int[] limits, bool warned) =>
        Assert.That(
            Given.Gated(limits).Judged().Findings.Any(finding => finding.Id == "Sizes.Spread"), Is.EqualTo(warned));

    [TestCase(500, 600, true, TestName = "600 broke, so fewer than the accepted 1,000 is certain")]
    [TestCase(500, 2000, false, TestName = "Between 500 and 2,000 nothing is certain")]
    public void A_search_that_did_not_come_to_its_end_hides_no_regression(int held, int broke, bool missed)
    {
        var report = (Given.Gated() with { Runs = [Given.Unfinished(Given.Middle, 1, held, broke)] })
            .After(Accepted).Judged();
        var said = report.Findings.SingleOrDefault(finding => finding.Id == "Sizes.Accepted")?.Actual;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Missed.IsEmpty, Is.EqualTo(!missed));
            Assert.That(said, missed
                ? Is.Null
                : Does.EndWith("The search did not finish: the median may be as high as 1,999."));
            Assert.That(report.Rows.Single().Limit!.IsLowerBound, Is.False);
        }
    }

    [Test]
    public void What_is_missed_beside_what_was_accepted_says_by_how_much() => Assert.That(
        Given.Gated(500, 510, 520).After(Accepted).Judged().Missed.Single(),
        Is.EqualTo("512/1024 holds 500 to 520 and held 990 to 1,010 when it was accepted on 2026-04-01: 490 fewer by "
            + "the median, limited by memory; up to 20 fewer would be taken for noise. Find what costs them; to "
            + "accept it, run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json"));

    private static readonly (string Name, Func<SizeRow, SizeRow> Now, BaselineEntry Then, (Changed, bool)[] Found)[]
        Differences =
        [
            ("nothing", row => row, Entry, []),
            ("memory that binds", row => row with { BytesPerConnection = 15_200 }, Entry,
                [(Changed.MemoryPerConnection, true)]),
            ("memory within noise", row => row with { BytesPerConnection = 10_900 }, Entry, []),
            ("memory that does not bind", row => row with { BytesPerConnection = 15_200, BoundBy = "descriptors" },
                Entry, [(Changed.MemoryPerConnection, false), (Changed.Bottleneck, false)]),
            ("throttling that binds", row => row with { ThrottledShare = 0.6, BoundBy = "processor" },
                Entry with { BoundBy = "processor" }, [(Changed.Throttling, true)]),
            ("throttling within noise", row => row with { ThrottledShare = 0.15, BoundBy = "processor" },
                Entry with { BoundBy = "processor" }, []),
            ("a new cap", row => row with { BoundBy = "its own cap", BytesPerConnection = 12_000 }, Entry,
                [(Changed.OwnCap, true), (Changed.MemoryPerConnection, false)]),
            ("a lower cap", row => row with { BoundBy = "its own cap" }, Entry with { BoundBy = "its own cap" },
                [(Changed.OwnCap, true)]),
            ("a slow start", row => row with { StartSeconds = 12 }, Entry, [(Changed.StartTime, false)]),
            ("a start that takes a little longer", row => row with { StartSeconds = 1.9 }, Entry, []),
            ("a file of before", row => row with { ThrottledShare = 1, StartSeconds = 90, BoundBy = "processor" },
                Entry with { BoundBy = "processor", ThrottledShare = null, StartSeconds = null }, []),
        ];

    private static BaselineEntry Entry => new(
        new(1000, 1000, 1000, false), 3, 1000, 800, "memory", 10_000,
        new("1.0.0", 1, Given.Today, null, null, DeclaredLimits.Of(Given.Middle), null, null, null, 3), 0.1, 1.5);

    [TestCaseSource(nameof(Differences))]
    public void A_regression_names_what_differs_and_calls_a_cause_what_binds(
        (string Name, Func<SizeRow, SizeRow> Now, BaselineEntry Then, (Changed, bool)[] Found) one)
    {
        var size = JudgedSize.Of(Given.Gated(700).Plan.Cases.Single(), Given.Gated(700, 700, 700));
        size = size with { Row = one.Now(size.Row with { BytesPerConnection = 10_000, ThrottledShare = 0.1 }) };

        Assert.That(
            RegressionCause.Of(size, one.Then).Select(cause => (cause.What, cause.IsCause)), Is.EqualTo(one.Found));
    }

    [Test]
    public void A_server_that_does_not_start_any_more_is_told_as_that()
    {
        SizeRun[] runs = [Given.NotStarted(
            Given.Middle, 1), Given.NotStarted(Given.Middle, 2), Given.Run(Given.Middle, 3, 900)];
        var evidence = Given.Gated() with { Runs = [.. runs] };
        var size = JudgedSize.Of(evidence.Plan.Cases.Single(), evidence);

        Assert.That(RegressionCause.Of(size, Entry)[0].What, Is.EqualTo(Changed.Start));
    }

    [Test]
    public void What_is_missed_says_both_figures_of_the_cause()
    {
        var accepted = Given.Gated(1000, 1000, 1000).After(Accepted);
        var then = accepted.Lock.File.Find(accepted.Server, "512/1024")!;
        var grown = Given.Gated(700, 700, 700);
        grown = grown with
        {
            Runs = [.. grown.Runs.Select(run => run with
            {
                Steps = [SizeGateTests.Charged(100, 1), SizeGateTests.Charged(300, 1), SizeGateTests.Charged(500, 1)],
                Fresh = [new(100, null, 1_520_000), new(200, null, 3_040_000), new(300, null, 4_560_000)],
            })],
            Lock = new(BaselineFile.Empty with
            {
                Servers = accepted.Lock.File.Servers.SetItem(
                    accepted.Server,
                    accepted.Lock.File.Servers[accepted.Server].SetItem(
                        "512/1024", then with { BytesPerConnection = 10_000 })),
            }, null),
        };

        Assert.That(
            grown.Judged().Missed.Single(), Does.Contain("a connection takes 15,200 bytes and took 10,000 (+52 %)"));
    }

    [Test]
    public void On_another_processor_fewer_is_said_and_not_called_a_regression()
    {
        var here = Given.Gated(500);
        var report = (here with { Machine = here.Machine with { CpuModel = "Model B" } }).After(Accepted).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Missed, Is.Empty);
            Assert.That(
                report.Findings.Single(one => one.Id == "Sizes.Accepted").Actual,
                Does.Contain("Accepted on Model A, measured on Model B: not called a regression."));
        }
    }

    [Test]
    public void Where_this_machine_was_the_limit_fewer_says_nothing_of_the_server()
    {
        var run = Given.Run(Given.Middle, 1, 500, "ports", BottleneckSide.Client);
        var report = (Given.Gated() with { Runs = [run] }).After(Accepted).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Missed, Is.Empty);
            Assert.That(report.Findings.Select(one => one.Id), Has.Member("Sizes.Accepted"));
        }
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public void One_run_that_met_this_machines_limit_does_not_hide_what_the_others_agree_on(
        int ofTheClient, bool missed)
    {
        var runs = Enumerable.Range(1, 3).Select(number => number <= ofTheClient
            ? Given.Run(Given.Middle, number, 500, "this client", BottleneckSide.Client)
            : Given.Run(Given.Middle, number, 500));

        Assert.That(
            (Given.Gated() with { Runs = [.. runs] }).After(Accepted).Judged().Missed.IsEmpty, Is.EqualTo(!missed));
    }

    private static readonly (string Name, Func<SizeEvidence, SizeEvidence> Change, string Said)[] Others =
    [
        ("version", one => one with { Version = "2.0.0" }, "suite's major version: accepted 1, now 2"),
        ("files", one => one.With(Given.Container() with { Ulimits = [new("nofile", 1024, 1024)] }), "declared "
            + "limits: accepted 1024 MiB, 512 CPU units, nofile 65535:65535, now 1024 MiB, 512 CPU units, nofile "
            + "1024:1024"),
        (
            "kernel settings",
            one => one.With(Given.Container() with { SystemControls = [new("net.core.somaxconn", "128")] }),
            "task definition beside its size: accepted sha256:"),
        ("image", one => one.With(Given.Container(
            image: "chat@sha256:bbbbbbbbbbbbbbbb")), "image: accepted sha256:aaaaaaaaaaaa…, now sha256:bbbbbbbbbbbb…"),
    ];

    [TestCaseSource(nameof(Others))]
    public void What_was_accepted_of_something_else_is_missed_and_names_both_until_it_is_accepted(
        (string Name, Func<SizeEvidence, SizeEvidence> Change, string Said) other)
    {
        var accepted = Given.Gated(1000).With(Given.Container(image: "chat@sha256:aaaaaaaaaaaaaaaa"));
        var changed = other.Change(accepted).After(accepted);
        var accepting = changed with { Gate = changed.Gate with { Accept = true } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted.After(accepted).Judged().Missed, Is.Empty);
            Assert.That(
                changed.Judged().Missed.Single(),
                Does.Contain("accepted on 2026-04-01, but the accepted capacity is of another setup: ").And
                    .Contain(other.Said).And
                    .EndWith(". To accept it, run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json"));
            Assert.That(accepting.Judged().Missed, Is.Empty);
            Assert.That(
                accepting.Judged().BaselineNotes.Single(), Does.Contain(other.Said).And.EndWith("accepted now"));
        }
    }

    [Test]
    public void A_gated_server_that_the_lock_file_has_not_although_it_has_others_is_missed_until_it_is_accepted()
    {
        var renamed = (Given.Gated(1000) with { Server = "node app.js" }).After(Accepted);
        var accepting = renamed with { Gate = renamed.Gate with { Accept = true } };
        var named = Given.Of(DefinitionPair.None, Given.Named(Given.Middle), Given.Runs(Given.Middle, 1000)) with
        {
            Server = "node app.js",
        };
        var nowhere = renamed with { Runs = [], Cgroups = new(CgroupDriver.None, "no", null) };
        const string NoEntry =
            "capacity.lock.json has no entry for the server 'node app.js' (Target.Command), only for: 'node server.js'";
        const string What = $"512/1024: 1,000 measured, but {NoEntry}; if it is the same server, use the same command "
            + "text; else run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(renamed.Judged().Missed, Is.EqualTo([What]));
            Assert.That(accepting.Judged().Missed, Is.Empty);
            Assert.That(accepting.Judged().BaselineNotes.Single(), Does.EndWith("accepted now"));
            Assert.That(named.After(Accepted).Judged().Missed, Is.Empty);
            Assert.That(named.After(Accepted).Judged().BaselineNotes, Is.EqualTo([What]));
            Assert.That(
                nowhere.Judged().Missed.Single(), Does.Contain($"; and {NoEntry}. On a machine that can measure it"));
        }
    }

    [Test]
    public void Another_size_of_the_same_server_needs_no_entry()
    {
        var large = Given.Of(Given.Pair(Given.Definition(1024, 2048)), Accepted.Gate, Given.Runs(Given.Large, 2000))
            .After(Accepted).Judged();

        Assert.That((large.Missed.Length, large.BaselineNotes.Single()), Is.EqualTo(
            (0, "1024/2048: 2,000 measured, no accepted capacity to compare with; to accept it, run with "
                + "CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json")));
    }

    [Test]
    public void An_image_that_is_pinned_by_a_tag_alone_is_not_compared() => Assert.That(
        Given.Gated(1000).After(Given.Gated(1000).With(Given.Container(image: "chat@sha256:aaaaaaaaaaaaaaaa")))
            .Judged().Missed, Is.Empty);

    [Test]
    public void A_named_size_is_held_to_what_was_accepted_too()
    {
        var then = Given.Of(
            DefinitionPair.None,
            Given.Named(Given.Small, Given.Middle),
            [.. Given.Runs(Given.Small, 300), .. Given.Runs(Given.Middle, 1000)]);
        var now = then with { Runs = [.. Given.Runs(Given.Small, 200), .. Given.Runs(Given.Middle, 1000)] };

        Assert.That(now.After(then).Judged().Missed.Single(), Does.StartWith("256/512 holds 200 and held 300"));
    }
}
