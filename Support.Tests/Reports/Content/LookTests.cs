using NUnit.Framework;
using Support.Reports.Content;
using Support.Reports.Documents;

namespace Support.Tests.Reports.Content;

public sealed class LookTests
{
    [Test]
    public void Look()
    {
        foreach (var (name, report) in SampleReports.All)
        {
            File.WriteAllText($"/tmp/look/{name}.txt", string.Join('\n', ScreenRows.Summary(report, "reports/latest/capacity.html")) + "\n");
            File.WriteAllText($"/tmp/look/{name}.md", MarkdownRenderer.Render(ReportContent.Of(report)));
        }
    }
}
