using System.Diagnostics;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>A server in a real control group of this machine; ignored where none can be made.</summary>
[Platform("Linux")]
[OneAtATime("control groups")]
internal sealed class TaskGroupTests
{
    // moby, oci/caps/defaults.go.
    private const long DockersDefault = 0xa80425fb;

    private readonly ServerRun run = new();

    [SetUp]
    public void NeedsGroups() => Assume.That(ServerRun.Way(), Is.Not.EqualTo(CgroupDriver.None));

    [TearDown]
    public void Nothing_is_left() => Assert.That(ServerRun.Groups(), Is.Empty);

    [TearDown]
    public void Remove() => run.Dispose();

    [Test, CancelAfter(60_000)]
    public async Task The_server_is_in_a_group_of_exactly_the_size(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var limits = new GroupLimits((512L << 20) + 5, 300, 100, 200);
        await using var server = await own.StartWritingAsync("ulimit -S -n; ulimit -H -n", limits, cancellationToken);
        var memory = ServerRun.GroupOf(server.ProcessId, "memory");
        var cpu = ServerRun.GroupOf(server.ProcessId, "cpu");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                server.Effective, Is.EqualTo(limits with { MemoryBytes = 512L << 20 }), "The kernel counts in pages.");
            Assert.That(own.Written(), Is.EqualTo(["100", "200"]));
            Assert.That(Path.GetFileName(memory), Does.StartWith($"capacity-{Environment.ProcessId}-"));
            Assert.That(First(memory, "memory.limit_in_bytes", "memory.max"), Is.EqualTo($"{512L << 20}"));
            Assert.That(
                First(memory, "memory.memsw.limit_in_bytes", "memory.swap.max"), Is.AnyOf($"{512L << 20}", "0", null));
            Assert.That(First(cpu, "cpu.cfs_quota_us", "cpu.max"), Is.AnyOf("29296", "29296 100000"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Descriptors_beyond_what_can_be_given_are_said_as_what_they_are(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var most = int.MaxValue - 1;
        await using var server = await own.StartWritingAsync(
            "ulimit -S -n; ulimit -H -n",
            ServerRun.Small with { DescriptorsSoft = most, DescriptorsHard = most },
            cancellationToken);

        Assert.That(server.Effective!.DescriptorsHard, Is.LessThan(most));
        Assert.That(
            own.Written(), Is.EqualTo([$"{server.Effective.DescriptorsSoft}", $"{server.Effective.DescriptorsHard}"]));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_has_no_capability_that_a_task_of_ECS_has_not(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        await using var server = await own.StartWritingAsync(
            "ulimit -H -n 1024; grep ^Cap /proc/self/status; ulimit -H -n 2048 || echo refused",
            ServerRun.Small with { DescriptorsHard = 1024 },
            cancellationToken);
        var sets = own.Written().Where(line => line.StartsWith("Cap", StringComparison.Ordinal))
            .ToDictionary(line => line[..6], line => Convert.ToInt64(line[7..].Trim(), 16));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sets["CapEff"] & ~DockersDefault, Is.Zero);
            Assert.That(sets["CapPrm"] & ~DockersDefault, Is.Zero);
            Assert.That(sets["CapInh"], Is.Zero);
            Assert.That(own.Written(), Does.Contain("refused"));
            if (Environment.IsPrivilegedProcess)
                Assert.That(sets["CapBnd"] & ~DockersDefault, Is.Zero, "Nor can a program give them back.");
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_of_root_that_nothing_takes_capabilities_from_is_not_started(
        CancellationToken cancellationToken)
    {
        Assume.That(Environment.IsPrivilegedProcess);
        await SupervisorRun.ToolAsync(run.Folder, "setpriv", "exit 1", cancellationToken);
        var groups = CgroupParents.Find(FileTree.Machine, ServerRun.Small);
        var (first, _) = await SupervisorRun.RunAsync(groups, "exec sleep 600", $"{run.Folder}:/usr/bin:/bin");

        Assert.That(((SupervisorLine.Failed)first).Fault.Causes, Is.EqualTo(CgroupCauses.Capabilities));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_that_takes_more_memory_is_killed_and_said_to_be(CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        await using var server = await own.StartAsync(
            "until [ -e go ]; do sleep 0.05; done; exec tail /dev/zero", ServerRun.Small, cancellationToken);
        await File.WriteAllTextAsync(own.In("go"), "", cancellationToken);
        await TargetRun.UntilAsync(() => Task.FromResult(server.HasEnded), cancellationToken);
        var end = await server.EndAsync();

        Assert.That((end.ExitCode, end.OomKills), Is.EqualTo(((int?)137, 1L)));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_worker_that_is_killed_for_memory_is_counted_although_the_server_lives_on(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var server = await own.StartWritingAsync("tail /dev/zero; echo", ServerRun.Small, cancellationToken);
        var end = await server.EndAsync();

        Assert.That((end.ExitCode, end.OomKills), Is.EqualTo(((int?)null, 1L)));
    }

    [Test, CancelAfter(60_000)]
    public void A_server_that_is_killed_for_memory_before_it_answers_names_the_size(CancellationToken cancellationToken)
    {
        var failure = Assert.ThrowsAsync<ServerStartException>(() => ServerProcess.StartAsync(
            run.Command("exec tail /dev/zero"), ServerRun.Small, ServerRun.Way(), _ => Task.FromResult(false),
            cancellationToken))!;

        Assert.That(failure.Message, Does.Contain("exit code 137").And.Contain(
            "killed 1 of its processes for memory: 64 MiB are not enough to "
            + "start it: raise memory in the task definition"));
        Assert.That(failure.End!.OomKills, Is.EqualTo(1));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_server_that_wants_more_processor_time_is_throttled(CancellationToken cancellationToken)
    {
        await using var server = await run.StartAsync("while :; do :; done", ServerRun.Small, cancellationToken);
        var stat = $"{ServerRun.GroupOf(server.ProcessId, "cpu")}/cpu.stat";

        await TargetRun.UntilAsync(
            () => Task.FromResult(CgroupParser.Throttling(File.ReadAllText(stat))?.Periods > 2), cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task What_the_server_started_is_gone_with_it_although_it_left_its_session(
        CancellationToken cancellationToken)
    {
        using var own = new ServerRun();
        var server = await own.StartWritingAsync(
            "setsid sh -c \"trap '' TERM; echo \\$\\$; exec >/dev/null 2>&1; while :; do sleep 1; done\" & sleep 0.3",
            ServerRun.Small,
            cancellationToken);
        var daemon = int.Parse(own.Written()[0], null);
        Assert.That(ServerRun.IsGone(daemon), Is.False);

        await server.EndAsync();

        Assert.That(ServerRun.IsGone(daemon), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task Groups_that_the_server_made_below_its_own_are_gone_with_what_is_in_them(
        CancellationToken cancellationToken)
    {
        var server = await run.StartAsync("sleep 600 & wait", ServerRun.Small, cancellationToken);
        var table = ProcessTable.Read();
        var child = table.Single(row => row.Parent == server.ProcessId).Id.Pid;
        foreach (var controller in new[] { "memory", "cpu" })
        {
            var below = Directory.CreateDirectory($"{ServerRun.GroupOf(child, controller)}/one/two").FullName;
            await File.WriteAllTextAsync($"{below}/cgroup.procs", $"{child}", cancellationToken);
        }

        await server.EndAsync();

        Assert.That(ServerRun.IsGone(child), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_killed_supervisor_has_an_heir_where_process_1_collects_nobody(
        CancellationToken cancellationToken)
    {
        Assume.That(Environment.IsPrivilegedProcess);
        var supervisor = new SupervisorRequest("exec sleep 600", "/", ServerRun.Small,
            CgroupParents.Find(FileTree.Machine, ServerRun.Small)).ToStartInfo();
        // Process 1 of the namespace starts the supervisor, and becomes what collects nobody.
        var start = new ProcessStartInfo("unshare", ["--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
            "exec 3<&0; \"$@\" <&3 3<&- & exec sleep 600 <&- 3<&-", "sh",
            supervisor.FileName, .. supervisor.ArgumentList])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var namespaceOfItsOwn = Process.Start(start)!;
        try
        {
            var line = await namespaceOfItsOwn.StandardOutput.ReadLineAsync(cancellationToken);
            Assume.That(line, Is.Not.Null, "unshare is not allowed here");
            Assert.That(SupervisorLine.Parse(line!), Is.TypeOf<SupervisorLine.Running>());
            var first = Only(namespaceOfItsOwn.Id);
            await TargetRun.SignalAsync("KILL", Only(first), cancellationToken);
            namespaceOfItsOwn.StandardInput.Close();

            await TargetRun.UntilAsync(() => Task.FromResult(ServerRun.Groups().Length == 0), cancellationToken);
        }
        finally
        {
            namespaceOfItsOwn.Kill(entireProcessTree: true);
            await namespaceOfItsOwn.WaitForExitAsync(CancellationToken.None);
        }

        int Only(int parent) => ProcessTable.Read().Single(row => row.Parent == parent).Id.Pid;
    }

    [Test, CancelAfter(120_000)]
    public async Task Fifty_starts_leave_nothing(CancellationToken cancellationToken)
    {
        var processes = new List<int>();
        for (var round = 0; round < 5; round++)
        {
            var servers = await Task.WhenAll(Enumerable.Range(0, 10)
                .Select(_ => run.StartAsync("sleep 600 & wait", ServerRun.Small, cancellationToken)));
            processes.AddRange(servers.Select(server => server.ProcessId));
            Assert.That(ServerRun.Groups(), Has.Length.GreaterThanOrEqualTo(10));
            await Task.WhenAll(servers.Select(server => server.EndAsync()));
        }

        Assert.That(processes, Has.Count.EqualTo(50).And.Unique);
        Assert.That(processes.Where(process => !ServerRun.IsGone(process)), Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task Server_and_group_are_gone_soon_after_the_suite_was_killed(CancellationToken cancellationToken)
    {
        // The holder of the pipe stands for the suite, and nobody reads what the supervisor says from then on.
        var supervisor = new SupervisorRequest("setsid sleep 600 & exec sleep 600", "/", ServerRun.Small,
            CgroupParents.Find(FileTree.Machine, ServerRun.Small)).ToStartInfo();
        const string script = """exec 9>&1; sh -c 'echo holder $$ >&9; exec 9>&- sleep 600' | "$@" 9>&-""";
        using var shell = Process.Start(new ProcessStartInfo(
            "sh",
            ["-c", script, "sh", supervisor.FileName, .. supervisor.ArgumentList]) { RedirectStandardOutput = true })!;
        var lines = new[]
        {
            await shell.StandardOutput.ReadLineAsync(cancellationToken),
            await shell.StandardOutput.ReadLineAsync(cancellationToken),
        };
        var holder = int.Parse(
            lines.Single(line => line!.StartsWith("holder ", StringComparison.Ordinal))!.Split(' ')[1], null);
        var server = lines.Select(line => SupervisorLine.Parse(line!))
            .OfType<SupervisorLine.Running>().Single().ProcessId;
        Assert.That(ServerRun.Groups(), Is.Not.Empty);
        shell.StandardOutput.Close();

        await TargetRun.SignalAsync("KILL", holder, cancellationToken);

        await TargetRun.UntilAsync(
            () => Task.FromResult(ServerRun.IsGone(server) && ServerRun.Groups().Length == 0), cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
    }

    [TestCase("INT"), TestCase("TERM"), TestCase("HUP"), CancelAfter(60_000)]
    public async Task A_signal_to_the_supervisor_ends_the_server_and_removes_the_group(
        string signal, CancellationToken cancellationToken)
    {
        await using var server = await run.StartAsync("exec sleep 600", ServerRun.Small, cancellationToken);
        await TargetRun.SignalAsync(signal, SupervisorOf(server), cancellationToken);

        await TargetRun.UntilAsync(
            () => Task.FromResult(server.HasEnded && ServerRun.Groups().Length == 0), cancellationToken);
        Assert.That(ServerRun.IsGone(server.ProcessId), Is.True);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_supervisor_that_is_killed_has_an_heir(CancellationToken cancellationToken)
    {
        var server = await run.StartAsync("exec sleep 600", ServerRun.Small, cancellationToken);
        await TargetRun.SignalAsync("KILL", SupervisorOf(server), cancellationToken);

        await server.EndAsync();

        await TargetRun.UntilAsync(
            () => Task.FromResult(ServerRun.IsGone(server.ProcessId) && ServerRun.Groups().Length == 0),
            cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_group_of_a_suite_that_is_no_more_is_swept_and_a_strangers_stays(
        CancellationToken cancellationToken)
    {
        const string nobody = "999999999";
        var names = new FileInfo("/proc/self/ns/pid").LinkTarget!;
        var space = names[(names.IndexOf('[', StringComparison.Ordinal) + 1)..^1];
        var place = CgroupParents.Find(FileTree.Machine, ServerRun.Small).Memory[0];
        var stale = Directory.CreateDirectory($"{place}/capacity-{nobody}-1-{space}-1");
        var strangers = Directory.CreateDirectory($"{place}/capacity-{nobody}-1-1-1");
        try
        {
            using var sleeper = Process.Start("sleep", "600");
            await File.WriteAllTextAsync($"{stale.FullName}/cgroup.procs", $"{sleeper.Id}", cancellationToken);

            await using (await run.StartAsync("exec sleep 600", ServerRun.Small, cancellationToken))
            {
                await sleeper.WaitForExitAsync(cancellationToken);
                Assert.That(
                    (Directory.Exists(stale.FullName), Directory.Exists(strangers.FullName)),
                    Is.EqualTo((false, true)));
            }
        }
        finally
        {
            // rmdir: the files of a control group cannot be deleted one by one.
            using var rmdir = Process.Start("rmdir", [strangers.FullName]);
            await rmdir.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Test]
    public void A_size_that_no_group_here_can_be_given_is_refused()
    {
        // A quota of less than 1 ms is none: kernel/sched/core.c, min_cfs_quota_period.
        var failure = Assert.ThrowsAsync<ServerStartException>(
            () => run.StartAsync("exec sleep 600", ServerRun.Small with { CpuUnits = 2 }, CancellationToken.None))!;
        Assert.That(failure.Message, Does.Contain("cpu").And.Contain("Invalid argument"));
    }

    [Test]
    public void Limits_without_a_way_are_a_mistake_of_the_caller() => Assert.ThrowsAsync<ArgumentException>(
        () => ServerProcess.StartAsync(run.Command("true"), ServerRun.Small, CgroupDriver.None,
            _ => Task.FromResult(true), CancellationToken.None));

    private static int SupervisorOf(ServerProcess server)
    {
        var stat = File.ReadAllText($"/proc/{server.ProcessId}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], null);
    }

    private static string? First(string folder, params string[] names) =>
        names.Select(name => Path.Combine(folder, name))
            .Where(File.Exists).Select(path => File.ReadAllText(path).Trim()).FirstOrDefault();
}
