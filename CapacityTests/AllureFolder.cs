using System.Text.Json;
using Allure.Net.Commons;
using Support.Reports;

namespace CapacityTests;

/// <summary>Sends Allure's results to the reports folder; Allure reads its configuration when its lifecycle is first touched.</summary>
internal static class AllureFolder
{
    private const string ConfigVariable = "ALLURE_CONFIG";

    // Beside the reports it would be taken for one of them.
    private static ReportFolder Config { get; } = new(
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), FormattableString.Invariant($"capacity-allure-{Environment.ProcessId}")));

    /// <summary>Where Allure's results are.</summary>
    public static string Path => AllureLifecycle.Instance.ResultsDirectory;

    public static void Prepare()
    {
        // A configuration of the user's own is the user's to keep.
        if (!CapacityRun.Environment.ContainsKey(ConfigVariable))
        {
            var folder = System.IO.Path.Combine(CapacityRun.Reports.Directory, "allure-results");
            var config = JsonSerializer.Serialize(new { allure = new { directory = folder } });
            Environment.SetEnvironmentVariable(ConfigVariable, Config.Write("allureConfig.json", config));
        }

        AllureLifecycle.Instance.CleanupResultDirectory();
        // It was read just now, and is read once.
        if (Directory.Exists(Config.Directory))
            Directory.Delete(Config.Directory, recursive: true);
    }
}
