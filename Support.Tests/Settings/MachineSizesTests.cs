using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class MachineSizesTests
{
    [TestCase("t3.medium", 2, 4_096, 0.2, 0.256, 5)]
    [TestCase("T3.Medium", 2, 4_096, 0.2, 0.256, 5)]
    [TestCase("m7g.2xlarge", 8, 32_768, 1, 3.75, 15)]
    [TestCase("c6i.large", 2, 4_096, 1, 0.781, 12.5)]
    public void An_instance_type_is_found_by_name(
        string name, double vcpus, int memory, double baseline, double gbps, double burst)
    {
        var size = MachineSizes.Find(name)!;
        Assert.That(
            (size.Vcpus, size.Memory, size.BaselineCpu, size.BaselineGbps, size.BurstGbps, size.IsTask),
            Is.EqualTo((vcpus, memory, baseline, (double?)gbps, (double?)burst, false)));
    }

    [Test]
    public void A_task_is_found_by_its_size()
    {
        var size = MachineSizes.Find("256/512")!;
        Assert.That(
            (size.Name, size.Vcpus, size.Memory, size.IsTask, size.BaselineGbps),
            Is.EqualTo(("256/512", 0.25, 512, true, (double?)null)));
    }

    [TestCase("t3.huge")]
    [TestCase("")]
    [TestCase("512")]
    [TestCase("512/1024/1")]
    [TestCase("-512/1024")]
    [TestCase("0/1024")]
    [TestCase("127/512")]
    [TestCase("512/63")]
    public void What_is_neither_is_not_found(string name) => Assert.That(MachineSizes.Find(name), Is.Null);

    [Test]
    public void Every_instance_type_is_there_once_and_possible()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MachineSizes.Instances, Has.Length.GreaterThan(50));
            Assert.That(MachineSizes.Instances.Select(instance => instance.Name), Is.Unique);
            foreach (var instance in MachineSizes.Instances)
            {
                Assert.That(
                    (instance.Vcpus > 0, instance.Memory >= 512, instance.BaselineGbps <= (instance.BurstGbps ?? 100)),
                    Is.EqualTo((true, true, true)),
                    instance.Name);
                Assert.That(
                    instance.BaselineCpu < 1,
                    Is.EqualTo(instance.Name.StartsWith('t')),
                    $"{instance.Name}: only the t types have a baseline of processor time");
            }
        }
    }

    [Test]
    public void Fargate_has_77_sizes()
    {
        var sizes = MachineSizes.Fargate;
        Assert.That(
            (sizes.Length, sizes.Distinct().Count(), sizes[0], sizes[^1]),
            Is.EqualTo((77, 77, new TaskSize(256, 512), new TaskSize(32_768, 249_856))));
    }
}
