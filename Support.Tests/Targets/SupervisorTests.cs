using System.Diagnostics;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>What the supervisor says, and how it makes groups of the kinds that this machine may not have.</summary>
[Platform("Linux")]
[OneAtATime("control groups")]
internal sealed class SupervisorTests
{
    private const string Unified = "/sys/fs/cgroup/unified";

    private string folder = null!;

    private string ToolPath => $"{folder}:/usr/bin:/bin";

    [SetUp]
    public void NewFolder() => folder = Directory.CreateTempSubdirectory("groups").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_line_of_the_supervisor_is_a_value_and_any_other_is_nothing()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SupervisorLine.Parse("failed - a b: c"), Is.EqualTo(new SupervisorLine.Failed(new("a b: c"))));
            Assert.That(
                SupervisorLine.Parse("failed swap,-,busy a"),
                Is.EqualTo(new SupervisorLine.Failed(new("a", CgroupCauses.Swap | CgroupCauses.Busy))));
            Assert.That(
                SupervisorLine.Parse("running 12 100 200"), Is.EqualTo(new SupervisorLine.Running(12, 100, 200)));
            Assert.That(
                SupervisorLine.Parse("running 12 unlimited unlimited"),
                Is.EqualTo(new SupervisorLine.Running(12, int.MaxValue, int.MaxValue)));
            Assert.That(SupervisorLine.Parse("ended 137"), Is.EqualTo(new SupervisorLine.Ended(137)));
            Assert.That(SupervisorLine.Parse("asked"), Is.EqualTo(new SupervisorLine.Asked()));
            Assert.That(SupervisorLine.Parse("kills 2"), Is.EqualTo(new SupervisorLine.Kills(2)));
            Assert.That(SupervisorLine.Parse("left /a b"), Is.EqualTo(new SupervisorLine.Left("/a b")));
            foreach (var other in new[] { "", "ended", "ended x", "running 1 2", "Ended 1", "kills -1" })
                Assert.That(SupervisorLine.Parse(other), Is.Null, other);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_group_of_v2_is_given_its_limits_by_the_files_of_v2(CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "place")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "cgroup.subtree_control"), "memory io\n", cancellationToken);
        await SwapsAsync("", cancellationToken);
        var (first, end) = await SupervisorRun.RunAsync(
            new(CgroupDriver.V2, [place], [], null), "exec sleep 600", ToolPath);
        var group = Directory.GetDirectories(place).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.InstanceOf<SupervisorLine.Running>());
            Assert.That(Text(group, "memory.max"), Is.EqualTo($"{64L << 20}"));
            Assert.That(Text(group, "cpu.max"), Is.EqualTo("25000 100000"));
            Assert.That(Text(group, "cgroup.procs"), Is.EqualTo($"{((SupervisorLine.Running)first).ProcessId}"));
            Assert.That(Text(place, "cgroup.subtree_control"), Is.EqualTo("+cpu"), "memory was shared out already.");
            Assert.That(ServerRun.IsGone(((SupervisorLine.Running)first).ProcessId), Is.True);
            Assert.That(
                end.Left,
                Does.StartWith($"The control group {group} could not be removed"),
                "A folder of real files does not go by rmdir.");
            Assert.That(end.Stderr, Is.Empty);
        }
    }

    [TestCase("memory.swap.max"), TestCase("memory.memsw.limit_in_bytes"), CancelAfter(60_000)]
    public async Task A_group_that_could_swap_is_none_on_a_machine_with_swap(
        string file, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "place")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "cgroup.subtree_control"), "cpu memory\n", cancellationToken);
        await SwapsAsync("/swap.img file 1024 512 -2", cancellationToken);
        var (first, _) = await SupervisorRun.RunAsync(file == "memory.swap.max"
            ? new(CgroupDriver.V2, [place], [], null)
            : new(CgroupDriver.V1, [place], [place], null), "exec sleep 600", ToolPath);

        var fault = ((SupervisorLine.Failed)first).Fault;
        Assert.That(fault.Causes, Is.EqualTo(CgroupCauses.Swap));
        Assert.That(
            fault.Text, Does.Contain("could swap").And.Contain($"{file} is not there").And.Contain("/proc/swaps"));
        Assert.That(fault.Next, Does.Contain("swapoff -a").And.Contain("swapaccount=1"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_folder_that_allows_no_group_is_passed_over_and_the_last_failure_names_all(
        CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "", cancellationToken);
        var absent = Path.Combine(folder, "absent");
        var file = Path.Combine(folder, "file");
        var (first, end) = await SupervisorRun.RunAsync(
            new(CgroupDriver.V1, [absent, file], [], null), "exec sleep 600");

        Assert.That(((SupervisorLine.Failed)first).Fault.Text, Does.Contain(absent).And
            .Contain("No such file or directory").And.Contain(file).And.Contain("Not a directory"));
        Assert.That(end.ExitCode, Is.Null);
    }

    [Test, CancelAfter(60_000)]
    public async Task What_the_kernel_answers_in_place_of_the_limit_is_an_error(CancellationToken cancellationToken)
    {
        // A tee that writes another value stands in for a kernel that takes another.
        var tools = Directory.CreateDirectory(Path.Combine(folder, "tools")).FullName;
        var place = Directory.CreateDirectory(Path.Combine(folder, "place")).FullName;
        await SupervisorRun.ToolAsync(tools, "tee", "echo 4096 > \"$1\"", cancellationToken);
        var (first, _) = await SupervisorRun.RunAsync(
            new(CgroupDriver.V1, [place], [place], null), "exec sleep 600", $"{tools}:/usr/bin:/bin");

        Assert.That(
            ((SupervisorLine.Failed)first).Fault.Text,
            Does.Match($"memory.limit_in_bytes holds '4096' and not '{64L << 20}'"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_stale_group_of_v2_is_killed_at_one_stroke_and_a_controller_that_is_elsewhere_is_named(
        CancellationToken cancellationToken)
    {
        Assume.That(Directory.Exists(Unified) && File.ReadAllText($"{Unified}/cgroup.controllers")
            .Contains("memory", StringComparison.Ordinal), Is.False);
        if (!File.Exists($"{Unified}/cgroup.procs"))
            Assert.Ignore("Needs a machine that has v2 beside v1.");
        var names = new FileInfo("/proc/self/ns/pid").LinkTarget!;
        var stale = Directory.CreateDirectory($"{Unified}/capacity-999999999-1-{names[5..^1]}-1").FullName;
        using var sleeper = Process.Start("sleep", "600");
        await File.WriteAllTextAsync($"{stale}/cgroup.procs", $"{sleeper.Id}", cancellationToken);

        var (first, _) = await SupervisorRun.RunAsync(new(CgroupDriver.V2, [Unified], [], null), "exec sleep 600");

        await sleeper.WaitForExitAsync(cancellationToken);
        Assert.That(Directory.Exists(stale), Is.False);
        Assert.That(
            ((SupervisorLine.Failed)first).Fault.Text,
            Does.Contain($"{Unified}/cgroup.subtree_control").And.Contain("writing '+memory'"));
        Assert.That(ServerRun.Groups(), Is.Empty);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_machine_on_which_nothing_works_says_why_and_what_to_grant(CancellationToken cancellationToken)
    {
        if (Directory.Exists("/run/systemd/system"))
            Assert.Ignore("systemd runs here.");
        await SupervisorRun.ToolAsync(
            folder,
            "mkdir",
            "echo \"mkdir: cannot create directory '$1': Read-only file system\" >&2; exit 1",
            cancellationToken);
        var ability = await CgroupSupport.ProbeAsync(FileTree.Machine, ServerRun.Small, ToolPath);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ability.Driver, Is.EqualTo(CgroupDriver.None));
            Assert.That(
                ability.Why,
                Does.Contain("Read-only file system").And.Contain("; and by systemd: ").And.Not.EndWith("."));
            Assert.That(ability.Why, Does.Not.Contain("ontrol group can be made"), "Whoever shows it says that.");
            Assert.That(ability.Next, Does.Contain("sudo --preserve-env=").And.Contain("docker run --privileged"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_v2_group_that_is_not_empty_gets_the_commands_that_empty_it(CancellationToken cancellationToken)
    {
        // A tee that says what the kernel answers.
        await SupervisorRun.ToolAsync(
            folder, "tee", "echo \"tee: $1: Device or resource busy\" >&2; exit 1", cancellationToken);
        var (first, _) = await SupervisorRun.RunAsync(new(CgroupDriver.V2, [folder], []), "exec sleep 600", ToolPath);

        var fault = ((SupervisorLine.Failed)first).Fault;
        Assert.That(fault.Causes, Is.EqualTo(CgroupCauses.Busy));
        Assert.That(
            fault.Text, Is.EqualTo($"{folder}/cgroup.subtree_control: Device or resource busy (writing '+memory')"));
        Assert.That(fault.Next, Does.Contain("mkdir -p /sys/fs/cgroup/suite"));
    }

    [Test]
    public async Task A_trial_finds_a_way_or_says_what_to_grant()
    {
        var ability = await CgroupSupport.ProbeAsync();

        Assert.That(ability.Driver == CgroupDriver.None, Is.EqualTo(ability is { Why.Length: > 0, Next.Length: > 0 }));
        Assert.That(ServerRun.Groups(), Is.Empty);
    }

    private Task SwapsAsync(string entry, CancellationToken cancellationToken) =>
        SupervisorRun.ToolAsync(folder, "cat", "[ \"$1\" = /proc/swaps ] || exec /bin/cat \"$@\"\nprintf '%s\\n' "
            + $"'Filename Type Size Used Priority' '{entry}'", cancellationToken);

    private static string Text(string group, string file) => File.ReadAllText(Path.Combine(group, file)).Trim();
}
