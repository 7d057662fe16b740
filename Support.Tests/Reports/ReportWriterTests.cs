using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Reports;

internal sealed class ReportWriterTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make() => temporary = new TemporaryFolder();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void Every_format_is_written()
    {
        var written = ReportWriter.Write(SampleReports.LimitFound(), temporary.Folder, NoVariables);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written.Problems, Is.Empty);
            Assert.That(
                written.Files.Select(Path.GetFileName),
                Is.EqualTo(new[] { "capacity.json", "capacity.md", "capacity.html", "junit.xml" }));
            Assert.That(written.Files, Is.All.Matches<string>(File.Exists));
        }
    }

    [Test]
    public void A_format_that_fails_does_not_take_the_others_with_it()
    {
        Directory.CreateDirectory(Path.Combine(temporary.Folder.Directory, "capacity.md"));
        var written = ReportWriter.Write(
            SampleReports.LimitFound(), temporary.Folder, NoVariables, [Faulty, .. ReportWriter.Formats]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                written.Files.Select(Path.GetFileName),
                Is.EqualTo(new[] { "capacity.json", "capacity.html", "junit.xml" }));
            Assert.That(written.Problems, Has.Length.EqualTo(2));
            Assert.That(written.Problems[0], Does.StartWith("faulty.txt could not be made").And
                .EndsWith("InvalidOperationException: broken on purpose"));
            Assert.That(written.Problems[1], Does.StartWith("capacity.md: ").And.Contains("set Reports.Directory"));
        }
    }

    [Test]
    public void The_markdown_is_added_to_the_summary_of_the_job()
    {
        var summary = Path.Combine(temporary.Root, "summary.md");
        File.WriteAllText(summary, "before\n");
        ReportWriter.Write(
            SampleReports.LimitFound(),
            temporary.Folder,
            new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = summary });

        Assert.That(
            File.ReadAllText(summary),
            Is.EqualTo("before\n" + ReportWriter.Formats[1].Render(SampleReports.LimitFound())));
    }

    [Test]
    public void A_summary_that_cannot_be_written_is_a_problem_and_the_reports_are_there()
    {
        var written = ReportWriter.Write(
            SampleReports.LimitFound(), temporary.Folder,
            new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = temporary.Root });

        Assert.That((written.Files.Length, written.Problems.Length), Is.EqualTo((4, 1)));
    }

    private static ReportFormat Faulty { get; } =
        new("faulty.txt", _ => throw new InvalidOperationException("broken on purpose"));
}
