using Allure.Net.Commons;
using Support.Reports.Files;

namespace CapacityTests;

/// <summary>
/// Where Allure writes. It reads its configuration when its lifecycle is first touched, so this is asked before.
/// </summary>
internal static class AllureFolder
{
    private const string ConfigVariable = "ALLURE_CONFIG";

    private static readonly Lazy<AllureResults> Prepared = new(Prepare);

    /// <summary>Prepared by whoever asks first: not where tests are only listed.</summary>
    public static AllureResults Results => Prepared.Value;

    private static AllureResults Prepare()
    {
        // A configuration of the user's own is the user's to keep.
        if (Suite.Environment.ContainsKey(ConfigVariable))
        {
            AllureLifecycle.Instance.CleanupResultDirectory();
            return AllureResults.Of(AllureLifecycle.Instance.ResultsDirectory);
        }

        var results = AllureResults.Begin(new(Suite.Run.ReportsDirectory));
        Environment.SetEnvironmentVariable(ConfigVariable, results.WriteConfiguration());
        _ = AllureLifecycle.Instance;
        return results;
    }
}
