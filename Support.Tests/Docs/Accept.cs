using System.Runtime.CompilerServices;
using Support.Settings;

namespace Support.Tests.Docs;

/// <summary>
/// <c>ACCEPT=1 dotnet test Support.Tests</c> takes what the code writes for what stands in the repository: snapshots,
/// pages, tables and schema. What it changed is read in the commit.
/// </summary>
internal static class Accept
{
    /// <summary>What to run where a difference is meant.</summary>
    public const string Command = "ACCEPT=1 dotnet test Support.Tests";

    /// <summary>Whether what differs is taken.</summary>
    public static bool IsWanted { get; } = ProcessEnvironment.Read().GetValueOrDefault("ACCEPT") == "1";

    [ModuleInitializer]
    internal static void Snapshots()
    {
        if (IsWanted)
            VerifyTests.VerifierSettings.AutoVerify();
    }
}
