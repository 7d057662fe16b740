using System.Xml.Linq;
using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Reports;
using Support.Reports.Content;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Content;

/// <summary>What stands in the report, and where.</summary>
internal sealed class ReportContentTests
{
    private const int MostLinesBeforeDetails = 40;

    private static IEnumerable<string> Ordinary => SampleReports.Names.Where(name => name != "Hostile");

    [TestCaseSource(nameof(Ordinary))]
    public void What_everybody_reads_takes_forty_lines_of_markdown_and_the_rest_is_folded_once(string name)
    {
        var lines = Markdown(SampleReports.All[name]).Split('\n').ToList();
        var fold = lines.IndexOf("<details>");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fold, Is.InRange(1, MostLinesBeforeDetails));
            Assert.That(lines[fold + 1], Does.Contain("Details"));
            Assert.That(lines[^2], Is.EqualTo("</details>"), "nothing follows");
        }
    }

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Every_row_of_a_table_has_as_many_cells_as_its_head(string name) => Assert.That(
        Walk.Report(SampleReports.All[name])
            .OfType<Block.Table>()
            .Where(table => table.Rows.Any(row => row.Cells.Length != table.Columns.Length))
            .Select(table => table.Caption),
        Is.Empty);

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_page_is_well_formed_and_begins_with_verdict_and_ladder(string name)
    {
        var page = XDocument.Parse(Page(SampleReports.All[name]));
        string[] order = [.. page.Descendants()
            .Select(element => (string?)element.Attribute("class") ?? element.Name.LocalName)
            .Where(kind => kind.StartsWith("banner", StringComparison.Ordinal) || kind is "svg" or "chart" or "table")];

        Assert.That(order[0], Does.StartWith("banner"));
    }

    [Test]
    public void The_ladder_is_drawn_before_the_steps_are_listed()
    {
        var blocks = ReportContent.Of(SampleReports.LimitFound()).Blocks;
        var kinds = blocks.Select(block => block.GetType().Name).ToList();
        var chart = (BarChart)blocks.OfType<Block.Picture>().First().Chart;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kinds, Is.EqualTo(["Heading", "Banner", "Figures", "Picture", "Heading", "Table", "Appendix"]));
            Assert.That(
                chart.Bars.Select(bar => bar.Parts.IsEmpty ? (double?)null : bar.Parts[0].Value),
                Is.EqualTo(new double?[] { 100, 100, 100, 100, 100, 70, null }));
            Assert.That(chart.Marks.Single().Value, Is.EqualTo(75));
        }
    }

    [Test]
    public void With_task_sizes_before_and_after_comes_first()
    {
        var blocks = ReportContent.Of(SizeReports.Refused()).Blocks;

        Assert.That(
            (blocks[1], blocks[2]),
            Is.EqualTo((blocks.OfType<Block.Banner>().Single(), Walk.Table(blocks, "Task size before and after"))));
    }

    [Test]
    public void A_step_is_a_row_with_its_errors_and_one_that_did_not_run_says_why()
    {
        var table = Walk.Table(ReportContent.Of(SampleReports.LimitFound()).Blocks, "Steps")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Walk.Cells(table.Rows[5]),
                Is.EqualTo(["500", "350", "350", "70.0 %", "1.47 s", "1.8 ms", "6.5 ms", "150 × HTTP 503"]));
            Assert.That(
                table.Rows.Select(row => row.Tone),
                Is.EqualTo([Tone.Good, Tone.Good, Tone.Good, Tone.Good, Tone.Good, Tone.Bad, Tone.Skipped]));
            Assert.That(Walk.Cells(table.Rows[6])[^1], Is.EqualTo("not attempted: the limit was found at 500"));
        }
    }

    [Test]
    public void Errors_have_their_class_their_counts_and_an_example()
    {
        var table = Walk.Table(Walk.Report(SampleReports.EightSteps()), "Errors by class and step")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Walk.Cells(table.Rows[0]), Is.EqualTo(["no answer to the upgrade", "HandshakeTimeout",
                "1,020", "1,020", "10.0.3.17:443 accepted the connection and did not answer the upgrade in 10 s"]));
            Assert.That(table.Rows, Has.Length.EqualTo(5));
            Assert.That(
                Walk.Report(SampleReports.Passed()).OfType<Block.Heading>().Select(heading => heading.Text.Plain),
                Does.Not.Contain("Errors"));
        }
    }

    /// <summary>
    /// Nothing that a reader could use gets lost: the heading under which each part of a finished report stands.
    /// </summary>
    [TestCase(
        "LimitFound",
        "How the limit is known",
        "Plan",
        "Errors",
        "Search for the limit",
        "Connect time",
        "Memory per connection",
        "Resources of each step",
        "Self-test",
        "Checks",
        "Predicted limits of this machine",
        "Run")]
    [TestCase("PlanEight", "Planned vs. deployed", "Estimate of one task")]
    [TestCase("ServiceOver", "Service under test (CloudWatch)", "Published")]
    [TestCase("SizesRefused", "Task sizes")]
    [TestCase("Fargate", "ECS task of the suite")]
    public void Each_part_has_its_place(string name, params string[] headings) => Assert.That(
        Walk.Report(SampleReports.All[name]).OfType<Block.Heading>().Select(heading => heading.Text.Plain),
        Is.SupersetOf(headings));

    [Test]
    public void What_else_was_noticed_in_a_step_is_said()
    {
        var notes = Walk.Report(SampleReports.EightSteps())
            .OfType<Block.Bullets>().SelectMany(list => list.Items).Select(item => item.Plain).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(notes, Has.Some.Contains("10.0.3.17:443 1,210 of 2,500"));
            Assert.That(notes, Has.Some.Contains("410 open connections ended"));
            Assert.That(
                notes,
                Has.Some.Contains("413 ms late").And.Some.Contains("97 % of 0.5 CPUs").And.Some.Contains("1 OOM kill"));
            Assert.That(notes, Has.Some.Contains("1,024 of 1,024 descriptors").And.Some
                .Contains("37 connections dropped at a full accept queue"));
            Assert.That(notes, Has.Some.Contains("opened one more connection"));
        }
    }

    [Test]
    public void Checks_that_need_a_reader_are_seen_and_all_of_them_folded()
    {
        var sections = Walk.Report(SampleReports.LimitFound())
            .SkipWhile(block => block is not Block.Heading { Text.Plain: "Checks" }).Skip(1).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((Block.Table)sections[0]).Rows.Single().Tone, Is.EqualTo(Tone.Warning));
            Assert.That(
                ((Block.Details)sections[1]).Summary.Plain, Does.EndWith("1 warning, 3 passed, 1 not applicable"));
            Assert.That(((Block.Table)sections[2]).Rows, Has.Length.EqualTo(SampleEnvironment.Checks.Length));
        }
    }

    [Test]
    public void A_limit_that_depends_on_the_rate_has_the_rate_that_holds_and_no_plan()
    {
        var callout = Walk.Report(SampleReports.EightSteps()).OfType<Block.Callout>().Single().Text.Plain;

        Assert.That(callout, Does.Contain("1 at a time, 40 per second, 4,998 were held").And
            .Contain("(100 at a time)").And.Contain("no plan"));
    }

    [Test]
    public void A_self_test_that_failed_says_where()
    {
        var blocks = Walk.Report(SampleReports.LimitFound() with { SelfTest = SampleSearches.Untrue });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                blocks.OfType<Block.Paragraph>().Select(one => one.Text.Plain),
                Has.Some.StartsWith("Failed: dropped connections: "));
            Assert.That(Walk.Table(blocks, "Self-test")!.Rows.Select(row => row.Tone), Does.Contain(Tone.Bad));
        }
    }

    [Test]
    public void The_search_closes_in_on_the_limit()
    {
        var chart = Walk.Report(SampleReports.LimitFound()).OfType<Block.Picture>()
            .Select(picture => picture.Chart).OfType<LineChart>().Single(one => one.X.Title == "probe");
        double[] Values(string name) =>
            [.. chart.Lines.Single(line => line.Name == name).Points.Select(point => point.Y)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Values("lowest that was not held"), Is.EqualTo(new[] { 500.0, 500, 354 }));
            Assert.That(Values("highest that was held"), Is.EqualTo(new[] { 200.0, 351, 351 }));
            Assert.That(
                chart.Lines.Single(line => line.Name == "probe").Points.Select(point => point.Tone),
                Is.EqualTo([Tone.Good, Tone.Bad]));
        }
    }

    [Test]
    public void A_memory_line_begins_at_its_baseline()
    {
        var report = SampleReports.LimitFound();
        var chart = Walk.Report(report).OfType<Block.Picture>()
            .Select(picture => picture.Chart).OfType<LineChart>().Single(one => one.X.Title == "connections held");
        var slope = report.MemorySlopes[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                chart.Lines.Single(line => line.Name == slope.Of).Points[0].Y,
                Is.EqualTo((slope.Points[0].Bytes - slope.InterceptBytes) / (1 << 20)).Within(1e-9));
            Assert.That(
                chart.Lines.Single(line => line.Name == $"{slope.Of}, fitted").Points[^1].Y,
                Is.EqualTo(slope.BytesPerConnection * 350 / (1 << 20)).Within(1e-9));
        }
    }

    [Test]
    public void A_minute_without_a_value_is_a_gap()
    {
        var chart = (LineChart)Walk.Report(SampleServices.Over()).OfType<Block.Picture>()
            .Single(picture => picture.Chart.Title.Contains("service", StringComparison.Ordinal)).Chart;

        Assert.That(
            chart.Lines[0].Points.Select(point => point.Y), Is.EqualTo(new[] { 3.25, 48.5, 91.25, double.NaN, 12 }));
    }

    [Test]
    public void Outside_of_ECS_there_is_no_task_and_one_that_could_not_be_read_says_why()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Markdown(SampleReports.LimitFound() with { Task = new TaskMetadata.Outside() }),
                Is.EqualTo(Markdown(SampleReports.LimitFound())));
            Assert.That(
                Walk.Figure(Walk.Report(SampleTasks.Unavailable()), "Metadata"), Is.EqualTo("not available: 500 '{}'"));
            Assert.That(
                Walk.Figure(Walk.Report(SampleTasks.OnFargate()), "Task size"), Is.EqualTo("0.25 vCPU, 512 MiB"));
            Assert.That(
                Walk.Figure(Walk.Report(SampleTasks.OnFargate()), "Memory before the first connection"),
                Is.EqualTo("107.0 MiB: capacity 92.0 MiB, agent 15.0 MiB"));
        }
    }

    [Test]
    public void What_the_task_did_not_tell_is_said_so()
    {
        var bare = new EcsTask { Arn = SampleTasks.Fargate.Arn, MetadataVersion = 3, CpuUnits = new Limit.None("x") };
        var blocks = Walk.Report(SampleReports.LimitFound() with { Task = new TaskMetadata.Read(bare) }).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Walk.Figure(blocks, "Cluster"), Is.EqualTo("not known"));
            Assert.That(Walk.Figure(blocks, "Task size"), Is.EqualTo("no CPU limit, memory not known"));
        }
    }

    [TestCase("Run aws ecs update-service --cluster a", "aws ecs update-service --cluster a")]
    [TestCase("aws elbv2 modify-target-group-attributes", "aws elbv2 modify-target-group-attributes")]
    [TestCase("Raise the cap that aws.", null)]
    public void A_command_in_a_next_step_is_code(string next, string? command)
    {
        var text = Phrases.Next(next);

        Assert.That(
            (text.Plain, text.Parts.FirstOrDefault(part => part.Kind == SpanKind.Code)?.Content),
            Is.EqualTo((next, command)));
    }

    private static string Markdown(CapacityReport report) => MarkdownRenderer.Render(ReportContent.Of(report));

    private static string Page(CapacityReport report) => HtmlRenderer.Render(ReportContent.Of(report));
}
