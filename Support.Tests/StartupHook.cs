using Support.Run;
using Support.Tests.Compat;
using Support.Tests.Run;

/// <summary>
/// What .NET runs before the program itself, where DOTNET_STARTUP_HOOKS names this assembly: it knows the class by this
/// name, outside of any namespace.
/// </summary>
internal sealed class StartupHook
{
    /// <summary>The variable that says how to die.</summary>
    public const string Variable = "SUPPORT_TESTS_DIE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) == nameof(AllureTestsCleaningSample))
            AllureTestsRun.Of(typeof(AllureTestsCleaningSample));
        else
            RunAsync().GetAwaiter().GetResult();
    }

    private static async Task RunAsync()
    {
        var driven = new Driven(new(cap: 1_000));
        using var signals = new StopSignals(driven.Run);
        await driven.MeasureAsync(CancellationToken.None);
        var thread = new Thread(() => throw new FormatException());
        thread.Start();
        thread.Join();
    }
}
