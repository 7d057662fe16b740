using System.Diagnostics;
using NUnit.Framework;
using Support.Pool;
using Support.Pool.Workers;
using Support.Targets;
using Support.Tests.Pool.Faults;
using Support.Tests.Targets;

namespace Support.Tests.Pool.Workers;

/// <summary>A worker as the process that it is: when it ends, and when it does not.</summary>
[Platform("Linux", Reason = "Signals and /proc.")]
internal sealed class WorkerLoopTests
{
    private static string File => HelperProcess.PoolWorker.Find();

    [Test]
    [CancelAfter(60_000)]
    public async Task It_ends_when_its_input_ends_and_its_connections_with_it(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        // The kernel closes the pipes of a parent that is gone, whatever it died of: here the parent is a shell.
        using var shell = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", $"sleep 1000 | exec '{HelperProcess.StartInfo(File, []).FileName}' '{File}'"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        Assert.That(
            WorkerLines.Reply((await shell.StandardOutput.ReadLineAsync(cancellationToken))!)?.Hello, Is.Not.Null);
        var children = Process.GetProcesses()
            .Where(process => IsChildOf(process.Id, shell.Id)).ToLookup(process => process.ProcessName == "sleep");
        var worker = children[false].Single().Id;
        children[true].Single().Kill();
        await TestPool.UntilAsync(() => !TestWorkers.IsAlive(worker), cancellationToken);

        await shell.WaitForExitAsync(cancellationToken);
        Assert.That(shell.ExitCode, Is.Zero);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Signals_to_the_group_are_left_to_the_suite(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of();
        await using var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 5, cancellationToken);
        await TargetRun.SignalAsync("TERM", pool.ProcessIds[0], cancellationToken);
        await TargetRun.SignalAsync("INT", pool.ProcessIds[0], cancellationToken);

        Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(5));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task It_is_the_first_choice_when_memory_is_out(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = TestWorkers.Of();
        await using var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 1, cancellationToken);

        Assert.That((await System.IO.File.ReadAllTextAsync(
            $"/proc/{pool.ProcessIds[0]}/oom_score_adj", cancellationToken)).Trim(), Is.EqualTo("1000"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task The_end_of_the_crew_is_the_end_of_its_workers(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        var crew = TestWorkers.Of(budget: 5);
        int[] workers;
        await using (var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 10, cancellationToken))
            workers = [.. pool.ProcessIds];
        await crew.DisposeAsync();

        Assert.That(workers.Where(TestWorkers.IsAlive), Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_limit_of_open_files_takes_more_workers_and_no_connection(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(GoodServer.Echo);
        await using var crew = new WorkerPools(TimeProvider.System) { Start = Limited };
        await using var pool = await TestWorkers.OpenAsync(crew, TestPool.Options(server), 250, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.ProcessIds, Has.Length.EqualTo(3), "Each has 292 − 192 to hold.");
            Assert.That(await pool.PingAsync(cancellationToken), Is.EqualTo(250));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_line_that_is_no_command_ends_it_without_repeating_what_may_be_secret(
        CancellationToken cancellationToken)
    {
        using var process = Process.Start(HelperProcess.StartInfo(File, []))!;
        await process.StandardInput.WriteLineAsync("secret");
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.EqualTo(1));
            Assert.That(errors, Does.Contain("no command").And.Not.Contain("secret"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Started_by_hand_it_says_what_it_is(CancellationToken cancellationToken)
    {
        using var process = Process.Start(HelperProcess.StartInfo(File, ["--help"]))!;
        var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.Zero);
            Assert.That(text, Does.Contain("nobody else has to"));
        }
    }

    private static ProcessStartInfo Limited()
    {
        var start = HelperProcess.StartInfo(File, []);
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, "--nofile=292");
        start.FileName = "prlimit";
        return start;
    }

    private static bool IsChildOf(int processId, int parent)
    {
        var stat = $"/proc/{processId}/stat";
        return System.IO.File.Exists(stat)
            && System.IO.File.ReadAllText(stat).Split(") ")[1].Split(' ')[1] == $"{parent}";
    }
}
