using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>
/// The control group of another process: what is its alone, and what it says after the process has ended.
/// </summary>
internal sealed class ControlGroupTests
{
    private const string Root = "/sys/fs/cgroup";

    [Test]
    public void The_level_that_binds_is_read_and_what_the_suite_shares_is_not()
    {
        using var tree = new FakeTree().WithV2("/host/suite").With("/proc/77/cgroup", "0::/host/task/box\n")
            .With($"{Root}/host/memory.max", "10\n").With($"{Root}/host/memory.current", "9\n")
            .With($"{Root}/host/suite/memory.max", "20\n")
            .With($"{Root}/host/task/memory.max", "1000\n").With(
                $"{Root}/host/task/memory.current", "700\n").With($"{Root}/host/task/memory.stat", "inactive_file 50\n")
            .With($"{Root}/host/task/box/memory.max", "max\n").With($"{Root}/host/task/box/memory.current", "300\n")
            .With($"{Root}/host/task/box/memory.events", "oom 5\noom_kill 2\n")
            .With($"{Root}/host/task/cpu.max", "25000 100000\n").With(
                $"{Root}/host/task/cpu.stat", "nr_periods 40\nnr_throttled 30\nthrottled_usec 2000000\n")
            .With($"{Root}/host/task/box/cpu.max", "max 100000\n").With(
                $"{Root}/host/task/box/cpu.stat", "nr_periods 0\nnr_throttled 0\nthrottled_usec 0\n");

        Assert.That(
            ControlGroup.Of(77, tree.Files)?.Read(tree.Files),
            Is.EqualTo(new GroupUsage(650, 1000, 2, 40, new(30, TimeSpan.FromSeconds(2)))));
    }

    [Test]
    public void On_v1_each_controller_has_a_place_of_its_own()
    {
        using var tree = V1("4:memory:/suite\n1:cpu:/\n", "4:memory:/task\n1:cpu:/task\n")
            .With($"{Root}/memory/task/memory.limit_in_bytes", "512\n").With(
                $"{Root}/memory/task/memory.usage_in_bytes", "500\n")
            .With($"{Root}/memory/task/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n")
            .With($"{Root}/cpu/task/cpu.cfs_quota_us", "25000\n").With($"{Root}/cpu/task/cpu.cfs_period_us", "100000\n")
            .With($"{Root}/cpu/task/cpu.stat", "nr_periods 8\nnr_throttled 4\nthrottled_time 3000000\n");

        Assert.That(
            ControlGroup.Of(77, tree.Files)?.Read(tree.Files),
            Is.EqualTo(new GroupUsage(500, 512, 1, 8, new(4, TimeSpan.FromMilliseconds(3)))));
    }

    [Test]
    public void A_controller_that_is_shared_with_the_suite_says_nothing_and_the_other_does()
    {
        using var tree = V1("4:memory:/suite\n1:cpu:/\n", "4:memory:/suite\n1:cpu:/task\n")
            .With($"{Root}/memory/suite/memory.usage_in_bytes", "500\n")
            .With($"{Root}/cpu/task/cpu.stat", "nr_periods 8\nnr_throttled 4\nthrottled_time 3000000\n");

        Assert.That(
            ControlGroup.Of(77, tree.Files)?.Read(tree.Files),
            Is.EqualTo(new GroupUsage(null, null, null, 8, new(4, TimeSpan.FromMilliseconds(3)))));
    }

    [TestCase("/suite", TestName = "A group that the suite is in as well is not the server's own")]
    [TestCase("/", TestName = "The root group is nobody's own")]
    [TestCase("/elsewhere", TestName = "A group that is not visible from here is not known")]
    [TestCase(null, TestName = "A process that is gone has none")]
    public void No_group_of_its_own(string? group)
    {
        using var tree = new FakeTree()
            .WithV2("/suite").With($"{Root}/suite/memory.current", "5\n").With($"{Root}/memory.current", "9\n");
        if (group is not null)
            tree.With("/proc/77/cgroup", $"0::{group}\n");

        Assert.That(ControlGroup.Of(77, tree.Files), Is.Null);
    }

    [Test]
    public void It_is_read_after_its_process_has_ended_and_not_known_once_it_is_removed()
    {
        using var tree = new FakeTree()
            .WithV2("/suite").With("/proc/77/cgroup", "0::/task\n").With($"{Root}/task/memory.current", "5\n");
        var group = ControlGroup.Of(77, tree.Files);
        Directory.Delete(Path.Join(tree.Root, "proc/77"), recursive: true);
        var after = group?.Read(tree.Files);
        Directory.Delete(Path.Join(tree.Root, Root, "task"), recursive: true);

        Assert.That(
            (after, group?.Read(tree.Files)),
            Is.EqualTo((new GroupUsage(5, null, null, null, null), (GroupUsage?)null)));
    }

    private static FakeTree V1(string suite, string server) => new FakeTree()
        .With("/proc/self/cgroup", suite).With("/proc/77/cgroup", server)
        .With(
            "/proc/self/mountinfo",
            $"1 1 0:1 / {Root}/memory rw - cgroup cgroup rw,memory\n2 1 0:2 / {Root}/cpu rw - cgroup cgroup rw,cpu\n")
        .With($"{Root}/memory/suite/memory.stat", "total_inactive_file 0\n");
}
