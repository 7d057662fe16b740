using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Plan;
using Support.Reports;
using Support.Reports.Html;
using Support.Settings;

namespace Support.Tests.Reports;

/// <summary>What every format says of the plan.</summary>
public sealed class PlanReportTests
{
    [TestCase("PlanEight", "8 tasks for 10,000 connections cover a deployment, one of 3 zones lost and the return of all clients at once as well; 6 by the buffer alone.")]
    [TestCase("PlanOne", "1 task for 1,000 connections covers a deployment as well.")]
    [TestCase("Passed", "At most 20 tasks (fewer may do: no limit was found) for 10,000 connections cover a deployment, one of 3 zones lost and the return of all clients at once as well; 15 by the buffer alone. "
        + "Nothing broke at 1,000: a task may hold more, so raise the ladder before you buy.")]
    [TestCase("ClientLimit", "At most 5 tasks (fewer may do: this client was the limit) for 10,000 connections cover a deployment, one of 3 zones lost and the return of all clients at once as well; 3 by the buffer alone. "
        + "This client was the limit: a task may hold more, so measure from more machines before you buy.")]
    public void The_plan_is_one_sentence_in_page_and_markdown(string report, string sentence)
    {
        var text = new MarkdownReport().Render(SampleReports.All[report]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain($"## Plan\n\n**{sentence}**\n"));
            Assert.That(Page(report).Root!.Value.ReplaceLineEndings(" "), Does.Contain(sentence));
        }
    }

    [TestCase("EverythingNull")]
    [TestCase("Broken")]
    public void Where_nothing_was_measured_the_plan_is_one_line_and_no_drawing(string report)
    {
        var section = Page(report).Descendants("section").Single(section => (string?)section.Attribute("id") == "plan");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(section.Elements().Select(element => element.Name.LocalName), Is.EqualTo(new[] { "h2", "p" }));
            Assert.That(new MarkdownReport().Render(SampleReports.All[report]), Does.Contain("## Plan\n\nTasks needed: not known for 10,000 connections: no safe limit was measured.\n"));
        }
    }

    [TestCase("Plan: 8 tasks, 1,250 connections a task, 2,000 at worst; scaling 3 to 10 tasks; $313.14 a month; files in reports/latest/scaling/", "PlanEight")]
    [TestCase("Plan: at most 20 tasks, 500 connections a task, 770 at worst; scaling 3 to 24 tasks", "Passed")]
    [TestCase("Plan: 1 task, 1,000 connections a task; scaling 1 to 2 tasks", "PlanOne")]
    [TestCase("Estimate: 1024/2048: 15,360 to 20,480 expected; lowest: processor, 25,600; 2,500 held (10% of the lowest)", "PlanEight")]
    public void The_screen_shows_plan_and_estimate(string line, string report) =>
        Assert.That(ConsoleRows.Closing(SampleReports.All[report], "reports/latest"), Does.Contain(line));

    [Test]
    public void Where_nothing_was_measured_the_screen_shows_no_plan() =>
        Assert.That(ConsoleRows.Closing(SampleReports.EverythingNull(), "reports").Where(line => line.StartsWith("Plan:", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void The_estimate_is_a_line_its_arithmetic_and_a_row_a_resource()
    {
        var lines = FormatTests.InCulture("de-DE", () => ConsoleRows.Estimate(SamplePlans.EightTasks.Estimate!));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo("Estimate: 1024/2048 (1 vCPU, 2,048 MiB; Plan.Size): 15,360 to 20,480 expected; lowest: processor, 25,600; 28,672 by memory in theory"));
            Assert.That(lines[1], Is.EqualTo("  memory: (2,048 MiB − 256.0 MiB reserved) ÷ 64.0 KiB a connection; reserved: an eighth of the whole; a connection: the default"));
            Assert.That(lines[2..].Select(line => line.Trim().Split("  ")[0]), Is.EqualTo(new[] { "Resource", "memory", "file descriptors", "ports", "processor (lowest)" }));
        }
    }

    [Test]
    public void No_text_of_the_plan_steers_the_terminal() =>
        Assert.That(ConsoleRows.Estimate(SampleReports.Hostile().Plan.Estimate!).Where(line => line.Any(char.IsControl)), Is.Empty);

    /// <summary>By zone, the lost one last: every task is there, and those that are left are the plan's load.</summary>
    [TestCase("PlanEight", new long[] { 2, 3, 3 }, 2000)]
    [TestCase("LimitFound", new long[] { 31, 32, 32 }, 159)]
    [TestCase("PlanThousands", new long[] { 3000, 3000, 3000 }, 2000)]
    public void Tasks_are_spread_over_the_zones_and_the_fullest_is_lost(string report, long[] zones, long then)
    {
        var spread = ZoneSpread.Of(SampleReports.All[report].Plan)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spread.Tasks, Is.EqualTo(zones));
            Assert.That(spread.EachThen, Is.EqualTo(then));
        }
    }

    [Test]
    public void One_zone_is_never_drawn_as_lost() => Assert.That(ZoneSpread.Of(SamplePlans.OneTask)!.IsOneLost, Is.False);

    /// <summary>A square a task as long as they can be told apart, then a square for a round number of them.</summary>
    [TestCase(1, 1, 1)]
    [TestCase(8, 3, 1)]
    [TestCase(95, 3, 1)]
    [TestCase(6000, 3, 50)]
    [TestCase(6000, 1, 50)]
    [TestCase(6000, 6, 100)]
    [TestCase(1_000_000_000, 6, 20_000_000)]
    public void Squares_stand_for_a_round_number_of_tasks(long tasks, int zones, long group)
    {
        var plan = new ScalingPlan(1, 10, 1.2, tasks)
        {
            Settings = new PlanSettings { Zones = zones }, Needs = [new(PlanNeedKind.Buffer, tasks, "")], Loads = [new("all tasks run", tasks, 5)],
        };
        var canvas = new ZoneCanvas(ZoneSpread.Of(plan)!);
        var drawing = canvas.Render("a", "b", "c");
        var squares = drawing.Elements("rect").Count(one => (string?)one.Attribute("class") == "task");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(canvas.Group, Is.EqualTo(group));
            Assert.That(squares * group, Is.GreaterThanOrEqualTo(tasks).And.LessThan(tasks + (zones * group)));
            Assert.That(double.Parse(((string)drawing.Attribute("viewBox")!).Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(270));
        }
    }

    [Test]
    public void A_square_is_filled_to_its_share_of_the_safe_limit_and_the_rest_is_what_it_takes_over()
    {
        var drawing = Page("PlanEight").Descendants("figure").Single(figure => (string?)figure.Attribute("id") == "plan-zones").Elements("svg").Single();
        double Height(string name) => drawing.Elements("rect").Where(one => (string?)one.Attribute("class") == name).Sum(one => (double)one.Attribute("height")!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drawing.Elements("rect").Count(one => (string?)one.Attribute("class") == "task lost"), Is.EqualTo(3));
            Assert.That(Height("bar c1") / Height("task"), Is.EqualTo(0.625).Within(0.01), "1,250 of 2,000");
            Assert.That((Height("bar c1") + Height("bar c2")) / Height("task"), Is.EqualTo(1).Within(0.01), "2,000 of 2,000");
        }
    }

    [Test]
    public void The_json_holds_the_plan_as_it_is()
    {
        using var json = JsonDocument.Parse(new JsonReport().Render(SampleReports.All["PlanEight"]));
        var plan = json.RootElement.GetProperty("plan");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.GetProperty("desired").GetInt64(), Is.EqualTo(8));
            Assert.That(plan.GetProperty("targetPerTask").GetInt64(), Is.EqualTo(1333));
            Assert.That(plan.GetProperty("needs").EnumerateArray().Select(need => need.GetProperty("kind").GetString()), Is.EqualTo(new[] { "buffer", "deployment", "zoneLost", "reconnect" }));
            Assert.That(plan.GetProperty("cost").GetProperty("total").GetDouble(), Is.EqualTo(313.14));
            Assert.That(plan.GetProperty("estimate").GetProperty("bindsFirst").GetString(), Is.EqualTo("processor"));
            Assert.That(plan.GetProperty("table").GetArrayLength(), Is.EqualTo(10));
            Assert.That(plan.GetProperty("rules")[2].GetProperty("holds").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(plan.GetProperty("files").GetArrayLength(), Is.EqualTo(SamplePlans.Files.Length));
            Assert.That(json.RootElement.GetProperty("deployed")[0].GetProperty("outcome").GetString(), Is.EqualTo("critical"));
        }
    }

    [Test]
    public void What_is_deployed_otherwise_is_said_with_the_command_that_mends_it()
    {
        var text = new MarkdownReport().Render(SampleReports.All["PlanEight"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Contain("### Deployed, beside the plan\n\n1 critical, 1 warning, 1 passed."));
            Assert.That(text, Does.Contain("| ✗ critical | Scaling keeps a task at no more than the plan | Scaling.Target |"));
            Assert.That(text, Does.Contain("4. Apply them: `sh scaling/commands.sh`, in this report's folder.\n"));
        }
    }

    private static XDocument Page(string report) => XDocument.Parse(new HtmlReport().Render(SampleReports.All[report]));
}
