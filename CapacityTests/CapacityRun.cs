using System.Collections.Immutable;
using System.Reflection;
using NUnit.Framework;
using Support.Measuring;
using Support.Reports;
using Support.Settings;
using Support.Targets;

namespace CapacityTests;

/// <summary>What all fixtures of a run share: settings, ladder, record and target; composed on first use, judged by nobody here.</summary>
internal static class CapacityRun
{
    private static readonly CancellationTokenSource Interruption = new();

    /// <summary>The environment of the process, read once.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = ProcessEnvironment.Read();

    /// <summary>The folder of Tests.sln, or the current folder where there is none (a published image).</summary>
    public static string BaseDirectory { get; } = FindBaseDirectory();

    /// <summary>The settings, or everything that is wrong with them.</summary>
    public static SettingsResult Settings { get; } = SettingsReader.Read(Parameters(), Environment, BaseDirectory);

    /// <summary>The ladder; null where the settings can't be used.</summary>
    public static CapacityLadder? Ladder { get; } = Settings.Settings is { } usable ? CapacityLadder.From(usable.Ladder) : null;

    /// <summary>What starts the server under test, where the settings say so; null where it runs already, or is embedded.</summary>
    public static ServerCommand? Command { get; } = Settings.Settings?.Target is { Command: { } line, Url: { } url } target
        ? new(line, url, BaseDirectory) { StartTimeout = target.StartTimeout }
        : null;

    /// <summary>What was found and measured so far.</summary>
    public static RunRecord Record { get; } = new(TimeProvider.System);

    /// <summary>The server under test and what was read about it; started on first use.</summary>
    public static TargetSession Target { get; } = new();

    /// <summary>Where everything is written; falls back to the default where the setting itself is the problem.</summary>
    public static ReportFolder Reports { get; } = new(Settings.ReportsDirectory ?? Path.Combine(BaseDirectory, "reports", "latest"));

    /// <summary>Cancelled when the run is stopped from outside.</summary>
    public static CancellationToken Interrupted => Interruption.Token;

    /// <summary>The suite's version.</summary>
    public static string Version { get; } =
        typeof(CapacityRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Stops what is measured now; what was measured until then stays, and the run is red.</summary>
    public static void Interrupt(string by)
    {
        Record.Interrupt(by);
        Interruption.Cancel();
    }

    private static ImmutableDictionary<string, string> Parameters() =>
        TestContext.Parameters.Names.ToImmutableDictionary(name => name, name => TestContext.Parameters[name] ?? "", StringComparer.Ordinal);

    private static string FindBaseDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tests.sln")))
                return folder.FullName;
        }

        return Directory.GetCurrentDirectory();
    }
}
