using System.Diagnostics;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>Scopes of systemd, by a stand-in for <c>systemd-run</c> that makes real groups of v1.</summary>
[Platform("Linux")]
[OneAtATime("control groups")]
internal sealed class SystemdScopeTests
{
    private const string Unified = "/sys/fs/cgroup/unified";

    private string folder = null!;

    private string ToolPath => $"{folder}:/usr/bin:/bin";

    [SetUp]
    public void NewFolder() => folder = Directory.CreateTempSubdirectory("scopes").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test, CancelAfter(60_000)]
    public async Task Where_systemd_does_not_run_it_is_no_way_and_says_so(CancellationToken cancellationToken)
    {
        if (Directory.Exists("/run/systemd/system"))
            Assert.Ignore("systemd runs here.");
        var (first, end) = await SupervisorRun.RunAsync(CgroupParents.OfSystemd(FileTree.Machine), "exec sleep 600");
        cancellationToken.ThrowIfCancellationRequested();

        Assert.That(((SupervisorLine.Failed)first).Fault.Text, Does.StartWith("systemd-run "));
        Assert.That(end.ExitCode, Is.Null);
    }

    [Test, CancelAfter(60_000)]
    public async Task Systemd_is_asked_for_a_scope_of_the_size_and_the_server_ends_with_it(
        CancellationToken cancellationToken)
    {
        await SystemdAsync("nothing", "memory cpu", cancellationToken);
        var (first, end) = await SupervisorRun.RunAsync(
            CgroupParents.OfSystemd(FileTree.Machine), "tail /dev/zero; exit 5", ToolPath, untilEnded: true);
        var left = await LeftScopesAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.InstanceOf<SupervisorLine.Running>());
            Assert.That((end.ExitCode, end.OomKills), Is.EqualTo(((int?)5, 1L)));
            Assert.That(File.ReadAllLines(Path.Combine(folder, "arguments")), Is.SupersetOf(
                ["--scope", "--quiet", "--collect", $"MemoryMax={64L << 20}", "MemorySwapMax=0", "CPUQuota=25.00%"]));
            Assert.That(left, Is.Empty, "Nobody is in the scope any more.");
        }
    }

    [TestCase("MemoryMax", "memory cpu", "memory.limit_in_bytes holds"), TestCase(
        "CPUQuota", "memory cpu", "cpu.cfs_quota_us holds '-1' and not '25000'")]
    [TestCase("nothing", "memory", "no scope for the controller cpu"), TestCase(
        "nothing", "cpu", "no scope for the controller memory")]
    [CancelAfter(60_000)]
    public async Task A_scope_without_a_limit_that_was_asked_for_is_refused_before_the_server_starts(
        string ignored, string entered, string expected, CancellationToken cancellationToken)
    {
        await SystemdAsync(ignored, entered, cancellationToken);
        var (first, end) = await SupervisorRun.RunAsync(
            CgroupParents.OfSystemd(FileTree.Machine), $"touch {folder}/started; exec sleep 600", ToolPath);
        var left = await LeftScopesAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first as SupervisorLine.Failed)?.Fault.Text, Does.Contain(expected));
            Assert.That(File.Exists(Path.Combine(folder, "started")), Is.False);
            Assert.That(end.ExitCode, Is.Null);
            Assert.That(left, Is.Empty);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_scope_of_v2_without_the_files_of_a_controller_is_refused_with_how_to_delegate_it(
        CancellationToken cancellationToken)
    {
        if (File.Exists($"{Unified}/cgroup.controllers")
            && !File.ReadAllText($"{Unified}/cgroup.controllers").Contains("memory", StringComparison.Ordinal))
            await SystemdAsync("nothing", "memory cpu unified", cancellationToken);
        else
            Assert.Ignore("Needs a machine that has v2 beside v1.");
        var (first, _) = await SupervisorRun.RunAsync(
            new(CgroupDriver.SystemdRun, [Unified], [], null), "exec sleep 600", ToolPath);
        var left = await LeftScopesAsync(cancellationToken);

        var fault = ((SupervisorLine.Failed)first).Fault;
        Assert.That(fault.Text, Does.EndWith(".scope/memory.max is not there"));
        Assert.That(
            (fault.Causes, fault.Next.Contains("Delegate=cpu memory", StringComparison.Ordinal)),
            Is.EqualTo((CgroupCauses.NotDelegated, true)));
        Assert.That(left, Is.Empty);
    }

    // What systemd does: make the groups, enter them, and become the command.
    private async Task SystemdAsync(string ignored, string entered, CancellationToken cancellationToken)
    {
        if (ServerRun.Way() != CgroupDriver.V1)
            Assert.Ignore("The stand-in for systemd-run makes its scope with v1.");
        var script = $$"""
            printf '%s\n' "$@" > {{folder}}/arguments
            for word; do
                case $word in
                    --unit=*) name=${word#--unit=}.scope; for part in memory cpu {{entered}}; do mkdir -p "/sys/fs/cgroup/$part/$name"; done ;;
                    MemoryMax=*) echo "${word#MemoryMax=}" > "/sys/fs/cgroup/memory/$name/memory.limit_in_bytes" ;;
                    CPUQuota=*) share=${word%.*}; echo "${share#CPUQuota=}000" > "/sys/fs/cgroup/cpu/$name/cpu.cfs_quota_us" ;;
                esac
            done
            for part in {{entered}}; do echo $$ > "/sys/fs/cgroup/$part/$name/cgroup.procs"; done
            while [ "$1" != -p ]; do shift; done
            shift 6
            exec "$@"
            """;
        await SupervisorRun.ToolAsync(
            folder,
            "systemd-run",
            script.Replace($"{ignored}=*)", "ignored)", StringComparison.Ordinal),
            cancellationToken);
    }

    // Removes the scopes, as systemd would, and names those in which somebody is.
    private static async Task<string[]> LeftScopesAsync(CancellationToken cancellationToken)
    {
        var scopes = ServerRun.Groups().Where(group => group.EndsWith(".scope", StringComparison.Ordinal)).ToArray();
        using var rmdir = Process.Start("rmdir", scopes);
        await rmdir.WaitForExitAsync(cancellationToken);
        return [.. scopes.Where(Directory.Exists)];
    }
}
