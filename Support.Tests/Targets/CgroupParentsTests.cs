using NUnit.Framework;
using Support.Targets;
using Support.Tests.Host;

namespace Support.Tests.Targets;

/// <summary>Where a group can be made, by the files of a machine.</summary>
internal sealed class CgroupParentsTests
{
    private static readonly GroupLimits Half = new(1L << 30, 512, 1024, 1024);

    private FakeTree tree = null!;

    [SetUp]
    public void NewTree() => tree = new();

    [TearDown]
    public void Remove() => tree.Dispose();

    [Test]
    public void With_v1_the_root_of_each_controller_comes_first_and_then_the_own_group()
    {
        tree.WithCapturedMachine();
        var places = CgroupParents.Find(tree.Files, Half);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((places.Driver, places.Fault), Is.EqualTo((CgroupDriver.V1, (CgroupFault?)null)));
            Assert.That(places.Memory[0], Is.EqualTo("/sys/fs/cgroup/memory"));
            Assert.That(places.Memory[1], Is.EqualTo("/sys/fs/cgroup/memory/ecs/db8d0da20ff72d2becfeb1d35a3231b2"));
            Assert.That(places.Cpu[0], Is.EqualTo("/sys/fs/cgroup/cpu"));
            Assert.That(CgroupParents.OfSystemd(tree.Files) is { Memory: ["/sys/fs/cgroup/memory"],
                Cpu: ["/sys/fs/cgroup/cpu"], Controller: "memory" }, Is.True);
        }
    }

    [Test]
    public void With_v2_there_is_one_folder_for_both()
    {
        tree.WithV2("/user.slice/tests.scope").With("/sys/fs/cgroup/user.slice/tests.scope/cpu.max", "max 100000\n");
        var places = CgroupParents.Find(tree.Files, Half);

        Assert.That(places.Driver, Is.EqualTo(CgroupDriver.V2));
        Assert.That(
            places.Memory,
            Is.EqualTo(["/sys/fs/cgroup", "/sys/fs/cgroup/user.slice/tests.scope", "/sys/fs/cgroup/user.slice"]));
        Assert.That(places.Cpu, Is.Empty);
        Assert.That(
            CgroupParents.OfSystemd(tree.Files) is { Memory: ["/sys/fs/cgroup"], Cpu: [], Controller: "" }, Is.True);
    }

    [Test]
    public void A_folder_below_a_smaller_limit_is_none()
    {
        tree.WithV2("/small.slice/tests.scope").With("/sys/fs/cgroup/small.slice/memory.max", $"{512L << 20}\n")
            .With("/sys/fs/cgroup/small.slice/tests.scope/cpu.max", "max 100000\n");

        Assert.That(CgroupParents.Find(tree.Files, Half).Memory, Is.EqualTo(["/sys/fs/cgroup"]));
    }

    [TestCase("memory.max", "536870912\n", "/sys/fs/cgroup/memory.max gives 536,870,912 bytes")]
    [TestCase("cpu.max", "25000 100000\n", "/sys/fs/cgroup/cpu.max gives 250 thousandths of a processor")]
    public void A_container_that_is_smaller_than_the_size_has_no_place_and_names_its_limit(
        string file, string text, string expected)
    {
        tree.WithV2("/").With($"/sys/fs/cgroup/{file}", text);
        var places = CgroupParents.Find(tree.Files, Half);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(places.Driver, Is.EqualTo(CgroupDriver.None));
            Assert.That(places.Fault!.Text, Does.Contain("smaller than what is asked for").And.Contain(expected));
            Assert.That(places.Fault.Next, Does.Contain("Gate.Sizes").And.Contain("--memory"));
        }
    }

    [Test]
    public void A_limit_of_exactly_the_size_is_wide_enough()
    {
        tree.WithV2("/")
            .With("/sys/fs/cgroup/memory.max", $"{1L << 30}\n").With("/sys/fs/cgroup/cpu.max", "50000 100000\n");

        Assert.That(CgroupParents.Find(tree.Files, Half).Memory, Is.EqualTo(["/sys/fs/cgroup"]));
    }

    [Test]
    public void A_machine_without_control_groups_has_no_place() =>
        Assert.That(
            new[] { CgroupParents.Find(tree.Files, Half), CgroupParents.OfSystemd(tree.Files) }
                .Select(parents => parents.Fault?.Text),
            Is.All.EqualTo("no control groups with the controllers memory and cpu are mounted"));

    [TestCase(256, CgroupDriver.V1, ExpectedResult = 25_000)]
    [TestCase(4096, CgroupDriver.V2, ExpectedResult = 400_000)]
    [TestCase(300, CgroupDriver.V2, ExpectedResult = 29_296)]
    [TestCase(300, CgroupDriver.SystemdRun, ExpectedResult = 29_290)]
    public long Units_are_microseconds_of_each_100_milliseconds(
        int units, CgroupDriver driver) => SupervisorRequest.Quota(units, driver);
}
