using NUnit.Framework;
using Support.Ecs;

namespace Support.Tests.Ecs;

/// <summary>Memory that the statistics tell, in both shapes.</summary>
internal sealed class StatsParserTests
{
    [Test]
    public void The_shape_of_cgroup_v1_is_read_without_the_cache_below_it() =>
        Assert.That(
            StatsParser.MemoryInUse(Captures.Text("stats-v1-task.json")),
            Is.EqualTo(new Dictionary<string, long> { [Captures.FargateId] = 6_504_448 - 3_088_384 }));

    [Test]
    public void The_shape_of_cgroup_v2_is_read_for_every_container()
    {
        var memory = StatsParser.MemoryInUse(Captures.Text("stats-v2-task.json"))!;

        Assert.That((memory.Count, memory[Captures.Ec2Id]), Is.EqualTo((2, 52_428_800 - 10_485_760)));
    }

    [Test]
    public void In_v1_the_cache_of_the_groups_below_counts_as_well() =>
        Assert.That(StatsParser.MemoryInUse("""{"a":{"memory_stats":{"usage":100,"stats":{"inactive_file":1"""
            + ""","total_inactive_file":30}}}}""")!["a"], Is.EqualTo(70));

    [TestCase("""{"a":{"memory_stats":{"usage":100}}}""", 100)]
    [TestCase("""{"a":{"memory_stats":{"usage":100,"stats":{"inactive_file":999}}}}""", 0)]
    [TestCase("""{"a":{"memory_stats":{"usage":100,"limit":18446744073709551615,"stats":[]}},"b":{},"c":null}""", 100)]
    public void What_is_there_is_used(string text, long bytes) =>
        Assert.That(StatsParser.MemoryInUse(text), Is.EqualTo(new Dictionary<string, long> { ["a"] = bytes }));

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("[1]")]
    [TestCase("""{"a":{}}""")]
    [TestCase("""{"a":{"memory_stats":{"usage":-1}}}""")]
    [TestCase("""{"a":{"memory_stats":{"usage":"much"}}}""")]
    [TestCase("""{"a":{"memory_stats":{"usage":5e18}}}""")]
    [TestCase("""{"\ud800":{"memory_stats":{"usage":100}}}""")]
    [TestCase("""{"a":{"memory_stats":{"usage":100,"stats":[{"\ud800":1}]}}}""")]
    public void Nothing_is_not_zero(string text) => Assert.That(StatsParser.MemoryInUse(text), Is.Null);

    [Test]
    public void A_container_in_its_first_second_has_none() =>
        Assert.That(StatsParser.MemoryInUse(Captures.Text("stats-early-task.json")), Is.Null);
}
