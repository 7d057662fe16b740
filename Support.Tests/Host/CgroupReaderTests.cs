using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class CgroupReaderTests
{
    private const string Root = "/sys/fs/cgroup";

    [Test]
    public void On_v2_the_least_limit_of_all_visible_groups_applies()
    {
        using var tree = new FakeTree().WithV2("/task/box")
            .With($"{Root}/task/box/memory.max", "max\n").With($"{Root}/task/box/memory.current", "100\n")
            .With($"{Root}/task/memory.max", "1000\n").With($"{Root}/task/memory.current", "300\n")
            .With($"{Root}/task/box/cpu.max", "max 100000\n").With($"{Root}/task/cpu.max", "25000 100000\n");

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Version, Is.EqualTo(CgroupVersion.V2));
            Assert.That(facts.MemoryLimitBytes, Is.EqualTo(new Limit.Number(1000, $"{Root}/task/memory.max")));
            Assert.That(facts.MemoryAvailableBytes.Count, Is.EqualTo(700));
            Assert.That(facts.CpuMillicores, Is.EqualTo(new Limit.Number(250, $"{Root}/task/cpu.max")));
        }
    }

    [Test]
    public void What_is_left_is_the_least_over_the_groups_and_not_that_of_the_least_limit()
    {
        using var tree = new FakeTree().WithV2("/task/box")
            .With($"{Root}/task/box/memory.max", "1000\n").With($"{Root}/task/box/memory.current", "100\n")
            .With($"{Root}/task/memory.max", "2000\n").With($"{Root}/task/memory.current", "1950\n")
            .With($"{Root}/task/memory.stat", "anon 1\ninactive_file 50\n");

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.MemoryLimitBytes.Count, Is.EqualTo(1000));
            Assert.That(facts.MemoryAvailableBytes.Count, Is.EqualTo(100), "2000 - (1950 - 50 of droppable cache)");
        }
    }

    [Test]
    public void In_a_container_whose_group_is_not_visible_the_mounts_root_counts()
    {
        using var tree = new FakeTree().WithV2("/ecs/task/box")
            .With($"{Root}/memory.max", "512\n").With(
                $"{Root}/memory.current", "12\n").With($"{Root}/cpu.max", "50000 100000\n");

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.MemoryAvailableBytes.Count, Is.EqualTo(500));
            Assert.That(facts.CpuMillicores.Count, Is.EqualTo(500));
            Assert.That(CgroupUsage.Read(tree.Files)!.MemoryBytes, Is.EqualTo(12));
        }
    }

    [Test]
    public void The_root_group_of_a_v2_machine_has_no_limit()
    {
        using var tree = new FakeTree().WithV2("/")
            .With(
                $"{Root}/cgroup.controllers", "cpuset cpu io memory pids\n").With($"{Root}/cpu.stat", "usage_usec 5\n");

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.MemoryLimitBytes, Is.InstanceOf<Limit.None>());
            Assert.That(facts.MemoryAvailableBytes, Is.InstanceOf<Limit.None>());
            Assert.That(facts.CpuMillicores, Is.InstanceOf<Limit.None>());
            Assert.That(facts.Throttling, Is.Null);
        }
    }

    [Test]
    public void A_v2_mount_without_the_controllers_is_not_known()
    {
        using var tree = new FakeTree().WithV2("/").With($"{Root}/cgroup.controllers", "hugetlb\n");

        Assert.That(new CgroupReader(tree.Files).Read().MemoryLimitBytes, Is.InstanceOf<Limit.Unknown>());
    }

    [Test]
    public void On_v1_a_limit_above_the_visible_groups_is_seen_in_the_statistics()
    {
        // Fargate limits the task's group, which the container does not see: its own file says "no limit".
        using var tree = new FakeTree().WithCapturedMachine()
            .With(
                "/proc/self/mountinfo",
                "1 1 0:1 /ecs/db8d0da20ff72d2becfeb1d35a3231b2 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")
            .With($"{Root}/memory/memory.limit_in_bytes", "9223372036854771712\n")
            .With($"{Root}/memory/memory.usage_in_bytes", "200\n")
            .With($"{Root}/memory/memory.stat", "hierarchical_memory_limit 1000\ntotal_inactive_file 50\n");

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.MemoryLimitBytes, Is.EqualTo(new Limit.Number(1000, $"{Root}/memory/memory.stat")));
            Assert.That(facts.MemoryAvailableBytes.Count, Is.EqualTo(850));
        }
    }

    [Test]
    public void A_real_v1_machine_has_no_limits()
    {
        using var tree = new FakeTree().WithCapturedMachine();

        var facts = new CgroupReader(tree.Files).Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Version, Is.EqualTo(CgroupVersion.V1));
            Assert.That(facts.MemoryLimitBytes, Is.InstanceOf<Limit.None>());
            Assert.That(facts.CpuMillicores, Is.InstanceOf<Limit.None>());
            Assert.That(facts.Throttling, Is.EqualTo(new CpuThrottling(0, TimeSpan.Zero)));
            Assert.That(CgroupUsage.Read(tree.Files), Is.EqualTo(new CgroupUsage(24_387_584, new(0, TimeSpan.Zero))));
        }
    }

    [Test]
    public void The_throttling_is_that_of_the_tightest_group_and_no_sum()
    {
        using var tree = new FakeTree().WithV2("/task/box")
            .With($"{Root}/task/box/cpu.stat", "nr_throttled 3\nthrottled_usec 30\n").With(
                $"{Root}/task/box/cpu.max", "max 100000\n")
            .With($"{Root}/task/cpu.stat", "nr_throttled 2\nthrottled_usec 20\n").With(
                $"{Root}/task/cpu.max", "25000 50000\n");

        Assert.That(
            CgroupUsage.Read(tree.Files),
            Is.EqualTo(new CgroupUsage(
                null, new(2, TimeSpan.FromMicroseconds(20)) { Period = TimeSpan.FromMilliseconds(50) })));
    }

    [Test]
    public void Without_a_readable_quota_the_most_throttled_group_counts()
    {
        using var tree = new FakeTree().WithV2("/task/box")
            .With($"{Root}/task/box/cpu.stat", "nr_throttled 1\nthrottled_usec 10\n")
            .With($"{Root}/task/cpu.stat", "nr_throttled 2\nthrottled_usec 20\n");

        Assert.That(
            CgroupUsage.Read(tree.Files), Is.EqualTo(new CgroupUsage(null, new(2, TimeSpan.FromMicroseconds(20)))));
    }

    [Test]
    public void Processes_killed_for_memory_are_counted_on_v2()
    {
        using var tree = new FakeTree()
            .WithV2("/box").With($"{Root}/box/memory.events", "low 0\nhigh 0\nmax 12\noom 3\noom_kill 2\n");

        Assert.That(
            (CgroupUsage.Read(tree.Files)?.OomKills, CgroupMemory.Read(tree.Files).OomKills),
            Is.EqualTo(((long?)2, (long?)2)));
    }

    [Test]
    public void Processes_killed_for_memory_are_counted_on_v1()
    {
        using var tree = new FakeTree().WithCapturedMachine()
            .With(
                "/sys/fs/cgroup/memory/ecs/db8d0da20ff72d2becfeb1d35a3231b2/memory.oom_control",
                "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");

        Assert.That(
            (CgroupUsage.Read(tree.Files)?.OomKills, CgroupMemory.Read(tree.Files).OomKills),
            Is.EqualTo(((long?)4, (long?)4)));
    }

    [TestCase(1000L, 250L, 0.75)]
    [TestCase(1000L, null, null)]
    [TestCase(null, 250L, null)]
    public void Memory_in_use_is_a_share_of_its_limit(long? limit, long? left, double? share) =>
        Assert.That(new CgroupMemory(limit, left, null).Share, Is.EqualTo(share));

    [Test]
    public void A_limit_with_unreadable_use_leaves_what_is_left_unknown()
    {
        using var tree = new FakeTree().WithV2("/").With($"{Root}/memory.max", "1000\n");

        Assert.That(new CgroupReader(tree.Files).Read().MemoryAvailableBytes, Is.InstanceOf<Limit.Unknown>());
    }

    [Test]
    public void Nothing_readable_is_null_and_not_zero()
    {
        using var tree = new FakeTree();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CgroupUsage.Read(tree.Files), Is.Null);
            Assert.That(new CgroupReader(tree.Files).Read().Version, Is.Null);
            Assert.That(new CgroupReader(tree.Files).Read().MemoryLimitBytes, Is.InstanceOf<Limit.Unknown>());
        }
    }
}
