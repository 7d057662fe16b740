using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Plan;
using Support.Reports;
using Support.Reports.Html;
using Support.Settings;

namespace Support.Tests.Reports;

/// <summary>What the reports say before somebody acts on the plan.</summary>
public sealed class PlanAdviceTests
{
    private const string Doubt = "! This plan rests on a limit that may not be one task's: it was <not> measured in a task of this size; no policies were written.";

    private static CapacityReport Eight => SampleReports.All["PlanEight"];

    private static CapacityReport InDoubt => Eight with { Plan = Eight.Plan with { Doubt = "it was <not> measured in a task of this size" } };

    [Test]
    public void A_plan_in_doubt_says_so_first_and_is_not_to_be_applied()
    {
        var (text, page) = (new MarkdownReport().Render(InDoubt), Section(InDoubt, "plan"));
        using var json = JsonDocument.Parse(new JsonReport().Render(InDoubt));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("## Plan\n\n**" + Doubt.Replace("<not>", "&lt;not&gt;", StringComparison.Ordinal) + "**\n"));
            Assert.That(text, Does.Not.Contain("commands.sh"));
            Assert.That(page.Elements().ElementAt(1).Value.Trim(), Is.EqualTo(Doubt));
            Assert.That(page.Value, Does.Not.Contain("commands.sh"));
            Assert.That(json.RootElement.GetProperty("plan").GetProperty("doubt").GetString(), Is.EqualTo(InDoubt.Plan.Doubt));
            Assert.That(ConsoleRows.Closing(InDoubt, "reports"), Does.Contain("Plan in doubt: it was <not> measured in a task of this size; no policies were written").And.Not.Some.Contains("scaling/"));
            Assert.That(VerdictWords.Tasks(InDoubt), Does.EndWith("; in doubt, see the plan"));
        }
    }

    [Test]
    public void Without_a_doubt_nothing_is_said_of_one()
    {
        using var json = JsonDocument.Parse(new JsonReport().Render(Eight));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new MarkdownReport().Render(Eight), Does.Not.Contain("in doubt").And.Not.Contain("rests on a limit"));
            Assert.That(json.RootElement.GetProperty("plan").GetProperty("doubt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [TestCase("PlanEight", "8 for 10,000 connections (6 by the buffer alone), 2,000 a task, buffer 1.2", "8")]
    [TestCase("PlanOne", "1 for 1,000 connections, 2,000 a task, buffer 1.2", "1")]
    [TestCase("Passed", "at most 20 for 10,000 connections (15 by the buffer alone), 800 or more a task, buffer 1.2; fewer may do: no limit was found", "≤ 20")]
    public void The_number_of_tasks_is_the_plans_and_not_the_buffers(string report, string words, string tile)
    {
        var figures = XDocument.Parse(new HtmlReport().Render(SampleReports.All[report])).Descendants("dl").First().Elements("div");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictWords.Tasks(SampleReports.All[report]), Is.EqualTo(words));
            Assert.That(figures.Single(figure => figure.Element("dt")!.Value == "Tasks needed").Elements("dd").First().Value, Is.EqualTo(tile));
        }
    }

    [Test]
    public void The_steps_ask_for_a_final_limit_and_a_name_before_anything_is_applied()
    {
        string[] Lines(CapacityReport report) => [.. PlanSteps.Of(report).Select(step => step.Text.Before + step.Code + step.Text.After)];
        var named = Eight with { Settings = [new RedactedSetting("Aws.Service", "chat", "environment")] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(Eight with { Settings = [new RedactedSetting("Aws.Service", "none", "default")] }), Is.EqualTo(new[]
            {
                "Is the safe limit final? Yes: a limit was found.",
                "Name the service: run again with Aws.Cluster, Aws.Service and Aws.LoadBalancer; until then commands.sh refuses.",
                "Read scaling/README.md.",
                "Apply them: sh scaling/commands.sh, in this report's folder.",
            }));
            Assert.That(Lines(named), Has.Length.EqualTo(3).And.None.Contains("Aws.Service"));
            Assert.That(Lines(Eight with { Plan = Eight.Plan with { IsLowerBound = true } })[0], Does.Contain("Raise the ladder first"));
            Assert.That(Lines(InDoubt), Is.Empty);
            Assert.That(Lines(Eight with { ScalingFiles = [] }), Is.Empty);
        }
    }

    [Test]
    public void A_need_that_is_none_of_the_others_is_what_scaling_aims_at()
    {
        var kind = (PlanNeedKind)99;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlanWords.Need(kind, new()), Is.EqualTo("what scaling aims at"));
            Assert.That(PlanWords.Short(kind), Is.EqualTo("scaling"));
            Assert.That(PlanWords.Short(PlanNeedKind.Reconnect), Is.EqualTo("the reconnects"));
        }
    }

    [Test]
    public void What_scaling_aims_at_is_an_average() => Assert.That(
        PlanWords.Limits(Eight.Plan), Is.EqualTo("Scaling aims at 1,333 connections a task on average (safe limit 2,000), with 3 to 10 tasks; a single task can be above that."));

    [TestCase(1250, "63%")]
    [TestCase(1249, "62%")]
    [TestCase(2000, "100%")]
    public void A_share_of_the_safe_limit_is_rounded_half_up(long connections, string share) => Assert.That(PlanTables.Share(connections, 2000), Is.EqualTo(share));

    [Test]
    public void Bars_are_orange_above_what_scaling_aims_at_and_no_line_crosses_a_word()
    {
        var drawing = Section(Eight, "plan").Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "plan-load").Elements("svg").Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawing.Elements("rect").Count(bar => (string?)bar.Attribute("class") == "bar c2"), Is.EqualTo(2), "2,000 a task, where scaling aims at 1,333");
            foreach (var line in drawing.Elements("line").Where(line => (string?)line.Attribute("class") == "threshold"))
            {
                Assert.That(
                    drawing.Elements("text").Where(text => ((string)text.Attribute("class")!).StartsWith("value", StringComparison.Ordinal))
                        .Where(text => (double)text.Attribute("y")! > (double)line.Attribute("y1")! && (double)text.Attribute("y")! - 12 < (double)line.Attribute("y2")!),
                    Is.Empty);
            }
        }
    }

    [Test]
    public void On_a_narrow_screen_the_target_and_its_neighbours_stand_before_the_fold()
    {
        var table = Section(Eight, "plan").Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "plan-targets");
        var rows = table.Descendants("tbody").First().Elements("tr").ToLookup(row => (string?)row.Attribute("class"), row => row.Element("th")!.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows["first"].Concat(rows[null]), Is.EquivalentTo(new[] { "10,000", "5,000", "20,000" }));
            Assert.That(table.Descendants("details").Single().Descendants("tbody").Single().Elements("tr").Select(row => row.Element("th")!.Value), Is.EqualTo(rows["far"]));
        }
    }

    [Test]
    public void The_rules_are_folded_and_all_there()
    {
        var rules = Section(Eight, "rules").Elements("details").Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules.Attribute("open"), Is.Null);
            Assert.That(rules.Element("summary")!.Value, Is.EqualTo("3 rules: 0 right here, 2 not, 1 not tested"));
            Assert.That(rules.Descendants("tbody").Single().Elements("tr").Count(), Is.EqualTo(Eight.Plan.Rules.Length));
            Assert.That(rules.Descendants("thead").Single().Value, Does.Contain("Right here?"));
        }
    }

    [Test]
    public void Only_what_is_compared_is_called_measured()
    {
        var alone = Eight with { Plan = Eight.Plan with { Comparison = null } };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Section(Eight, "estimate").Element("h2")!.Value, Is.EqualTo("Estimated before, measured after: one task (1024/2048)"));
            Assert.That(Section(alone, "estimate").Element("h2")!.Value, Is.EqualTo("Estimate of one task (1024/2048)"));
            Assert.That(new MarkdownReport().Render(alone), Does.Contain("Not compared: the server that was measured is not known to be of this size.").And.Not.Contain("Estimated before"));
        }
    }

    [TestCase("Run aws ecs update-service --cluster a", "Run ", "aws ecs update-service --cluster a")]
    [TestCase("aws elbv2 modify-target-group-attributes", "", "aws elbv2 modify-target-group-attributes")]
    public void A_command_in_a_next_step_is_code(string next, string words, string command)
    {
        var parts = CommandText.Of(next);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parts[0], Is.EqualTo(words));
            Assert.That(((XElement)parts[1]).Value, Is.EqualTo(command));
            Assert.That(CommandText.Of("Raise the cap that aws."), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public void No_closing_line_of_plan_and_estimate_is_longer_than_a_screen([Values("PlanEight", "PlanThousands", "PlanOne", "LimitFound", "Passed", "ClientLimit", "Broken")] string report)
    {
        var lines = ConsoleRows.Closing(SampleReports.All[report], "reports/latest");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines.Where(line => line.StartsWith("Plan:", StringComparison.Ordinal) && line.Length > 160), Is.Empty);
            Assert.That(lines.Where(line => line.StartsWith("Estimate:", StringComparison.Ordinal) && line.Length > 200), Is.Empty);
        }
    }

    private static XElement Section(CapacityReport report, string id) =>
        XDocument.Parse(new HtmlReport().Render(report)).Descendants("section").Single(section => (string?)section.Attribute("id") == id);
}
