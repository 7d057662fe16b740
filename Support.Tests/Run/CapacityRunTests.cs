using System.Collections.Immutable;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Files;
using Support.Run;
using Support.Sizes;
using Support.Verdict;

namespace Support.Tests.Run;

/// <summary>
/// Whole runs on a simulated server: what is measured, kept, judged and written, and what becomes of each when
/// something goes wrong.
/// </summary>
[CancelAfter(60_000)]
internal sealed class CapacityRunTests
{
    private static readonly string[] Files =
        ["capacity.json", "capacity.md", "capacity.html", "junit.xml", "steps.jsonl"];

    // Nobody says when a server elsewhere is done with the step before: the whole pause is waited.
    private static readonly (string, string)[] Slow =
        [("Ladder.Pause", "10s"), ("Target.Url", "ws://example.invalid/"), ("Ladder.Steps", "5,10")];

    [Test]
    public async Task A_run_climbs_searches_judges_and_reports(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();
        var (left, problems) = driven.Run.Conclusion.Finish();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Steps.Select(step => (step.Sessions, step.Outcome, step.Result!.Held)), Is.EqualTo(new[]
            {
                (50, StepOutcome.Reliable, 50), (100, StepOutcome.Reliable, 100), (200, StepOutcome.Unreliable, 137),
            }));
            // 137 of 138 are 99 %.
            Assert.That(report.Verdict.Exact, Is.EqualTo(new ExactLimit(138, 139) { Held = 137 }));
            var verdict = report.Verdict;
            Assert.That(
                (verdict.Outcome, verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit),
                Is.EqualTo((RunOutcome.Passed, 137, 137, 109)));
            Assert.That(report.Verdict.Bottleneck.Side, Is.EqualTo(BottleneckSide.Server));
            Assert.That(report.Plan.ConnectionsPerTask, Is.EqualTo(109));
            Assert.That(
                (report.Complete, report.Run.Version, report.Checks.Length),
                Is.EqualTo((true, "1.2.3", driven.Run.Checks.Before.Length)));
            Assert.That(Files.Where(name => driven.Folder.Read(name) is null), Is.Empty);
            Assert.That(driven.Json.GetProperty("verdict").GetProperty("heldAtOnce").GetInt32(), Is.EqualTo(137));
            Assert.That((left, problems.Length), Is.EqualTo(((WrittenRun?)null, 0)));
        }
    }

    [Test]
    public async Task What_is_measured_is_on_disk_before_anyone_is_told(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        var onDisk = new List<int>();
        driven.Screen.OnStep = _ => onDisk.Add(driven.Logged.Count(kind => kind == "step"));
        await driven.MeasureAsync(stop);
        var before = driven.Logged;
        await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(onDisk, Is.EqualTo([1, 2, 3]));
            Assert.That(before[..5], Is.EqualTo(["run", "calibration", "step", "step", "step"]));
            Assert.That(before[5..^1], Is.Not.Empty.And.All.EqualTo("try"));
            Assert.That((before[^1], driven.Logged[^1]), Is.EqualTo(("search", "complete")));
        }
    }

    [Test]
    public async Task Memory_is_measured_on_a_server_that_was_started_anew_for_it(CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 137);
        await using var driven = new Driven(server, ("Target.Command", "node server.js"));
        await driven.MeasureAsync(stop);
        var before = server.Starts;
        var (stages, whyNot) = await driven.InTimeAsync(driven.Run.Memory.MeasureAsync(), stop);
        driven.Run.Interruption.Stop("SIGTERM");
        var late = await driven.Run.Memory.MeasureAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((driven.Run.Memory.IsOn, whyNot), Is.EqualTo((true, (string?)null)));
            // 80 % of 137, in four stages.
            Assert.That(stages.Select(stage => stage.Held), Is.EqualTo([27, 54, 81, 109]));
            Assert.That(
                (before, server.Starts), Is.EqualTo((1, 2)), "the second is not renewed once the run is stopped");
            Assert.That(driven.Logged[^1], Is.EqualTo("fresh"));
            Assert.That(
                (late.Stages.Length, late.WhyNot), Is.EqualTo((0, "not measured: the run was stopped by SIGTERM")));
        }
    }

    [Test]
    public async Task A_signal_in_mid_ladder_ends_the_step_and_leaves_every_report(CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 1_000);
        await using var driven = new Driven(server);
        server.Opening = count =>
        {
            if (count == 100)
                driven.Run.Interruption.Stop("SIGTERM");
        };
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Steps.Select(step => step.Outcome),
                Is.EqualTo([StepOutcome.Reliable, StepOutcome.NotAttempted, StepOutcome.NotAttempted]));
            Assert.That(report.Steps[1].Reason, Does.StartWith("interrupted: 0 of 100"));
            Assert.That(report.Steps[2].Reason, Is.EqualTo("not attempted: the run was stopped by SIGTERM"));
            Assert.That(
                (report.Verdict.Outcome, report.Interrupted, report.Complete),
                Is.EqualTo((RunOutcome.Broken, "SIGTERM", false)));
            Assert.That(report.Search, Is.Null);
            Assert.That(driven.Run.Ladder.WhyNoSearch(), Is.EqualTo("not searched: the run was stopped by SIGTERM"));
            Assert.That(Files.Where(name => driven.Folder.Read(name) is null), Is.Empty);
            Assert.That(driven.Logged[^1], Is.EqualTo("complete"));
        }
    }

    [Test]
    public async Task A_signal_in_the_pause_lets_no_other_step_begin(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 1_000), Slow);
        driven.Screen.OnPause = () => driven.Run.Interruption.Stop("SIGTERM");
        await driven.ClimbAsync(stop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(driven.Server.Attempted, Is.EqualTo(5));
            Assert.That(
                driven.Run.Conclusion.Judge().Steps.Select(step => step.Reason),
                Is.EqualTo([null, "not attempted: the run was stopped by SIGTERM"]));
        }
    }

    [Test]
    public async Task A_process_that_ends_in_a_step_leaves_a_report_of_what_is_known_and_no_file_half_written(
        CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 1_000);
        await using var driven = new Driven(server);
        server.Opening = count =>
        {
            if (count == 100)
                driven.Run.WriteWhatIsKnown("the end of the test runner");
        };
        await driven.MeasureAsync(stop);
        var late = await driven.Run.Conclusion.WriteAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(driven.Json.GetProperty("interrupted").GetString(), Is.EqualTo("the end of the test runner"));
            Assert.That(driven.Json.GetProperty("steps").GetArrayLength(), Is.EqualTo(1));
            Assert.That(
                (late.Files, late.Problems), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())),
                "nothing begins to write any more");
        }
    }

    [Test]
    public async Task A_filter_that_leaves_the_verdict_out_is_judged_all_the_same(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137), ("Gate.RequiredConnections", "200"));
        await driven.ClimbAsync(stop);
        var (concluded, problems) = driven.Run.Conclusion.Finish();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((concluded!.Report.Verdict.Outcome, problems.Length), Is.EqualTo((RunOutcome.Failed, 0)));
            Assert.That(Files.Where(name => driven.Folder.Read(name) is null), Is.Empty);
            Assert.That(driven.SelfTest.Runs, Is.EqualTo(1), "no step is attempted with a pool that nobody tried");
            Assert.That(driven.Screen.Events.Last(), Is.SameAs(concluded.Report));
        }
    }

    [Test]
    public async Task Checks_alone_are_no_run(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        foreach (var check in driven.Run.Checks.Before)
            Assert.That((await driven.Run.Checks.RunAsync(check, stop)).Finding, Is.Not.Null);

        Assert.That(driven.Run.Conclusion.Finish().Run?.Report.Verdict.Outcome, Is.EqualTo(RunOutcome.NotAttempted));
    }

    [Test]
    public async Task A_critical_check_lets_nothing_be_opened(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137) { Rejects = "Refused: nothing listens there" });
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Checks.Where(check => check.Outcome == CheckOutcome.Critical).Select(check => check.Id),
                Is.EqualTo(["Environment.TargetHandshake"]));
            Assert.That(
                report.Steps.Select(step => step.Reason),
                Is.All.EqualTo("not attempted: Target answers a WebSocket handshake: Refused: nothing listens there"));
            Assert.That((driven.Server.Attempted, driven.SelfTest.Runs), Is.EqualTo((0, 0)));
            Assert.That(report.Verdict.Outcome, Is.EqualTo(RunOutcome.NotAttempted));
        }
    }

    [Test]
    public async Task A_pool_that_does_not_read_the_truth_measures_nothing(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        driven.SelfTest.Problem = "one more than there is";
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                report.Steps,
                Has.Length.EqualTo(3).And.All.Property(nameof(JudgedStep.Result)).Null);
            Assert.That(report.Steps.Select(step => step.Reason), Is.All.Contains("one more than there is"));
            Assert.That((driven.Server.Attempted, report.Verdict.Outcome), Is.EqualTo((0, RunOutcome.Broken)));
        }
    }

    [Test]
    public async Task A_run_that_was_killed_is_told_by_the_next_that_measures_nothing(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        await driven.MeasureAsync(stop);
        driven.Again();
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Rebuilt, Is.Not.Null);
            Assert.That(report.Interrupted, Does.StartWith("killed after ").And.EndsWith("of the search"));
            Assert.That(
                (report.Complete, report.Verdict.Outcome, report.Verdict.PeakConnections),
                Is.EqualTo((false, RunOutcome.NotAttempted, 137)));
            Assert.That(report.Steps, Has.Length.EqualTo(3));
            Assert.That(driven.Logged[^1], Is.Not.EqualTo("complete"), "the log is the killed run's still");
        }
    }

    [Test]
    public async Task A_run_that_measures_keeps_the_log_of_a_killed_one_aside(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        await driven.MeasureAsync(stop);
        var log = driven.Folder.Read(StepsLog.FileName);
        driven.Again();
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(driven.Folder.Read(StepsLog.KilledFileName), Is.EqualTo(log));
            Assert.That(report.Verdict.Findings.Select(finding => finding.Id), Does.Contain(KilledRun.Id));
            Assert.That((report.Rebuilt, report.Verdict.Outcome), Is.EqualTo(((RebuiltFrom?)null, RunOutcome.Passed)));
        }
    }

    [Test]
    public async Task What_cannot_be_written_is_on_the_screen_and_the_run_is_red(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137));
        driven.Screen.OnStep = step =>
        {
            if (step.Sessions != 50)
                return;
            // A file where the folder was: nothing can be written there any more.
            Directory.Delete(driven.Folder.Directory, recursive: true);
            File.WriteAllText(driven.Folder.Directory, "");
        };
        await driven.MeasureAsync(stop);
        var written = await driven.Run.Conclusion.WriteAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                driven.Screen.Events.OfType<string>().First(),
                Does.StartWith("""{"kind":"step","step":{"sessions":100,"""));
            Assert.That(
                written.Problems.Select(problem => problem.Split(':')[0]),
                Is.SupersetOf(["capacity.json", "capacity.md", "capacity.html", "junit.xml"]));
            Assert.That(written.Report.Verdict.Outcome, Is.EqualTo(RunOutcome.Broken));
            Assert.That(written.Report.Steps, Has.Length.EqualTo(3), "it stays in memory");
        }
    }

    [Test]
    public async Task A_target_of_its_own_that_died_has_no_limit(CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 1_000);
        await using var driven = new Driven(server, ("Target.Url", "embedded"));
        server.Opening = count => server.Target!.HasExited = count == 100;
        await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Steps.Select(step => (step.Outcome, step.Reason)), Is.EqualTo(new[]
            {
                (StepOutcome.Reliable, (string?)null),
                (StepOutcome.NotAttempted, "not judged: the embedded target ended by itself. out of luck"),
                (StepOutcome.NotAttempted, "not attempted: the embedded target ended by itself. out of luck"),
            }));
            Assert.That(
                (report.Verdict.Outcome, report.Search),
                Is.EqualTo((RunOutcome.Broken, (Support.Measuring.Search.SearchResult?)null)));
        }
    }

    [Test]
    public async Task What_the_gates_judged_stays_whatever_comes_later(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137), ("Aws.Publish", "emf"));
        await driven.MeasureAsync(stop);
        var judged = await driven.ConcludeAsync();
        driven.Run.Interruption.Stop("SIGTERM");
        var (publication, written) = await driven.Run.Conclusion.PublishAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((judged.Complete, judged.Publications.Length), Is.EqualTo((true, 0)));
            Assert.That(
                (written.Report.Complete, written.Report.Verdict.Outcome), Is.EqualTo((true, RunOutcome.Passed)));
            Assert.That(written.Report.Publications, Is.EqualTo([publication]), "that is all that is new");
            Assert.That(driven.Json.GetProperty("complete").GetBoolean(), Is.True);
        }
    }

    [Test]
    public async Task Settings_that_cannot_be_used_are_a_report_of_a_broken_run(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137), ("Ladder.Threshold", "101%"));
        var found = new List<(Finding? Finding, string? WhyNot)>();
        foreach (var check in driven.Run.Checks.Before)
            found.Add(await driven.Run.Checks.RunAsync(check, stop));
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found[0].Finding?.Outcome, Is.EqualTo(CheckOutcome.Critical));
            Assert.That(
                found.Skip(1).Select(one => one.WhyNot), Is.All.EqualTo("not checked: the settings cannot be used"));
            Assert.That(driven.Run.Ladder.Steps, Is.Empty);
            Assert.That(report.Verdict.Outcome, Is.EqualTo(RunOutcome.Broken));
            Assert.That(report.Verdict.Reasons, Is.EqualTo(["these settings cannot be used: Ladder.Threshold"]));
        }
    }

    [Test]
    public async Task A_pause_that_lasts_shows_that_it_is_alive(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 1_000), Slow);
        await driven.ClimbAsync(stop);

        var pauses = driven.Screen.Events.OfType<(int Sessions, TimeSpan? Waited)>();
        Assert.That(
            pauses.Select(pause => (pause.Sessions, pause.Waited?.TotalSeconds >= 10)),
            Is.EqualTo(new[] { (10, false), (10, false), (10, true) }));
    }
}
