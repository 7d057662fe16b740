using Support.Reports.Files;

namespace Support.Tests.Reports;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("reports-");

    public ReportFolder Folder => new(Path.Combine(directory.FullName, "latest"));

    public string Root => directory.FullName;

    public void Dispose() => directory.Delete(recursive: true);
}
