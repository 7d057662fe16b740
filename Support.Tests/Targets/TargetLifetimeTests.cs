using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

[Platform("Linux")]
internal sealed class TargetLifetimeTests
{
    [Test, CancelAfter(30_000)]
    public async Task Disposing_ends_the_server(CancellationToken cancellationToken)
    {
        var target = await TargetRun.StartAsync(cancellationToken);
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);
        Assert.That((target.HasExited, target.ExitCode), Is.EqualTo((false, (int?)null)));

        await target.DisposeAsync();
        await target.DisposeAsync();

        Assert.That(target.HasExited, Is.True);
        Assert.That(IsGone(target.ProcessId), Is.True);
    }

    [Test, CancelAfter(30_000)]
    public async Task The_server_is_gone_soon_after_its_parent_was_killed(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory();
        const string script = """mkfifo "$1"; dotnet "$2" --with-parent < "$1" & exec 3> "$1"; wait""";
        var start = new ProcessStartInfo(
            "sh", ["-c", script, "sh", Path.Combine(folder.FullName, "pipe"), TargetRun.ServerFile])
        {
            RedirectStandardOutput = true,
        };
        using var parent = Process.Start(start)!;
        var line = await parent.StandardOutput.ReadLineAsync(cancellationToken);
        var server = JsonDocument.Parse(line!["listening ".Length..]).RootElement.GetProperty("pid").GetInt32();
        Assert.That(IsGone(server), Is.False);

        try
        {
            parent.Kill();
            await TargetRun.UntilAsync(() => Task.FromResult(IsGone(server)), cancellationToken);
        }
        finally
        {
            // A server that outlived its parent is this test's to end.
            if (!IsGone(server))
                await TargetRun.SignalAsync("KILL", server, CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task Sigterm_ends_it_with_exit_code_0_although_sockets_are_open(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        var clients = await TargetRun.OpenAsync(target, 50, cancellationToken);

        await TargetRun.SignalAsync("TERM", target.ProcessId, cancellationToken);
        await TargetRun.UntilAsync(() => Task.FromResult(target.HasExited), cancellationToken);

        Assert.That(target.ExitCode, Is.Zero);
        foreach (var client in clients)
            client.Dispose();
    }

    [Test, CancelAfter(30_000)]
    public async Task Ctrl_c_is_left_to_the_suite(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);
        using var client = await RawClient.OpenAsync(target.Url, cancellationToken);

        await TargetRun.SignalAsync("INT", target.ProcessId, cancellationToken);

        Assert.That(await client.EchoesAsync(cancellationToken), Is.True);
        Assert.That(target.HasExited, Is.False);
    }

    [Test, CancelAfter(30_000)]
    public async Task A_target_that_died_in_mid_run_can_be_told(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);

        await TargetRun.SignalAsync("KILL", target.ProcessId, cancellationToken);
        await TargetRun.UntilAsync(() => Task.FromResult(target.HasExited), cancellationToken);

        Assert.That(target.ExitCode, Is.EqualTo(128 + 9));
    }

    /// <summary>No such process, or one that only waits to be collected.</summary>
    private static bool IsGone(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
