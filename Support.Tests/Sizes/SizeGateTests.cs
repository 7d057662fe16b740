using System.Collections.Immutable;
using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Measuring;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Sizes;

internal sealed class SizeGateTests
{
    private static readonly SizeEvidence Accepted = Given.Gated(990, 1000, 1010);

    [Test]
    public void A_row_has_what_the_runs_say_together()
    {
        var evidence = Given.Gated(985, 975, 980);
        evidence = evidence with
        {
            Runs =
            [
                .. evidence.Runs.Select(run => run with
                {
                    Steps = [Charged(100, run.Number), Charged(300, run.Number), Charged(500, run.Number)],
                    Fresh = run.Number == 1 ? [Anew(100), Anew(300), Anew(500)] : [],
                    StartSeconds = run.Number,
                    Seconds = run.Number * 60,
                }),
            ],
        };
        var row = evidence.Judged().Rows.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Source, Is.EqualTo(SizeSource.Measured));
            Assert.That(row.NotMeasured, Is.Null);
            Assert.That(row.Limits, Is.EqualTo([985, 975, 980]));
            Assert.That(row.Limit, Is.EqualTo(new LimitInterval(975, 980, 985, false)));
            Assert.That((row.MaxReliable, row.SafeLimit), Is.EqualTo((975, 780)));
            Assert.That((row.BoundBy, row.Cause, row.Next), Is.EqualTo(("memory", "memory ran out", "Give it more.")));
            Assert.That(
                (row.BytesPerConnection, row.ConnectP95, row.StartSeconds, row.SecondsPerRun),
                Is.EqualTo((2_000, 30, 3, 120)).Within(1e-6));
            Assert.That(row.ThrottledShare, Is.EqualTo(0.3).Within(1e-9));
            Assert.That(row.CostPerMonth, Is.EqualTo(18.02).Within(0.005));
            Assert.That(row.CostPerThousand, Is.EqualTo(18.02 / 0.975).Within(0.005));
        }
    }

    [Test]
    public void Without_a_lock_file_a_measured_size_needs_none_and_the_note_says_how_to_get_one()
    {
        var report = Accepted.Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Missed, Is.Empty);
            Assert.That(report.BaselineNotes, Is.EqualTo(["512/1024: 990 to 1,010 measured, no accepted capacity to "
                + "compare with; to accept it, run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json"]));
        }
    }

    [TestCase(784, true)]
    [TestCase(785, false)]
    public void The_safe_limit_has_to_reach_what_is_required(int required, bool met) =>
        Assert.That(Given.Gated(1000, 980, 1000).Requiring(required).Judged().Missed.IsEmpty, Is.EqualTo(met));

    [Test]
    public void A_requirement_that_is_missed_says_what_was_held_and_what_set_the_limit() => Assert.That(
        Given.Gated(985, 975, 980).Requiring(1_500).Judged().Missed,
        Is.EqualTo(["512/1024 holds 975 to 985, limited by memory; required: a safe limit of 1,500 "
            + "(Gate.RequiredConnections), and it is 780"]));

    [Test]
    public void What_cannot_be_measured_here_takes_the_accepted_numbers_and_says_so_loudly()
    {
        var report = Given.Gated().TooLarge().After(Accepted).Requiring(792).Judged();
        var row = report.Rows.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Missed, Is.EqualTo(["no size was measured: 512/1024: it needs 2 GiB of memory"]),
                "no file makes a run green in which nothing was measured");
            Assert.That((row.Source, row.SafeLimit), Is.EqualTo((SizeSource.Baseline, 792)));
            Assert.That(row.NotMeasured, Is.EqualTo("it needs 2 GiB of memory"));
            Assert.That(
                report.Findings.Single().Title,
                Is.EqualTo("512/1024 was not measured: its figures are those of the baseline"));
            Assert.That(report.Findings.Single().Next, Is.EqualTo(
                "On a machine that can measure it, run with CAPACITY_GATE_ACCEPT=true and commit capacity.lock.json."));
            Assert.That((report.Chosen, report.ChosenRun), Is.EqualTo(("512/1024", (int?)null)));
        }
    }

    [Test]
    public void Accepted_numbers_have_to_reach_what_is_required_as_well() => Assert.That(
        Given.Gated().TooLarge().After(Accepted).Requiring(800).Judged().Missed,
        Has.Some.StartsWith("512/1024 holds 990 to 1,010, limited by memory; required: a safe limit of 800"));

    [Test]
    public void Accepted_numbers_stand_in_for_a_size_beside_one_that_was_measured()
    {
        var both = Given.Of(
            DefinitionPair.None,
            Given.Named(Given.Small, Given.Middle),
            [.. Given.Runs(Given.Small, 300), .. Given.Runs(Given.Middle, 1000)]);
        var one = both with
        {
            Runs = Given.Runs(Given.Small, 300),
            Plan = both.Plan with
            {
                Cases =
                [
                    .. both.Plan.Cases.Select(
                        each => each.Size == Given.Middle ? each with { TooLarge = "it needs 2 GiB of memory" } : each),
                ],
            },
        };
        var report = one.After(both).Judged();

        Assert.That(
            (report.Missed.Length, report.Row(Given.Middle).Source), Is.EqualTo((0, SizeSource.Baseline)));
    }

    [Test]
    public void Without_permission_the_gate_is_missed_whatever_was_accepted()
    {
        var report = (Given.Gated() with
        {
            Cgroups = new(CgroupDriver.None, "cgroup2 is read-only", "Run it with --privileged."),
        }).After(Accepted).Judged();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Missed.Single(),
                Does.StartWith("512/1024 was not measured: no control group can be made here: cgroup2 is read-only; "
                    + "what was accepted on 2026-04-01 does not stand in for it").And.EndWith(
                        "Run it with --privileged"));
            Assert.That(report.Rows.Single().Source, Is.EqualTo(SizeSource.None));
        }
    }

    [Test]
    public void A_size_that_the_run_did_not_come_to_takes_no_accepted_numbers()
    {
        var report = (Given.Gated().TooLarge() with { Reached = [] }).After(Accepted).Judged();

        Assert.That(
            (report.Rows.Single().Source, report.Rows.Single().NotMeasured),
            Is.EqualTo((SizeSource.None, "no run of it took place")));
    }

    private static readonly ContainerDefinition Pinned = Given.Container(image: "chat@sha256:aaaaaaaaaaaaaaaa");

    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public void Numbers_that_stand_in_have_to_be_of_the_same_image_and_one_that_is_not_known_is_not(bool then, bool now)
    {
        var accepted = Given.Gated(1000).With(then ? Pinned : Given.Container());
        var here = Given.Gated().With(now ? Pinned : Given.Container()).TooLarge().After(accepted).Judged();

        Assert.That(here.Missed.Single(), then == now
            ? Does.StartWith("no size was measured")
            : Does.Contain("is of another setup: image: accepted "
                + (then ? "sha256:aaaaaaaaaaaa…, now not known" : "not known, now sha256:aaaaaaaaaaaa…")));
    }

    [Test]
    public void What_cannot_be_measured_and_was_never_accepted_is_missed()
    {
        var evidence = Given.Of(Given.Pair(Given.Definition(8192, 16384)), Accepted.Gate, []);
        var other = Given.Gated()
            .With(Given.Container() with { User = "app" }) with { Cgroups = new(CgroupDriver.None, "no", null) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(evidence.Judged().Missed.Single(), Does.StartWith("8192/16384 was not measured: it needs 8 "
                + "vCPU, and this machine has 4 cores; and there is no capacity.lock.json. On a machine that can "
                + "measure it, run with CAPACITY_GATE_ACCEPT=true and commit"));
            Assert.That(
                evidence.After(Accepted).Judged().Missed.Single(),
                Does.Contain("; and capacity.lock.json has no entry for it. On a machine"));
            Assert.That(
                other.After(Accepted).Judged().Missed.Single(),
                Does.Contain("is of another setup: task definition beside its size"));
        }
    }

    [Test]
    public void A_run_that_went_wrong_is_told_and_where_all_did_nothing_stands_in_for_them()
    {
        var some = Given.Gated() with { Runs = [Given.Run(Given.Middle, 1, 1000), Given.Faulty(Given.Middle, 2)] };
        var all = Given.Gated() with { Runs = [Given.Faulty(Given.Middle, 1), Given.Faulty(Given.Middle, 2)] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                some.Judged().Missed, Is.EqualTo(["512/1024: run 2 says nothing of the server: the disk was full"]));
            Assert.That(
                some.Judged().Findings.Single().Title, Is.EqualTo("Run 2 at 512/1024 says nothing of the server"));
            Assert.That(all.After(Accepted).Judged().Missed.Single(), Is.EqualTo("512/1024 was not measured: the disk "
                + "was full; what was accepted on 2026-04-01 does not stand in for it: it does so only where the "
                + "machine is too small. Run it again"));
            Assert.That(all.Judged().Rows.Single().Source, Is.EqualTo(SizeSource.None));
            Assert.That(Given.Gated().Judged().Missed.Single(), Does.Contain("no run of it took place"));
        }
    }

    private static readonly (ImmutableArray<SizeRun> Runs, string Why)[] NotEnough =
    [
        (Given.Runs(Given.Middle, 500, 500), "2 of 3 runs count (Gate.Repeats)"),
        ([.. Given.Runs(Given.Middle, 500, 500), Given.Faulty(Given.Middle, 3)], "2 of 3 runs count (Gate.Repeats)"),
        ([
            .. Given.Runs(Given.Middle, 500, 500),
            Given.NotStarted(Given.Middle, 3),
        ], "in run 3 the server did not start: it was killed for memory"),
        ([], "0 of 3 runs count (Gate.Repeats)"),
    ];

    [TestCaseSource(nameof(NotEnough))]
    public void What_is_not_accepted_says_why_and_is_not_forgiven((ImmutableArray<SizeRun> Runs, string Why) given)
    {
        var evidence = (Given.Gated() with { Runs = given.Runs }).After(Accepted).Accepting(3);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeGate.Accepted(evidence), Is.Null);
            Assert.That(evidence.Judged().Missed, Is.Not.Empty);
            Assert.That(
                evidence.Judged().Findings.Single(finding => finding.Id == "Sizes.NotAccepted").Actual,
                Is.EqualTo($"{given.Why}; capacity.lock.json keeps what it has of it"));
        }
    }

    [TestCase(65_535, 20_000, null, false)]
    [TestCase(20_000, 16_000, null, false)]
    [TestCase(20_000, 16_001, null, true)]
    [TestCase(20_000, 500, "descriptors", true)]
    public void Fewer_open_files_than_the_task_has_are_told_where_they_mattered(
        int allowed, int limit, string? boundBy, bool told)
    {
        var evidence = Given.Gated() with
        {
            Runs = [Given.Run(Given.Middle, 1, limit, boundBy)],
            Machine = Given.Machine with { Descriptors = allowed },
        };

        Assert.That(evidence.Judged().Findings.Any(finding => finding.Id == "Sizes.Descriptors"), Is.EqualTo(told));
    }

    // A group with 1,000 bytes a connection times the run's number, throttled in a tenth of its periods times the
    // number.
    internal static JudgedStep Charged(int held, int number)
    {
        var step = Given.Step(held, held, number * 10);
        ServerGroup group = new()
        {
            MemoryBytes = 1_000_000 + (held * number * 1_000), MemoryLimitBytes = 1 << 30, Periods = 10,
            ThrottledPeriods = number,
        };
        var resources = new StepResources { Server = new() { Processes = 1, Group = group } };
        return step with { Result = step.Result! with { Resources = resources } };
    }

    private static FreshStage Anew(int held) => new(held, null, 1_000_000 + (held * 2_000));

    [Test]
    public void Without_a_server_started_anew_what_a_connection_takes_is_not_known()
    {
        var evidence = Given.Gated(985, 975, 980);
        var grown = evidence with
        {
            Runs = [.. evidence.Runs.Select(
                run => run with { Steps = [Charged(100, 1), Charged(300, 1), Charged(500, 1)] })],
        };

        Assert.That(grown.Judged().Rows.Single().BytesPerConnection, Is.Null);
    }

    [Test]
    public void Accepting_writes_what_was_measured_and_not_what_was_before()
    {
        var evidence = Given.Of(
            Given.Pair(Given.Definition(), Given.Definition(1024, 2048)),
            Accepted.Gate,
            [.. Given.Runs(Given.Large, 2140), .. Given.Runs(Given.Middle, 980)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeGate.Accepted(evidence), Is.Null);
            Assert.That(
                BaselineFileParser.Parse(evidence.Text(), "lock.json").File.Servers[Given.Server].Keys,
                Is.EqualTo(["512/1024"]));
            Assert.That(
                SizeGate.Accepted(evidence with { Runs = [], Gate = evidence.Gate with { Accept = true } }), Is.Null);
        }
    }
}
