using System.Text.Json;
using Allure.Net.Commons;
using Support.Reports.Files;

namespace CapacityTests;

/// <summary>
/// Sends Allure's results to the reports folder; Allure reads its configuration when its lifecycle is first touched.
/// </summary>
internal static class AllureFolder
{
    private const string ConfigVariable = "ALLURE_CONFIG";

    // Beside the reports it would be taken for one of them.
    private static ReportFolder Config { get; } = new(
        Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"capacity-allure-{Environment.ProcessId}")));

    public static void Prepare()
    {
        try
        {
            // A configuration of the user's own is the user's to keep.
            if (!Suite.Environment.ContainsKey(ConfigVariable))
            {
                var folder = Path.Combine(Suite.Run.ReportsDirectory, "allure-results");
                var config = JsonSerializer.Serialize(new { allure = new { directory = folder } });
                Environment.SetEnvironmentVariable(ConfigVariable, Config.Write("allureConfig.json", config));
            }

            AllureLifecycle.Instance.CleanupResultDirectory();
        }
        finally
        {
            // It was read just now, and is read once.
            if (Directory.Exists(Config.Directory))
                Directory.Delete(Config.Directory, recursive: true);
        }
    }
}
