using System.Text.Json;
using NUnit.Framework;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Files;
using Support.Verdict;

namespace Support.Tests.Reports;

internal sealed class StepsLogTests
{
    private static readonly StepsLogHeader Header =
        new("20261115-093012-4f2a", SampleReports.Started, "progressive", 0.75, "1.0.0", "ws://127.0.0.1:41873/", true);

    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void What_is_written_is_read_back_in_every_culture()
    {
        var written = Culture.In("de-DE", () => Write(SampleReports.EightSteps(), complete: true));
        var read = Culture.In("ar-SA", () => StepsLog.Read(written));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Header, Is.EqualTo(Header));
            Assert.That(read.Steps.Select(Text), Is.EqualTo(SampleReports.EightSteps().Steps.Select(Text)));
            Assert.That((read.Complete, read.Interrupted, read.DamagedLines), Is.EqualTo((true, (string?)null, 0)));
        }
    }

    [Test]
    public void A_step_without_a_result_and_hostile_text_come_back()
    {
        var report = SampleReports.Hostile() with
        {
            Steps = [.. SampleReports.Hostile().Steps, SampleSteps.NotAttempted(5, null)],
        };
        var read = StepsLog.Read(Write(report, complete: false));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read.Steps, Has.Length.EqualTo(2));
            Assert.That(read.Steps[0].Result!.Seconds, Is.NaN);
            Assert.That(read.Steps[0].Reason, Does.Contain("<script>alert('x')</script>"));
            Assert.That(read.Steps[1], Is.EqualTo(SampleSteps.NotAttempted(5, null)));
            Assert.That(read.Complete, Is.False);
        }
    }

    [Test]
    public void A_last_line_cut_off_at_any_byte_costs_that_line_alone()
    {
        var text = Write(SampleReports.LimitFound(), complete: false);
        var lastLine = text.LastIndexOf('\n', text.Length - 2) + 1;
        for (var length = lastLine; length < text.Length - 1; length++)
        {
            var read = StepsLog.Read(text[..length]);
            Assert.That(
                (read.Header, read.Steps.Length, read.Complete), Is.EqualTo((Header, 6, false)), $"cut at {length}");
            Assert.That(read.DamagedLines, Is.EqualTo(length == lastLine ? 0 : 1), $"cut at {length}");
        }

        Assert.That(StepsLog.Read(text[..^1]).Steps, Has.Length.EqualTo(7), "only the line end is missing");
    }

    [TestCase("", 0)]
    [TestCase("\n\n", 0)]
    [TestCase("null\n", 1)]
    [TestCase("[]\n{}\n", 2)]
    [TestCase("{\"kind\":\"step\"}\n", 1)]
    [TestCase("{\"kind\":\"step\",\"step\":{\"sessions\":\"many\"}}\n", 1)]
    [TestCase("\u0000\u0001 not json at all\n{\"kind\":7}", 2)]
    public void Nothing_and_garbage_are_read_as_such(string text, int damaged)
    {
        var read = StepsLog.Read(text);

        Assert.That(
            (read.Header, read.Steps.Length, read.Complete, read.DamagedLines),
            Is.EqualTo(((StepsLogHeader?)null, 0, false, damaged)));
    }

    [Test]
    public void Every_step_is_on_disk_when_the_call_returns_and_a_new_run_starts_afresh()
    {
        Write(SampleReports.Passed(), complete: true);
        var log = StepsLog.Start(temporary.Folder, Header);
        var counts = new List<int>();
        foreach (var step in SampleReports.LimitFound().Steps)
        {
            log.Append(step);
            counts.Add(StepsLog.Read(
                File.ReadAllText(Path.Combine(temporary.Folder.Directory, StepsLog.FileName))).Steps.Length);
        }

        Assert.That(counts, Is.EqualTo(Enumerable.Range(1, 7)));
    }

    [Test]
    public void A_run_that_was_stopped_says_by_what()
    {
        StepsLog.Start(temporary.Folder, Header).Complete("SIGTERM");
        var read = StepsLog.Read(File.ReadAllText(Path.Combine(temporary.Folder.Directory, StepsLog.FileName)));

        Assert.That((read.Complete, read.Interrupted), Is.EqualTo((true, "SIGTERM")));
    }

    [Test]
    public void A_log_that_vanishes_with_its_folder_in_mid_run_is_written_again_as_a_whole()
    {
        var log = StepsLog.Start(temporary.Folder, Header);
        log.Append(SampleSteps.NotAttempted(5, "first"));
        Directory.Delete(temporary.Folder.Directory, recursive: true);
        log.Append(SampleSteps.NotAttempted(10, "second"));

        Assert.That(
            (OnDisk().Header, Reasons(), log.Unwritten), Is.EqualTo((Header, "first, second", (UnwrittenLine?)null)));
    }

    [Test]
    public void A_line_that_was_torn_in_mid_run_is_mended_by_the_next()
    {
        var log = StepsLog.Start(temporary.Folder, Header);
        log.Append(SampleSteps.NotAttempted(5, "first"));
        using (var file = File.OpenWrite(LogPath))
            file.SetLength(file.Length - 10);
        log.Append(SampleSteps.NotAttempted(10, "second"));

        Assert.That((Reasons(), OnDisk().DamagedLines), Is.EqualTo(("first, second", 0)));
    }

    [Test]
    public void A_step_that_cannot_be_written_is_kept_and_written_with_the_next()
    {
        var log = StepsLog.Start(temporary.Folder, Header);
        Directory.Delete(temporary.Folder.Directory, recursive: true);
        File.WriteAllText(temporary.Folder.Directory, "a file in the way");
        log.Append(SampleSteps.NotAttempted(5, "first"));
        var unwritten = log.Unwritten;
        File.Delete(temporary.Folder.Directory);
        log.Complete();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                StepsLog.Read(unwritten!.Text).Steps.Single().Reason,
                Is.EqualTo("first"),
                "the line itself, so that it can be shown");
            Assert.That(unwritten.Problem, Does.Contain(LogPath).And.Contain("set Reports.Directory"));
            Assert.That(log.Unwritten, Is.Null);
            Assert.That((Reasons(), OnDisk().Complete), Is.EqualTo(("first", true)));
        }
    }

    [Test]
    public void The_log_of_a_run_that_was_killed_is_kept_aside_and_told()
    {
        var killed = Write(SampleReports.LimitFound(), complete: false);
        var log = StepsLog.Start(temporary.Folder, Header with { Id = "next" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                File.ReadAllText(Path.Combine(temporary.Folder.Directory, StepsLog.KilledFileName)),
                Is.EqualTo(killed));
            Assert.That(OnDisk().Header!.Id, Is.EqualTo("next"));
            Assert.That(
                KilledRun.Finding(log.Killed!, StepsLog.KilledFileName).Actual,
                Is.EqualTo($"an earlier run ({Header.Id}) was killed after the step of 500 sessions; what it measured "
                    + "is in steps.interrupted.jsonl"));
        }
    }

    [Test]
    public void A_run_that_came_to_its_end_leaves_nothing_aside()
    {
        Write(SampleReports.Passed(), complete: true);
        var log = StepsLog.Start(temporary.Folder, Header);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Killed, Is.Null);
            Assert.That(File.Exists(Path.Combine(temporary.Folder.Directory, StepsLog.KilledFileName)), Is.False);
        }
    }

    // The log's run, whether it has steps, whether it came to its end; whether a run that measured nothing has to tell
    // of it.
    [TestCase("earlier", true, true, true)]
    [TestCase("earlier", true, false, true)]
    [TestCase("earlier", false, false, true)]
    [TestCase("earlier", false, true, false)]
    [TestCase("this", false, false, false)]
    [TestCase(null, true, false, true)]
    [TestCase(null, false, false, false)]
    public void An_earlier_run_is_told_of_where_it_measured_something_or_was_killed(
        string? run, bool hasSteps, bool complete, bool told)
    {
        var log = new StepsLogContent
        {
            Header = run is null ? null : Header with { Id = run },
            Steps = hasSteps ? SampleReports.LimitFound().Steps : [],
            Complete = complete,
        };

        Assert.That(log.HasToBeTold("this"), Is.EqualTo(told));
    }

    [Test]
    public void A_run_that_was_killed_before_a_step_ended_or_in_the_search_says_so()
    {
        var tried = new SearchProbe(3, ProbeKind.Fresh, new(100, null), SampleReports.LimitFound().Steps[0].Result!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(KilledRun.Where(new StepsLogContent()), Is.EqualTo("before its first step ended"));
            Assert.That(
                KilledRun.Where(new StepsLogContent { Steps = SampleReports.LimitFound().Steps, Probes = [tried] }),
                Is.EqualTo("after probe 3 of the search"));
        }
    }

    private string LogPath => Path.Combine(temporary.Folder.Directory, StepsLog.FileName);

    private StepsLogContent OnDisk() => StepsLog.Read(File.ReadAllText(LogPath));

    private string Reasons() => string.Join(", ", OnDisk().Steps.Select(step => step.Reason));

    private string Write(CapacityReport report, bool complete)
    {
        var log = StepsLog.Start(temporary.Folder, Header);
        foreach (var step in report.Steps)
            log.Append(step);
        if (complete)
            log.Complete();
        return File.ReadAllText(Path.Combine(temporary.Folder.Directory, StepsLog.FileName));
    }

    /// <summary>The dictionaries in a step are compared by content.</summary>
    private static string Text(JudgedStep step) => JsonSerializer.Serialize(step);
}
