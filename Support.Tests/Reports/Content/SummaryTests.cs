using System.Collections.Immutable;
using NUnit.Framework;
using Support.Host;
using Support.Measuring.Search;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Documents;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Reports.Content;

/// <summary>The dozen lines at the end of a run, and the one line of it.</summary>
internal sealed class SummaryTests
{
    private const int MostLines = 12;
    private const int SeedLines = 2;
    private const int MostColumns = 120;

    private static IEnumerable<string> Plain => SampleReports.All
        .Where(one => one.Value is { Sizes: null, Plan.IsAskedFor: false }).Select(one => one.Key);

    [TestCaseSource(nameof(Plain))]
    public void It_has_at_most_twelve_lines_and_the_two_that_scripts_read(string name)
    {
        var lines = Lines(SampleReports.All[name]).Where(line => line.Length > 0).ToArray();

        Assert.That(lines, Has.Length.LessThanOrEqualTo(MostLines + SeedLines), string.Join('\n', lines));
    }

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void No_line_is_wider_than_a_screen_and_none_steers_the_terminal(string name)
    {
        var lines = Lines(SampleReports.All[name]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Where(line => line.EnumerateRunes().Count() > MostColumns), Is.Empty);
            Assert.That(lines.Where(line => line.Any(char.IsControl)), Is.Empty);
        }
    }

    [TestCase("LimitFound", "PASSED", "Good")]
    [TestCase("ClientLimit", "PASSED", "Warning")]
    [TestCase("GateMissed", "FAILED", "Bad")]
    [TestCase("EverythingNull", "COULD NOT MEASURE", "Bad")]
    [TestCase("Broken", "INTERRUPTED", "Bad")]
    [TestCase("NothingAttempted", "NOT MEASURED", "Warning")]
    [TestCase("Rebuilt", "NOT MEASURED", "Warning")]
    public void The_first_word_says_how_the_run_ended(string name, string word, string tone)
    {
        var banner = Walk.Report(SampleReports.All[name]).OfType<Block.Banner>().Single();

        Assert.That((banner.Word, banner.Tone.ToString()), Is.EqualTo((word, tone)));
    }

    /// <summary>Scripts of other people read these two: digits, and nothing before the name.</summary>
    [TestCase("LimitFound", "Maximum reliable connections: 350", "Recommendation: Use 280 as safe limit")]
    [TestCase("Passed", "Maximum reliable connections: at least 1000", "Recommendation: Use 800 as safe limit")]
    [TestCase("SizesRefused", "Maximum reliable connections: 980", "Recommendation: Use 784 as safe limit")]
    public void The_lines_that_scripts_read_keep_their_form(string name, string maximum, string recommendation) =>
        Assert.That(
            Lines(SampleReports.All[name]).Where(line => line.Contains("reliable connections", StringComparison.Ordinal)
                || line.StartsWith("Recommendation", StringComparison.Ordinal)),
            Is.EqualTo([maximum, recommendation]));

    [Test]
    public void A_limit_that_was_found_is_no_rung_of_the_ladder()
    {
        var lines = Lines(SampleReports.LimitFound());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Does.Contain("Maximum reliable connections: 350"));
            Assert.That(lines, Has.Some.Contains("280  (80 % of the limit)"));
        }
    }

    [Test]
    public void Where_no_step_was_reliable_nothing_is_recommended()
    {
        var report = SampleReports.LimitFound();
        var none = report with { Verdict = report.Verdict with { MaxReliable = 0, SafeLimit = 0 } };

        Assert.That(Lines(none), Does.Contain("Maximum reliable connections: none").And
            .Contain("Recommendation: none: no step was reliable"));
    }

    /// <summary>A closed port used to take 110 lines, with one sentence 23 times.</summary>
    [Test]
    public void A_failed_check_is_said_once_with_its_reason_and_what_to_do()
    {
        var checks = SampleEnvironment.Checks.Add(new Finding(
            "Environment.TargetHandshake", "Target answers a WebSocket handshake", CheckOutcome.Critical,
            "101 Switching Protocols",
            "Refused: 127.0.0.1:1 refuses connections", "Start the server, or correct Target.Url."));
        var report = SampleReports.EverythingNull() with { Checks = checks, Verdict = RunJudge.Judge(
            new() { Checks = checks }) };
        var lines = Lines(report);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.LessThanOrEqualTo(8));
            Assert.That(lines[0], Does.EndWith("Check failed: Target answers a WebSocket handshake"));
            Assert.That(
                lines.Count(line => line.Contains("refuses connections", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(Walk.Figure(Screen(report), "Why"), Is.EqualTo("Refused: 127.0.0.1:1 refuses connections"));
            Assert.That(Walk.Figure(Screen(report), "Next"), Is.Not.Empty.And.Not.Null);
        }
    }

    [Test]
    public void Settings_that_cannot_be_used_are_named_one_a_line()
    {
        var problems = string.Join('\n', Enumerable.Range(1, 5).Select(number => $"Setting.{number} is wrong"));
        var check = new Finding(
            "Settings.Usable", "Settings can be used", CheckOutcome.Critical, "", problems, "Correct them.");
        var report = SampleReports.EverythingNull() with { Checks = [check], Verdict = RunJudge.Judge(
            new() { Checks = [check], Faults = ["no settings"] }) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Walk.Figures(Screen(report)).Where(figure => figure.Name is "Why" or "")
                .Select(figure => figure.Value.Plain), Has.Some.EqualTo("Setting.1 is wrong"));
            Assert.That(
                Walk.Figures(Walk.Report(report)).Select(figure => figure.Value.Plain),
                Is.SupersetOf(problems.Split('\n')),
                "the report has them all");
        }
    }

    [TestCase(300, 280, "✗ 300 (not reached)")]
    [TestCase(280, 280, "✓ 280 (reached)")]
    public void What_is_required_is_compared_with_what_is_recommended(int required, int safe, string words)
    {
        var report = SampleReports.GateMissed();
        var figure = Walk.Figures(Screen(report with
        {
            RequiredConnections = required,
            Verdict = report.Verdict with { SafeLimit = safe },
        })).Single(one => one.Name == "Required");

        Assert.That($"{PlainText.Sign(figure.Tone)} {figure.Value} ({figure.Note})", Is.EqualTo(words));
    }

    [Test]
    public void The_hold_is_named_where_it_is_known()
    {
        var report =
            SampleReports.LimitFound() with { Settings = [new RedactedSetting("Ladder.Hold", "5s", "parameter")] };

        Assert.That(Walk.Figure(Screen(report), "Max connections"), Does.Contain("answered a ping after 5s"));
    }

    [Test]
    public void The_embedded_target_is_called_so() =>
        Assert.That(
            Walk.Figure(Screen(SampleReports.LimitFound()), "Target"), Is.EqualTo("ws://127.0.0.1:41873/ (embedded)"));

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_verdict_is_one_line_that_begins_with_its_word(string name)
    {
        var report = SampleReports.All[name];
        var line = VerdictLine.Of(report);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.Where(char.IsControl), Is.Empty);
            Assert.That(line, Does.StartWith(Walk.Report(report).OfType<Block.Banner>().Single().Word + ": "));
        }
    }

    [Test]
    public void The_line_has_the_reasons_the_numbers_and_the_warnings()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictLine.Of(SampleReports.LimitFound()), Is.EqualTo(
                "PASSED: Connection limit found: 350. Recommended max 280; limited by server: The server answers 503 "
                + "to every connection beyond 350."));
            Assert.That(
                VerdictLine.Of(SampleLimits.ClientLimit()),
                Does.EndWith("Warning: Client and server do not count the same."));
            Assert.That(
                VerdictLine.Of(SampleReports.GateMissed()), Does.Contain("Gate.RequiredConnections asks for 500"));
            Assert.That(
                VerdictLine.Of(SizeReports.Refused()),
                Does.Contain(SizeReports.Refused().Sizes!.Change!.Summary).And.Not
                    .Contain(SizeReports.Refused().Sizes!.Missed[^1]),
                "what is required is said once");
        }
    }

    [Test]
    public void A_run_that_was_stopped_says_by_what_and_claims_no_limit()
    {
        var evidence = new RunEvidence { Steps = [SampleSteps.Reliable(1, 10, 10, 1)], Interrupted = "SIGTERM" };
        var report = SampleReports.LimitFound() with
        {
            Steps = evidence.Steps,
            Search = null,
            Verdict = RunJudge.Judge(evidence),
            Interrupted = "SIGTERM",
            Complete = false,
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictLine.Of(report), Does.StartWith("INTERRUPTED: The run was stopped by SIGTERM"));
            Assert.That(Walk.Figure(Screen(report), "Limited by"), Does.StartWith("not known"));
        }
    }

    [Test]
    public void Many_warnings_are_one_and_a_number_on_the_screen_and_all_in_the_report()
    {
        var report = SampleReports.LimitFound();
        var many = report with
        {
            Verdict = report.Verdict with
            {
                Findings = [.. Enumerable.Range(1, 4).Select(
                    number => new Finding($"A.{number}", $"Title {number}", CheckOutcome.Warning, "", "seen", ""))],
            },
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Walk.Figures(Screen(many)).Where(figure => figure.Tone == Tone.Warning)
                .Select(figure => figure.Value.Plain), Is.EqualTo(["Title 1: seen", "3 more in the report"]));
            Assert.That(
                Walk.Report(many).OfType<Block.Callout>().Select(callout => (callout.Tone, callout.Text.Plain)),
                Is.EqualTo(Enumerable.Range(1, 4).Select(number => (Tone.Warning, $"Title {number}: seen."))));
        }
    }

    [Test]
    public void Where_much_is_to_be_said_the_screen_leaves_out_what_matters_least()
    {
        var names = Walk.Figures(Screen(SampleReports.GateMissed())).Select(figure => figure.Name).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Does.Contain("Required").And.Contain("Errors").And.Contain("Next"));
            Assert.That(names, Does.Not.Contain("Connect time"));
            Assert.That(
                Walk.Figures(Walk.Report(SampleReports.GateMissed())).Select(figure => figure.Name),
                Does.Contain("Connect time"));
        }
    }

    private static ImmutableArray<Block> Screen(CapacityReport report) =>
        Summary.Screen(report, "reports/latest/capacity.html").Blocks;

    private static string[] Lines(CapacityReport report) =>
        [.. ScreenRows.Summary(report, "reports/latest/capacity.html")];
}
