using NUnit.Framework;
using Support.Reports.Files;
using Support.Tests.Docs;

namespace Support.Tests.Reports;

/// <summary>The sample that the documents link to is what the code writes.</summary>
internal sealed class SampleFolderTests
{
    private static IEnumerable<string> Files() => ReportWriter.Formats.Select(format => format.FileName);

    [TestCaseSource(nameof(Files))]
    public void The_checked_in_sample_is_what_the_code_writes(string file) => Documents.AssertWritten(
        $"reports/sample/{file}",
        ReportWriter.Formats.Single(format => format.FileName == file).Render(SampleReports.LimitFound()));
}
