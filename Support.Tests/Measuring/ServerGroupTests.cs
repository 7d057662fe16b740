using NUnit.Framework;
using Support.Host;
using Support.Measuring;

namespace Support.Tests.Measuring;

/// <summary>What two readings of a server's control group say of a step.</summary>
internal sealed class ServerGroupTests
{
    private static readonly ProcessRow Owner = new(new(10, 10), "server", 1, TimeSpan.FromSeconds(2), 11);
    private static readonly GroupUsage Before = new(100, 1000, 3, 50, new(10, TimeSpan.FromSeconds(1)));
    private static readonly GroupUsage Held = new(960, 1000, 4, 90, new(40, TimeSpan.FromSeconds(3)));

    [Test]
    public void What_adds_up_is_that_of_the_step_and_what_is_in_use_that_of_the_count() => Assert.That(
        ServerGroup.Between(Before, Held),
        Is.EqualTo(new ServerGroup { MemoryBytes = 960, MemoryLimitBytes =
            1000, OomKills = 1, Periods = 40, ThrottledPeriods = 30, ThrottledTime = TimeSpan.FromSeconds(2) }));

    [Test]
    public void Without_a_reading_before_the_step_nothing_is_said_of_it() => Assert.That(
        ServerGroup.Between(null, Held), Is.EqualTo(new ServerGroup { MemoryBytes = 960, MemoryLimitBytes = 1000 }));

    [Test]
    public void What_cannot_be_read_is_not_known()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ServerGroup.Between(Before, null), Is.Null);
            Assert.That(ServerGroup.Between(Before, new(null, null, null, null, null)), Is.EqualTo(new ServerGroup()));
        }
    }

    [TestCase(950, 1000L, true)]
    [TestCase(949, 1000L, false)]
    [TestCase(949, null, false)]
    public void It_is_full_from_95_percent_on(long bytes, long? limit, bool full) =>
        Assert.That(new ServerGroup { MemoryBytes = bytes, MemoryLimitBytes = limit }.IsFull, Is.EqualTo(full));

    [TestCase(40L, 30L, 0.75)]
    [TestCase(0L, 0L, null)]
    [TestCase(null, 3L, null)]
    public void The_share_of_stopped_periods_is_that_of_the_periods_with_work(
        long? periods, long? throttled, double? share) =>
        Assert.That(
            new ServerGroup { Periods = periods, ThrottledPeriods = throttled }.ThrottledShare, Is.EqualTo(share));

    [Test]
    public void Of_a_server_that_has_ended_its_group_remains()
    {
        var before = new ServerState([Owner], [Owner], 5, 100, 7) { Group = Before };
        var held = new ServerState([Owner], [], null, null, 7) { Group = Held };

        Assert.That(
            ServerState.Between(before, held),
            Is.EqualTo(new ServerReading { Name = "server", Group = ServerGroup.Between(Before, Held) }));
    }
}
