using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class CgroupLocatorTests
{
    private const string V2Mount = "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

    [Test]
    public void A_real_v1_machine_has_a_mount_for_each_controller()
    {
        var cgroup = Captured.Text("self-cgroup-v1.txt");
        var mounts = Captured.Text("self-mountinfo-v1.txt");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                CgroupLocator.Locate("memory", cgroup, mounts),
                Is.EqualTo(new CgroupPlacement(
                    CgroupVersion.V1, "/sys/fs/cgroup/memory", "/ecs/db8d0da20ff72d2becfeb1d35a3231b2")));
            Assert.That(
                CgroupLocator.Locate("cpu", cgroup, mounts),
                Is.EqualTo(new CgroupPlacement(CgroupVersion.V1, "/sys/fs/cgroup/cpu", "/")));
        }
    }

    [Test]
    public void A_mount_of_two_controllers_serves_both() =>
        Assert.That(
            CgroupLocator.Locate(
                "cpu",
                "4:cpu,cpuacct:/a\n",
                "1 1 0:1 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct\n"),
            Is.EqualTo(new CgroupPlacement(CgroupVersion.V1, "/sys/fs/cgroup/cpu,cpuacct", "/a")));

    [Test]
    public void A_container_of_v1_mounts_its_own_group_as_root() =>
        Assert.That(
            CgroupLocator.Locate(
                "memory",
                "4:memory:/ecs/task/box\n",
                "1 1 0:1 /ecs/task/box /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"),
            Is.EqualTo(new CgroupPlacement(CgroupVersion.V1, "/sys/fs/cgroup/memory", "/")));

    [TestCase("0::/system.slice/ci.service\n", "/system.slice/ci.service")]
    [TestCase("0::/\n", "/")]
    [TestCase("0::/../other\n", "/", Description = "outside of the cgroup namespace")]
    [TestCase("0::/a:b\n", "/a:b")]
    [TestCase("", "/")]
    [TestCase(null, "/")]
    [TestCase("nonsense\n::\n0:\n", "/")]
    public void On_v2_the_group_is_that_of_the_line_without_controllers(string? cgroup, string group) =>
        Assert.That(
            CgroupLocator.Locate("memory", cgroup, V2Mount),
            Is.EqualTo(new CgroupPlacement(CgroupVersion.V2, "/sys/fs/cgroup", group)));

    [Test]
    public void A_group_that_only_starts_like_the_mounts_root_is_not_below_it() =>
        Assert.That(
            CgroupLocator.Locate("memory", "4:memory:/ab\n", "1 1 0:1 /a /m rw - cgroup cgroup rw,memory\n")!.Group,
            Is.EqualTo("/"));

    [Test]
    public void Octal_escapes_of_a_mount_point_are_undone() =>
        Assert.That(
            CgroupLocator.Locate("memory", null, "1 1 0:1 / /my\\040groups rw - cgroup2 cgroup2 rw\n")!.Mount,
            Is.EqualTo("/my groups"));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("a b c - d\n - \n1 2 3 - cgroup2 x y\n")]
    [TestCase("1 1 0:1 / /m rw - cgroup cgroup rw,cpu\n")]
    public void Without_a_mount_there_is_no_place(string? mounts) =>
        Assert.That(CgroupLocator.Locate("memory", "0::/\n", mounts), Is.Null);

    [Test]
    public void Folders_go_from_the_group_up_to_the_mount() =>
        Assert.That(
            new CgroupPlacement(CgroupVersion.V2, "/m", "/a/b").Folders, Is.EqualTo(new[] { "/m/a/b", "/m/a", "/m" }));
}
