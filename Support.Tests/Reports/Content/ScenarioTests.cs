using NUnit.Framework;
using Support.Reports.Content;
using Support.Reports.Files;

namespace Support.Tests.Reports.Content;

/// <summary>
/// What a person and a machine get of every kind of run: a snapshot for each thing that differs, and no more.
/// </summary>
internal sealed class ScenarioTests
{
    private static readonly string[] Elsewhere = ["de-DE", "ar-SA", "tr-TR"];

    private static IEnumerable<TestCaseData> Files() =>
    [
        .. Of("md", "EightSteps", "EverythingNull", "Hostile", "PlanEight", "Rebuilt", "SizesRefused"),
        .. Of("html", "SizesRefused"),
        .. Of("json", "EverythingNull", "Hostile", "PlanEight", "SizesRefused"),
        .. Of("xml", "GateMissed", "Hostile", "PlanEight", "SizesRefused"),
    ];

    [Test]
    public Task The_screen_ends_with_this() => Compare(
        string.Join("\n\n", SampleReports.All.Select(one =>
            $"# {one.Key}\n\n{string.Join('\n', ScreenRows.Summary(one.Value, "reports/latest/capacity.html"))}")),
        "Summaries", "txt");

    [TestCaseSource(nameof(Files))]
    public Task A_file_is_this(string report, string extension) =>
        Compare(Format(extension).Render(SampleReports.All[report]).TrimEnd('\n'), report, extension);

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void The_culture_of_the_machine_changes_nothing(string name)
    {
        string Everything() =>
            string.Join('\n', ReportWriter.Formats.Select(format => format.Render(SampleReports.All[name])))
                + string.Join('\n', ScreenRows.Summary(SampleReports.All[name], "reports"));
        var here = Culture.In("", Everything);

        Assert.That(Elsewhere.Where(culture => Culture.In(culture, Everything) != here), Is.Empty);
        Assert.That(here, Does.Not.Contain("\r"));
    }

    private static IEnumerable<TestCaseData> Of(string extension, params string[] reports) =>
        reports.Select(report => new TestCaseData(report, extension));

    private static ReportFormat Format(string extension) =>
        ReportWriter.Formats.Single(format => format.FileName.EndsWith("." + extension, StringComparison.Ordinal));

    /// <summary>The style sheet is the same on every page, and a file of its own.</summary>
    private static SettingsTask Compare(string text, string name, string extension) => Verifier.Verify(text, extension)
        .UseDirectory("Snapshots").UseFileName($"{name}-{extension}")
        .AddScrubber(page =>
        {
            var (from, to) = (page.ToString().IndexOf("<style>", StringComparison.Ordinal), page.ToString()
                .IndexOf("</style>", StringComparison.Ordinal));
            if (extension == "html" && from >= 0)
                page.Remove(from, to - from);
        }).DisableDiff();
}
