using System.Text.Json;
using NUnit.Framework;
using Support.Measuring;
using Support.Reports;
using Support.Reports.Data;
using Support.Tests.Verdict;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>A server's control group in the reports: its keys, and the line through its memory.</summary>
internal sealed class ServerGroupReportTests
{
    private const long Limit = 512L << 20;

    private static readonly ServerGroup Group = new()
    {
        MemoryBytes = 96L << 20, MemoryLimitBytes = Limit, OomKills = 1, Periods = 80, ThrottledPeriods = 60,
        ThrottledTime = TimeSpan.FromSeconds(4.5),
    };

    [Test]
    public void Its_keys_are_there_in_their_order_and_its_duration_is_in_seconds() => Assert.That(
        Written(Group),
        Is.EqualTo("""{"memoryBytes":100663296,"memoryLimitBytes":536870912,"oomKills":1,"periods":80"""
            + ""","throttledPeriods":60,"throttledSeconds":4.5}"""));

    [Test]
    public void What_is_not_known_is_null_and_never_zero() => Assert.That(
        Written(new()),
        Is.EqualTo("""{"memoryBytes":null,"memoryLimitBytes":null,"oomKills":0,"periods":null,"throttledPeriods":"""
            + """null,"throttledSeconds":null}"""));

    [Test]
    public void The_line_is_drawn_through_what_is_charged_for_what_is_held_and_leaves_out_where_that_was_lost()
    {
        static ServerGroup At(int held) =>
            new() { MemoryBytes = (40L << 20) + (held * 20_000L), MemoryLimitBytes = Limit };
        var slope = MemoryFit.FromSteps(
        [
            Given.Step(100, 100).In(At(100)), Given.Step(500, 500).In(At(500)), Given.Step(1000, 1000).In(At(1000)),
            Given.Step(2000, 0, "IdleLost").In(At(0) with { MemoryBytes = 511L << 20 }),
            Given.Step(2000, 0, "DroppedAbnormally(rst)").In(At(0) with { OomKills = 1 }),
            Given.Step(2000, 0, "DroppedAbnormally(rst)")
                .Server(new() { Group = At(0) with { MemoryBytes = 1 << 20 } }),
        ]).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((slope.Of, slope.Points.Length), Is.EqualTo(("server's control group", 3)));
            Assert.That(slope.BytesPerConnection, Is.EqualTo(20_000).Within(1e-6));
        }
    }

    private static string Written(ServerGroup group) =>
        JsonSerializer.SerializeToNode(group, DataJson.Options)!.ToJsonString();
}
