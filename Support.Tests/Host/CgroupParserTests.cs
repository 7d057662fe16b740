using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class CgroupParserTests
{
    private static readonly string?[] Garbage =
        ["", "mux", "-5", "max max", "1 2 3", "25000", "0 100000", "25000 0", "99999999999999999999 1"];

    [Test]
    public void A_v2_memory_limit_is_a_number_or_none()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CgroupParser.MemoryV2("536870912\n", "f"), Is.EqualTo(new Limit.Number(512 << 20, "f")));
            Assert.That(CgroupParser.MemoryV2("max\n", "f"), Is.EqualTo(new Limit.None("f")));
            Assert.That(CgroupParser.MemoryV2(null, "f"), Is.EqualTo(Limit.Absent("f")));
        }
    }

    [TestCase("9223372036854771712", Description = "pages of 4 KiB")]
    [TestCase("9223372036854710272", Description = "pages of 64 KiB")]
    public void A_v1_memory_limit_near_the_greatest_number_is_none(string text) =>
        Assert.That(CgroupParser.MemoryV1(text, "f"), Is.EqualTo(new Limit.None("f")));

    [Test]
    public void A_v1_memory_limit_is_a_number() =>
        Assert.That(CgroupParser.MemoryV1("536870912\n", "f"), Is.EqualTo(new Limit.Number(512 << 20, "f")));

    [Test]
    public void The_hierarchical_limit_of_a_real_group_is_read()
    {
        var stat = Captured.Text("memory-stat-v1.txt");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CgroupParser.HierarchicalV1(stat, "f"), Is.EqualTo(new Limit.None("f")));
            Assert.That(
                CgroupParser.HierarchicalV1("cache 1\nhierarchical_memory_limit 1000\n", "f"),
                Is.EqualTo(new Limit.Number(1000, "f")));
            Assert.That(CgroupParser.HierarchicalV1("cache 1", "f"), Is.InstanceOf<Limit.Unknown>());
            Assert.That(CgroupParser.HierarchicalV1(null, "f"), Is.EqualTo(Limit.Absent("f")));
        }
    }

    [TestCase("25000 100000\n", 250)]
    [TestCase("400000 100000", 4000)]
    [TestCase("1000 1000000", 1)]
    public void A_v2_quota_is_a_share_of_its_period(string text, long millicores) =>
        Assert.That(CgroupParser.CpuV2(text, "f"), Is.EqualTo(new Limit.Number(millicores, "f")));

    [Test]
    public void A_quota_of_max_or_of_minus_one_is_no_limit()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CgroupParser.CpuV2("max 100000", "f"), Is.EqualTo(new Limit.None("f")));
            Assert.That(CgroupParser.CpuV1("-1\n", "100000\n", "f"), Is.EqualTo(new Limit.None("f")));
            Assert.That(CgroupParser.CpuV1("25000\n", "100000\n", "f"), Is.EqualTo(new Limit.Number(250, "f")));
            Assert.That(CgroupParser.CpuV1("25000\n", null, "f"), Is.InstanceOf<Limit.Unknown>());
            Assert.That(CgroupParser.CpuV1(null, "100000\n", "f"), Is.EqualTo(Limit.Absent("f")));
        }
    }

    [TestCaseSource(nameof(Garbage))]
    public void Garbage_is_not_known(string text)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CgroupParser.CpuV2(text, "f"), Is.InstanceOf<Limit.Unknown>());
            Assert.That(CgroupParser.CpuV1(text, "x", "f"), Is.InstanceOf<Limit.Unknown>());
            Assert.That(CgroupParser.HierarchicalV1(text, "f"), Is.InstanceOf<Limit.Unknown>());
            Assert.That(CgroupParser.Throttling(text), Is.Null);
        }
    }

    [Test]
    public void Throttled_time_is_in_nanoseconds_on_v1_and_in_microseconds_on_v2()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                CgroupParser.Throttling(Captured.Text("cpu-stat-v1-throttled.txt")),
                Is.EqualTo(new CpuThrottling(10, TimeSpan.FromMicroseconds(750_040))));
            Assert.That(
                CgroupParser.Throttling("usage_usec 9\nnr_periods 11\nnr_throttled 10\nthrottled_usec 750040\n"),
                Is.EqualTo(new CpuThrottling(10, TimeSpan.FromMicroseconds(750_040))));
        }
    }

    [TestCase("25000 50000\n", 50)]
    [TestCase("max 100000\n", 100)]
    [TestCase("20000\n", 20)]
    [TestCase("0", 100)]
    [TestCase("2000000", 100)]
    [TestCase("nonsense", 100)]
    [TestCase(null, 100)]
    public void The_period_of_a_quota_is_the_last_number_and_else_the_default(string? text, int milliseconds) =>
        Assert.That(CgroupParser.Period(text), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase(10, 40_000, 1_000)] // 4 processors stopped all the time are one second, and not four
    [TestCase(10, 300, 300)]
    [TestCase(null, 300, null)]
    public void Throttled_time_is_never_longer_than_the_periods_that_were_throttled(
        int? periods, int milliseconds, int? expected)
    {
        var before = new CpuThrottling(5, TimeSpan.FromSeconds(1));
        var after = new CpuThrottling(5 + periods, TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(milliseconds));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Since(before)?.TotalMilliseconds, Is.EqualTo(expected));
            Assert.That(after.Since(null), Is.Null);
        }
    }

    [Test]
    public void The_root_group_is_never_throttled_and_says_nothing_of_it() =>
        Assert.That(CgroupParser.Throttling(Captured.Text("cpu-stat-v2-root.txt")), Is.Null);
}
