using NUnit.Framework;
using Support.Plan;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Documents;
using Support.Settings;

namespace Support.Tests.Reports.Content;

/// <summary>How many tasks a service needs, as far as somebody asked.</summary>
internal sealed class PlanContentTests
{
    private static CapacityReport Eight => SampleReports.All["PlanEight"];

    private static CapacityReport InDoubt => Eight with
    {
        ScalingFiles = SamplePlans.Files,
        Plan = Eight.Plan with { Doubt = "it was not measured in a task of this size" },
    };

    [TestCase("LimitFound", "Tasks needed for 10,000 connections: 95.")]
    [TestCase("Passed", "Tasks needed for 10,000 connections: at most 20.")]
    [TestCase("EverythingNull", "Tasks needed for 10,000 connections: not known.")]
    public void Where_nobody_asked_it_is_one_line(string name, string line)
    {
        var blocks = PlanContent.Of(SampleReports.All[name]).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blocks.Single(), Is.EqualTo(new Block.Paragraph(line)).Using<Block>(
                (one, other) => ((Block.Paragraph)one).Text.Plain == ((Block.Paragraph)other).Text.Plain));
            Assert.That(PlanContent.Estimate(SampleReports.All[name]), Is.Empty);
        }
    }

    [Test]
    public void Where_somebody_asked_all_of_it_is_there()
    {
        var blocks = PlanContent.Of(Eight).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Walk.Figure(blocks, "Tasks needed"), Is.EqualTo("8 for 10,000 connections (6 by the buffer alone)"));
            Assert.That(
                Walk.Figure(blocks, "Scaling"),
                Is.EqualTo("3 to 10 tasks (target 1,333 connections per task on average)"));
            Assert.That(
                Walk.Figure(blocks, "Load"),
                Is.EqualTo("1,250 connections per task (2,000 at worst: one of 3 zones lost)"));
            Assert.That(
                Walk.Figure(blocks, "Cost"),
                Does.StartWith("$313.14 per month ($36.04 per task, $24.82 for load balancers"));
            Assert.That(blocks.OfType<Block.Table>().Select(table => table.Rows.Length), Is.EqualTo([4, 5, 10]));
            Assert.That(Walk.Table(PlanContent.Estimate(Eight), "What each resource of one task allows")!.Rows.Select(
                row => row.Cells[0].Plain), Is.EqualTo(["memory", "file descriptors", "ports", "processor (lowest)"]));
        }
    }

    [Test]
    public void A_task_above_the_recommended_max_is_marked()
    {
        var over = Eight with
        {
            Plan = Eight.Plan with { Loads = [new("all tasks run", 8, 1250), new("one of 3 zones lost", 5, 2001)] },
        };
        var blocks = PlanContent.Of(over).ToArray();
        var chart = (BarChart)blocks.OfType<Block.Picture>().First().Chart;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(chart.Bars.Select(bar => bar.Parts[0].Tone), Is.EqualTo([Tone.Neutral, Tone.Bad]));
            Assert.That(chart.Marks.Select(mark => mark.Value), Is.EqualTo(new[] { 1333.0, 2000 }));
            Assert.That(
                Walk.Table(blocks, "What a task carries in each situation")!.Rows[1].Tone, Is.EqualTo(Tone.Bad));
        }
    }

    [Test]
    public void A_plan_in_doubt_says_so_first_and_has_no_files()
    {
        var blocks = PlanContent.Of(InDoubt).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ((Block.Callout)blocks[0]).Text.Plain, Does.Contain("it was not measured in a task of this size"));
            Assert.That(Steps(InDoubt), Is.Empty);
            Assert.That(PlanContent.Of(Eight).First(), Is.Not.InstanceOf<Block.Callout>());
        }
    }

    [Test]
    public void The_steps_ask_for_a_final_limit_and_a_name_before_anything_is_applied()
    {
        var unnamed = Eight with { Settings = [new RedactedSetting("Aws.Service", "none", "default")] };
        var named = Eight with { Settings = [new RedactedSetting("Aws.Service", "chat", "environment")] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Steps(unnamed), Is.EqualTo(new[]
            {
                "Is the limit final? Yes: a limit was found.",
                "Name the service: run again with Aws.Cluster, Aws.Service and "
                + "Aws.LoadBalancer; until then commands.sh refuses.",
                "Read scaling/README.md.",
                "Apply them: sh scaling/commands.sh, in this report's folder.",
            }));
            Assert.That(Steps(named), Has.Length.EqualTo(3).And.None.Contains("Aws.Service"));
            Assert.That(
                Steps(Eight with { Plan = Eight.Plan with { IsLowerBound = true } })[0], Does.Contain("Not yet"));
            Assert.That(Steps(Eight with { ScalingFiles = [] }), Is.Empty);
        }
    }

    [Test]
    public void An_estimate_that_is_not_compared_says_why()
    {
        var alone = Eight with { Plan = Eight.Plan with { Comparison = null } };

        Assert.That(
            PlanContent.Estimate(alone).OfType<Block.Paragraph>().Select(one => one.Text.Plain),
            Has.Some.StartsWith("Not compared"));
    }

    private static string[] Steps(CapacityReport report) =>
        [.. PlanContent.Of(report).OfType<Block.Bullets>()
            .Where(list => list.IsNumbered).SelectMany(list => list.Items).Select(item => item.Plain)];
}
