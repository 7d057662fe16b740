using NUnit.Framework;
using Support.Host;
using Support.Measuring.Search;
using Support.Run;
using Support.Tests.Reports;
using Support.Verdict;

namespace Support.Tests.Run;

/// <summary>What a person sees of a run, each line once.</summary>
internal sealed class RunScreenTests
{
    private readonly List<string> lines = [];
    private RunScreen screen = null!;

    [SetUp]
    public void Make()
    {
        lines.Clear();
        screen = new(lines.Add, "/suite");
    }

    [Test]
    public void Only_a_check_that_warns_is_shown_and_with_what_to_do()
    {
        foreach (var check in SampleEnvironment.Checks)
            screen.Show(check);

        Assert.That(lines, Is.EqualTo(["! Listen backlog takes the handshakes in flight: net.core.somaxconn 64. Next: "
            + "Set net.core.somaxconn to 4096, in a task\n  definition under systemControls."]));
    }

    [Test]
    public void What_kept_every_step_from_running_is_left_to_the_summary()
    {
        screen.Show(SampleEnvironment.FewDescriptors);
        foreach (var sessions in new[] { 10, 25, 50 })
            screen.Show(SampleSteps.NotAttempted(sessions, "not attempted: too few descriptors"));
        Assert.That(lines, Is.Empty);

        screen.Close(SampleReports.Broken(), "/suite/reports/latest");
        Assert.That(string.Join('\n', lines).Split('\n').Count(
            line => line.Contains("descriptor", StringComparison.OrdinalIgnoreCase)), Is.EqualTo(1), "said once");
    }

    [Test]
    public void What_ended_the_ladder_is_said_once()
    {
        screen.Show(SampleSteps.Rejected(1, 500, 350, 1.47));
        foreach (var sessions in new[] { 1000, 2000, 5000 })
            screen.Show(SampleSteps.NotAttempted(sessions, "not attempted: the limit was found at 500"));

        Assert.That(lines, Is.EqualTo([
            "✗   500 sessions:   350 successful ( 70.0%) in 1.47s",
            "–  1000 sessions: not attempted: the limit was found at 500",
        ]));
    }

    [Test]
    public void What_is_deployed_wrongly_is_shown_with_its_command_on_a_line_of_its_own()
    {
        const string Command =
            "aws application-autoscaling put-scaling-policy --cli-input-json file://connections-policy.json";
        screen.Show(SampleSteps.Reliable(1, 10, 10, 1));
        screen.Show(new Finding("Scaling.Target", "Scaling keeps a task at no more than the plan",
            CheckOutcome.Critical, "1,333", "2,400", $"Run {Command}"));

        Assert.That(lines[^1].Split('\n'), Has.Some.Matches<string>(line => line.Trim() == Command));
    }

    [Test]
    public void A_probe_a_run_at_a_size_and_a_pause_are_rows()
    {
        screen.Show(null, SampleSearches.HardCap.Probes[0], null);
        screen.Show("256/512", SampleSearches.HardCap.Probes[1], SampleSearches.HardCap.Probes[0]);
        screen.Show(SizeReports.Killed(1, 980, 989), 3);
        screen.ShowPause(500, TimeSpan.FromSeconds(3.2));

        Assert.That(
            lines.Select(line => line.Split(':')[0]),
            Is.EqualTo(["  → probe 1", "  256/512 → probe 2", "✓ 256/512 run 1 of 3", "…   500 sessions"]));
    }

    [TestCase("/suite/reports/latest", "reports/latest/capacity.html")]
    [TestCase("/elsewhere", "/elsewhere/capacity.html")]
    public void The_page_is_named_as_it_is_opened_from_where_the_run_was_started(string folder, string page)
    {
        screen.Close(SampleReports.LimitFound(), folder);

        Assert.That(lines[^1].Split('\n')[^1].Trim(), Does.Match($"^Report +{page}$"));
    }
}
