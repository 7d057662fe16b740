using NUnit.Framework;
using Support.Host;
using Support.Reports;
using Support.Sizes;
using Support.Verdict;

namespace Support.Tests.Run;

/// <summary>Whole runs at a task size, on a server that dies of one connection more than it holds.</summary>
[CancelAfter(60_000)]
internal sealed class SizedRunTests
{
    private static readonly (string, string)[] Sized =
    [
        ("Gate.Sizes", "256/512"), ("Gate.Repeats", "2"),
        ("Target.Command", "node server.js"), ("Gate.LockFile", "accepted.lock.json"),
    ];

    [Test]
    public async Task A_size_is_measured_as_often_as_asked_and_its_lowest_run_is_the_verdict(CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 137, dies: true);
        await using var driven = new Driven(server, Sized);
        var runs = await MeasureAsync(driven, stop, beforeTheSecond: () => server.Cap = 130);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                runs.Select(run => (run.Number, run.Fault, run.Verdict.Exact?.Holds)),
                Is.EqualTo(new[] { (1, (string?)null, (int?)137), (2, null, 130) }));
            Assert.That(runs.Select(run => run.Verdict.Bottleneck.Resource), Is.All.EqualTo(Resource.Memory));
            Assert.That(
                runs.SelectMany(run => run.Restarts).Select(end => (end.ExitCode, end.OomKills)),
                Is.All.EqualTo(((int?)137, 1L)));
            Assert.That(
                server.Starts,
                Is.InRange(runs.Sum(run => run.Restarts.Length), runs.Sum(run => run.Restarts.Length + 1) + 1),
                "each start but the first of a run, and the one for its memory, follows an end");
            Assert.That(runs.Select(run => run.Fresh.Length), Is.EqualTo([4, 0]), "once at a size");
            Assert.That(runs[0].Fresh.Select(stage => stage.Held), Is.EqualTo([27, 54, 81, 109]));
            Assert.That((report.Sizes?.Chosen, report.Sizes?.ChosenRun), Is.EqualTo(("256/512", 2)));
            Assert.That((report.Verdict.Outcome, report.Verdict.PeakConnections), Is.EqualTo((RunOutcome.Passed, 130)));
            Assert.That(report.Steps, Is.EqualTo(runs[1].Steps));
            Assert.That(report.Ceilings, Is.Null, "they are the client's before it was left alone with the machine");
        }
    }

    [Test]
    public async Task Every_step_and_try_is_on_disk_before_the_run_that_it_is_of(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137, dies: true), Sized);
        await MeasureAsync(driven, stop);
        var kinds = driven.Logged;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kinds[..2], Is.EqualTo(["run", "calibration"]));
            Assert.That(kinds.Count(kind => kind == "sizeRun"), Is.EqualTo(2));
            Assert.That(kinds.Distinct(), Is.EqualTo(["run", "calibration", "sizeStep", "sizeTry", "sizeRun"]));
        }
    }

    [Test]
    public async Task A_size_that_holds_too_little_fails_the_run_and_is_not_accepted(CancellationToken stop)
    {
        await using var driven = new Driven(
            new(cap: 137, dies: true),
            [.. Sized, ("Gate.RequiredConnections", "200"), ("Gate.Accept", "true"), ("Gate.Repeats", "1")]);
        await MeasureAsync(driven, stop);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Verdict.Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(report.Verdict.Reasons.Single(), Does.Contain("256/512").And.Contain("200"));
            Assert.That(
                driven.Screen.Events.OfType<string>().Single(),
                Does.StartWith("accepted: ").And.EndWith("accepted.lock.json"));
        }
    }

    [Test]
    public async Task A_run_that_was_killed_in_a_size_is_told_by_the_next(CancellationToken stop)
    {
        var server = new SimulatedServer(cap: 137, dies: true);
        await using var driven = new Driven(server, Sized);
        await MeasureAsync(driven, stop);
        driven.Again(Sized);
        await driven.Run.BeginAsync();
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Rebuilt?.AtSize, Is.EqualTo("after run 2 at 256/512"));
            Assert.That(
                (report.Verdict.Outcome, report.Sizes?.Rows.Single().Limit?.Low),
                Is.EqualTo((RunOutcome.NotAttempted, 137)));
        }
    }

    [Test]
    public async Task A_size_is_not_measured_once_the_run_was_stopped(CancellationToken stop)
    {
        await using var driven = new Driven(new(cap: 137, dies: true), Sized);
        driven.Run.Interruption.Stop("SIGTERM");
        var size = (await driven.Run.Sizes.PlanAsync()).Cases.Single();

        Assert.That(
            await driven.Run.Sizes.MeasureAsync(size, 1),
            Is.EqualTo(((SizeRun?)null, "not measured: the run was stopped by SIGTERM")));
    }

    [Test]
    public async Task A_size_that_no_machine_here_gives_is_red_whatever_the_lock_file_says(CancellationToken stop)
    {
        (string, string)[] settings = [.. Sized, ("Gate.Sizes", "16384/122880")];
        await using var driven = new Driven(new(cap: 137, dies: true), settings);
        var size = (await driven.Run.Sizes.PlanAsync()).Cases.Single();
        BaselineEntry written = new(
            new(100_000, 100_000, 100_000, false), 3, 100_000, 80_000, "memory", 10_000,
            new("1.2.3", BaselineFile.Method, new(2026, 4, 1), null, null, size.Declared, null, null, null, 3));
        await File.WriteAllTextAsync(
            Path.Combine(Path.GetDirectoryName(driven.Folder.Directory)!, "accepted.lock.json"),
            BaselineFile.Empty.Text("node server.js", new Dictionary<string, BaselineEntry> { [size.Label] = written }),
            stop);
        driven.Again(settings);
        await driven.Run.BeginAsync();
        var (_, whyNot) = await driven.Run.Sizes.MeasureAsync(size, 1);
        var report = await driven.ConcludeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whyNot, Does.StartWith("not measured: it needs "));
            Assert.That(report.Sizes!.Rows.Single().Source, Is.EqualTo(SizeSource.Baseline));
            Assert.That(report.Verdict.Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(report.Verdict.Reasons, Has.Some.StartsWith("no size was measured: 16384/122880: it needs "));
        }
    }

    private static async Task<List<SizeRun>> MeasureAsync(
        Driven driven, CancellationToken stop, Action? beforeTheSecond = null)
    {
        await driven.Run.BeginAsync();
        var runs = new List<SizeRun>();
        foreach (var size in (await driven.Run.Sizes.PlanAsync()).Cases)
        {
            for (var run = 1; run <= driven.Run.Sizes.Repeats; run++)
            {
                if (run == 2)
                    beforeTheSecond?.Invoke();
                runs.Add((await driven.InTimeAsync(driven.Run.Sizes.MeasureAsync(size, run), stop)).Run!);
            }
        }

        return runs;
    }
}
