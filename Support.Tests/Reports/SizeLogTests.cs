using System.Text.Json;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Data;
using Support.Reports.Files;
using Support.Sizes;
using Support.Targets;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>What a run at task sizes leaves in <c>steps.jsonl</c>.</summary>
internal sealed class SizeLogTests
{
    private static readonly StepsLogHeader Header =
        new("20261115-093012-4f2a", SampleReports.Started, "progressive", 0.75, "1.0.0", "ws://127.0.0.1:41873/",
            false);

    private static readonly SizeRun First = SizeReports.Killed(1, 990, 999);
    private static readonly SizeRun Second = SizeReports.Killed(2, 980, 989);

    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void A_finished_run_comes_back_whole_and_apart_from_the_plain_ladder()
    {
        var read = StepsLog.Read(Written());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.SizeRuns.Select(Text), Is.EqualTo(new[] { Text(First) }));
            Assert.That(read.SizeSteps.Select(step => (step.Label, step.Run, step.Step.Sessions)), Is.EqualTo(
                new[] { ("256/512", 1, 500), ("256/512", 1, 1000), ("256/512", 2, 500), ("256/512", 2, 1000) }));
            Assert.That(
                read.SizeProbes.Select(tried => (tried.Run, tried.Probe.Number)),
                Is.EqualTo(new[] { (1, 1), (1, 2), (2, 1), (2, 2) }));
            Assert.That((read.Steps.Length, read.Probes.Length, read.DamagedLines), Is.EqualTo((0, 0, 0)));
        }
    }

    [Test]
    public void Every_report_of_sizes_can_be_attached_and_read_again() => Assert.That(
        SizeReports.Change().Runs.Select(run => Text(StepsLog.Read(StepsLog.LineOf(run)).SizeRuns.Single())),
        Is.EqualTo(SizeReports.Change().Runs.Select(Text)));

    [Test]
    public void A_last_line_cut_off_anywhere_costs_that_line_alone()
    {
        var text = Written() + StepsLog.LineOf(Second);
        var lastLine = text.LastIndexOf('\n', text.Length - 2) + 1;
        foreach (var length in Enumerable.Range(lastLine + 1, text.Length - lastLine - 2)
            .Where(length => length % 7 == 0))
        {
            var read = StepsLog.Read(text[..length]);
            Assert.That(
                (read.SizeRuns.Length, read.SizeProbes.Length, read.DamagedLines),
                Is.EqualTo((1, 4, 1)),
                $"cut at {length}");
        }

        Assert.That(StepsLog.Read(text[..^1]).SizeRuns, Has.Length.EqualTo(2), "only the line end is missing");
    }

    [TestCase("{\"kind\":\"sizeRun\",\"sizeRun\":{}}")]
    [TestCase(
        "{\"kind\":\"sizeRun\",\"sizeRun\":{\"label\":\"256/512\",\"number\":1,"
        + "\"startedAt\":\"2026-11-15T09:30:12+00:00\",\"verdict\":null}}")]
    [TestCase("{\"kind\":\"sizeStep\",\"size\":\"256/512\",\"step\":{\"sessions\":5}}")]
    [TestCase("{\"kind\":\"sizeTry\",\"number\":1}")]
    public void A_line_with_something_missing_is_damaged(string line)
    {
        var read = StepsLog.Read(line);

        Assert.That(
            (read.DamagedLines, read.SizeRuns.Length, read.SizeSteps.Length, read.SizeProbes.Length),
            Is.EqualTo((1, 0, 0, 0)));
    }

    // How many lines of the log are left; where the run was killed then.
    [TestCase(2, "at 256/512, run 1, after its step of 500 sessions")]
    [TestCase(4, "at 256/512, run 1, after probe 1 of its search")]
    [TestCase(6, "after run 1 at 256/512")]
    [TestCase(8, "at 256/512, run 2, after its step of 1000 sessions")]
    [TestCase(10, "at 256/512, run 2, after probe 2 of its search")]
    public void A_run_that_was_killed_says_at_which_size_and_run(int lines, string where)
    {
        var log = StepsLog.Read(string.Join('\n', Written().Split('\n').Take(lines)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(KilledRun.Where(log), Is.EqualTo(where));
            Assert.That(
                Phrases.Of(KilledRun.Rebuilt(log)),
                Is.EqualTo($"rebuilt from steps.jsonl of run 20261115-093012-4f2a, which was killed {where}"));
            Assert.That(log.HasToBeTold("another"), Is.True);
            Assert.That((log with { Complete = true }).HasToBeTold("another"), Is.True, "it measured something");
        }
    }

    [Test]
    public void What_the_server_said_is_in_no_file_and_what_its_end_means_is()
    {
        var ends = new[] { "password=hunter2 FATAL ERROR: JavaScript heap out of memory", "password=hunter2" }
            .Select(words => new ServerEnd(134, 0, words));
        var run = First with { Restarts = [.. ends] };
        var kept = StepsLog.Read(StepsLog.LineOf(run)).SizeRuns.Single();
        var report = SizeReports.Refused() with { Sizes = SizeReports.Change() with { Runs = [run, kept] } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(StepsLog.LineOf(run), Does.Not.Contain("hunter2").And
                .Contain("\"lastWords\":\"JavaScript heap out of memory\"").And.Contain("\"lastWords\":\"\""));
            Assert.That(kept.Restarts.Select(ServerEndText.Of), Is.EqualTo(ends.Select(ServerEndText.Of)));
            Assert.That(ReportWriter.Formats.Where(
                format => format.Render(report).Contains("hunter2", StringComparison.Ordinal)), Is.Empty);
            Assert.That(
                DataJson.Render(report),
                Does.Contain("it exited with code 134: JavaScript heap out of memory"));
        }
    }

    private string Written()
    {
        var log = StepsLog.Start(temporary.Folder, Header);
        Append(log, First);
        log.Append(First);
        Append(log, Second);
        return File.ReadAllText(Path.Combine(temporary.Folder.Directory, StepsLog.FileName));
    }

    private static void Append(StepsLog log, SizeRun run)
    {
        foreach (var step in run.Steps)
            log.Append(run.Label, run.Number, step);
        foreach (var tried in run.Search!.Probes)
            log.Append(run.Label, run.Number, tried);
    }

    private static string Text(SizeRun run) => JsonSerializer.Serialize(run);
}
