using Support.Aws.Metrics;

namespace Support.Tests.Aws.Publishing;

/// <summary>What metrics of the tests belong to.</summary>
internal static class MetricSources
{
    /// <summary>
    /// A service in a cluster, with a namespace and a name of its own for each test: the emulator ignores the namespace
    /// where there are dimensions.
    /// </summary>
    public static MetricSource Of(string name = "Test") =>
        new(name, new("prod", name, "256/512", "progressive"), "20261115T093012Z-4f2a1c",
            "wss://chat.example.com/socket?token=***");
}
