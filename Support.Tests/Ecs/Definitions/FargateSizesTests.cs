using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Ecs.Definitions;

[TestFixture]
internal sealed class FargateSizesTests
{
    private static readonly Dictionary<int, int[]> Table = new()
    {
        [256] = [512, 1024, 2048],
        [512] = [1024, 2048, 3072, 4096],
        [1024] = [2048, 3072, 4096, 5120, 6144, 7168, 8192],
        [2048] = [4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384],
        [4096] = [8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360,
            16384, 17408, 18432, 19456, 20480, 21504, 22528, 23552, 24576, 25600, 26624, 27648, 28672, 29696, 30720],
        [8192] = [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440],
        [16384] = [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880],
        [32768] = [61440, 122880, 249856],
    };

    [Test]
    public void The_sizes_are_the_77_of_the_developer_guide()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FargateSizes.All, Has.Length.EqualTo(77).And.Unique);
            Assert.That(
                FargateSizes.All,
                Is.EqualTo(Table.SelectMany(row => row.Value.Select(memory => new TaskSize(row.Key, memory)))));
        }
    }

    [Test]
    public void Each_size_is_accepted_and_its_neighbours_that_are_none_are_refused()
    {
        var wrong = new List<string>();
        foreach (var size in FargateSizes.All)
        {
            (int Cpu, int Memory)[] near =
            [
                (size.Cpu, size.Memory),
                (size.Cpu - 1, size.Memory),
                (size.Cpu, size.Memory + 1),
                (size.Cpu, size.Memory - 1),
                (size.Cpu, size.Memory - 512),
                (size.Cpu * 4, size.Memory),
                (size.Cpu, size.Memory * 16),
            ];
            foreach (var (cpu, memory) in near)
            {
                var known = Table.TryGetValue(cpu, out var row) && row.Contains(memory);
                if (Judge(cpu, memory).Outcome != (known ? CheckOutcome.Passed : CheckOutcome.Critical))
                    wrong.Add($"{cpu}/{memory}");
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase(512, 512, 512, 1024, Description = "of two as far apart the larger")]
    [TestCase(256, 4096, 512, 4096)]
    [TestCase(333, 512, 256, 512)]
    [TestCase(65536, 999999, 32768, 249856)]
    [TestCase(null, 2048, 1024, 2048)]
    [TestCase(2048, null, 2048, 4096)]
    [TestCase(null, null, 256, 512)]
    [TestCase(0, 0, 256, 512)]
    [TestCase(int.MinValue, int.MaxValue, 2048, 16384)]
    public void The_nearest_size_is_suggested(int? cpu, int? memory, int nearestCpu, int nearestMemory) =>
        Assert.That(FargateSizes.Nearest(cpu, memory), Is.EqualTo(new TaskSize(nearestCpu, nearestMemory)));

    private static Answer Judge(int cpu, int memory) => SizeRules.Size(
        TaskDefinitionParser.Parse(Definitions.Good).Definition! with { Cpu = cpu, Memory = memory },
        Definitions.Suite);
}
