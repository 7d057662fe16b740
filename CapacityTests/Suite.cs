using System.Collections.Immutable;
using System.Reflection;
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

    /// <summary>The folder of Tests.sln, or the current folder where there is none (a published image).</summary>
    public static string BaseDirectory { get; } = ProcessEnvironment.BaseDirectory();

    /// <summary>The run.</summary>
    public static CapacityRun Run { get; } = Compose();

    private static CapacityRun Compose()
    {
        return new(new()
        {
            Settings = SettingsReader.Read(Parameters(), Environment, BaseDirectory),
            Environment = Environment,
            BaseDirectory = BaseDirectory,
            Version = Version(),
            // At once, and of a level of its own: what a test leaves as its output comes when it ends, and is for the
            // TRX.
            Screen = new RunScreen(TestContext.Error.WriteLine, BaseDirectory),
            Allure = () => AllureFolder.Results,
        });
    }

    private static ImmutableDictionary<string, string> Parameters() =>
        TestContext.Parameters.Names.ToImmutableDictionary(
        name => name, name => TestContext.Parameters[name] ?? "", StringComparer.Ordinal);

    private static string Version() =>
        typeof(Suite).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "unknown";
}
