using System.Collections.Immutable;
using System.Reflection;
using Allure.Net.Commons;
using NUnit.Framework;
using Support.Run;
using Support.Settings;

namespace CapacityTests;

/// <summary>
/// The run that every fixture shows a part of; static, as NUnit asks for its cases before it makes a fixture.
/// </summary>
internal static class Suite
{
    /// <summary>The environment of the process, read once.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = ProcessEnvironment.Read();

    /// <summary>The run.</summary>
    public static CapacityRun Run { get; } = Compose();

    private static CapacityRun Compose()
    {
        var here = BaseDirectory();
        return new(new()
        {
            Settings = SettingsReader.Read(Parameters(), Environment, here),
            Environment = Environment,
            BaseDirectory = here,
            Version = Version(),
            Screen = new Screen(),
            AllureResults = () => AllureLifecycle.Instance.ResultsDirectory,
        });
    }

    private static ImmutableDictionary<string, string> Parameters() =>
        TestContext.Parameters.Names.ToImmutableDictionary(
        name => name, name => TestContext.Parameters[name] ?? "", StringComparer.Ordinal);

    // The folder of Tests.sln, or the current folder where there is none (a published image).
    private static string BaseDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tests.sln")))
                return folder.FullName;
        }

        return Directory.GetCurrentDirectory();
    }

    private static string Version() =>
        typeof(Suite).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "unknown";
}
