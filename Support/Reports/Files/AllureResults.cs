using System.Collections.Immutable;
using System.Text.Json;

namespace Support.Reports.Files;

/// <summary>
/// Where Allure writes while the run lasts: a private temporary folder, out of which the files go beside the reports.
/// </summary>
/// <remarks>
/// Allure.NUnit ends the whole process where it cannot write an attachment: a reports folder that is removed or full
/// must not be able to do that.
/// </remarks>
public sealed class AllureResults
{
    internal const string FolderName = "allure-results";
    private const string Prefix = "capacity-allure-";

    // Among the reports while the run lasts: where the files are, for the run after one that was killed.
    private const string PlaceFile = "allure-results.tmp";

    private readonly ReportFolder results;
    private readonly ReportFolder? reports;

    // A signal may end the run while a test still has something to attach.
    private volatile bool isOver;

    private AllureResults(ReportFolder results, ReportFolder? reports) =>
        (this.results, this.reports) = (results, reports);

    /// <summary>The folder that Allure writes to, absolute.</summary>
    public string Directory => results.Directory;

    // Not the folder of the results: Allure empties that one.
    private string Root => Path.GetDirectoryName(Directory)!;

    /// <summary>A folder of the user's own configuration: what is there stays there.</summary>
    public static AllureResults Of(string directory) => new(new(directory), null);

    /// <summary>
    /// Makes a private folder, and takes away what an earlier run left beside the reports and, where it was killed, in
    /// a folder of its own.
    /// </summary>
    /// <exception cref="IOException">There is no room for temporary files.</exception>
    public static AllureResults Begin(ReportFolder reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Read(PlaceFile) is { } left && IsOurs(left))
            RemoveAll(left);
        RemoveAll(Path.Combine(reports.Directory, FolderName));
        var root = System.IO.Directory.CreateTempSubdirectory(Prefix).FullName;
        // A reports folder that cannot be written has a check of its own.
        ReportFolder.Attempt(() => reports.Write(PlaceFile, root));
        return new(new(Path.Combine(root, FolderName)), reports);
    }

    /// <summary>Writes Allure's configuration.</summary>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">It could not be written.</exception>
    public string WriteConfiguration() =>
        new ReportFolder(Root).Write(
            "allureConfig.json", JsonSerializer.Serialize(new { allure = new { directory = Directory } }));

    /// <summary>Proves that a file of this length can be written, as Allure itself would not live to say.</summary>
    /// <param name="bytes">The length, 0 or more.</param>
    /// <exception cref="IOException">It cannot.</exception>
    public void RequireRoom(long bytes)
    {
        if (isOver)
            throw new IOException("The run is over, and its files of Allure have been moved.");
        try
        {
            results.RequireWritable(bytes);
        }
        catch (ReportWriteException problem)
        {
            throw new IOException(
                $"{problem.InnerException!.Message} Make room there, or name another folder in TMPDIR.", problem);
        }
    }

    /// <summary>Moves what is there beside the reports, between two tests: Allure may go on.</summary>
    /// <returns>Why files stay where they are, in one sentence; empty where none does.</returns>
    public ImmutableArray<string> Move()
    {
        if (reports is null || !System.IO.Directory.Exists(Directory))
            return [];
        var files = System.IO.Directory.GetFiles(Directory);
        var to = reports.Below(FolderName);
        string[] problems = [.. files.Select(file => ReportFolder.Attempt(() => to.Take(file))).OfType<string>()];
        return problems is []
            ? []
            : [$"{problems.Length} of {files.Length} files of Allure stay in {Directory}: {problems[0]}"];
    }

    /// <summary>Moves what is there, and removes the folder where that left nothing.</summary>
    /// <returns>As <see cref="Move"/>.</returns>
    public ImmutableArray<string> End()
    {
        isOver = reports is not null;
        var problems = Move();
        if (reports is null || !problems.IsEmpty)
            return problems;
        RemoveAll(Root);
        ReportFolder.Attempt(() => reports.Remove(PlaceFile));
        return [];
    }

    private static bool IsOurs(string path) =>
        Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal)
#pragma warning disable RS0030 // To compare with; nothing is made there.
        && Path.GetDirectoryName(path) == Path.TrimEndingDirectorySeparator(Path.GetTempPath());
#pragma warning restore RS0030

    private static void RemoveAll(string directory)
    {
        try
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            // Not there, or not to be removed: then it costs room and no more.
        }
    }
}
