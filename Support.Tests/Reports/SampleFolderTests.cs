using System.Runtime.CompilerServices;
using NUnit.Framework;
using Support.Reports;

namespace Support.Tests.Reports;

/// <summary>The sample that the documents link to is what the code writes.</summary>
public sealed class SampleFolderTests
{
    private const string Accept = "ACCEPT_SAMPLE";

    private static IEnumerable<string> Files() => ReportWriter.Formats.Select(format => format.FileName);

    [TestCaseSource(nameof(Files))]
    public void The_checked_in_sample_is_what_the_code_writes(string file)
    {
        var folder = new ReportFolder(Path.Combine(Here(), "..", "..", "reports", "sample"));
        var text = ReportWriter.Formats.Single(format => format.FileName == file).Render(SampleReports.LimitFound());
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            folder.Write(file, text);

        var path = Path.Combine(folder.Directory, file);
        Assert.That(File.Exists(path) ? File.ReadAllText(path) : "", Is.EqualTo(text), $"{path} differs. If that is meant: {Accept}=1 dotnet test Support.Tests");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
