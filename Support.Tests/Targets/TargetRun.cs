using System.Collections.Immutable;
using System.Diagnostics;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>What the tests of this room do again and again.</summary>
internal static class TargetRun
{
    public static string ServerFile => HelperProcess.TargetServer.Find();

    public static Task<EmbeddedTarget> StartAsync(CancellationToken cancellationToken, params string[] arguments) =>
        EmbeddedTarget.StartAsync(new() { Arguments = [.. arguments] }, cancellationToken);

    public static async Task<ImmutableArray<RawClient>> OpenAsync(
        EmbeddedTarget target, int count, CancellationToken cancellationToken)
    {
        var clients = ImmutableArray.CreateBuilder<RawClient>(count);
        for (var index = 0; index < count; index++)
            clients.Add(await RawClient.OpenAsync(target.Url, cancellationToken));
        return clients.ToImmutable();
    }

    /// <summary>
    /// The target's numbers, however long a busy machine takes to answer; the test's own deadline bounds it.
    /// </summary>
    public static async Task<TargetStats> StatsAsync(EmbeddedTarget target, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TargetStatsReader.ReadAsync(target.Url, cancellationToken) is { } stats)
                return stats;
        }
    }

    /// <summary>Waits until a condition is true; the test's own deadline bounds it.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
    }

    /// <summary>Runs the server to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> ToEndAsync(
        CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Process.Start(HelperProcess.StartInfo(ServerFile, ["--with-parent", .. arguments]))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    public static async Task SignalAsync(string signal, int processId, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{processId}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
