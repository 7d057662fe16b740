using NUnit.Framework;
using Support.Host;
using Support.Measuring;

namespace Support.Tests.Measuring;

internal sealed class CpuBudgetTests
{
    private static readonly CgroupFacts Unlimited = CgroupFacts.Without("none");

    [Test]
    public void A_quota_counts_in_parts_and_never_beyond_the_processors()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                CpuBudget.Cores(Unlimited with { CpuMillicores = new Limit.Number(250, "cpu") }), Is.EqualTo(0.25));
            Assert.That(
                CpuBudget.Cores(Unlimited with { CpuMillicores = new Limit.Number(1_000_000_000, "cpu") }),
                Is.EqualTo(Environment.ProcessorCount));
            Assert.That(CpuBudget.Cores(Unlimited), Is.EqualTo(Environment.ProcessorCount));
        }
    }

    // Seconds: used before, used after, took; cores; share.
    [TestCase(1.0, 3.0, 4.0, 2.0, 0.25)]
    [TestCase(1.0, 9.0, 4.0, 1.0, 1.0)] // ticks are coarse: never more than all
    [TestCase(1.0, 1.1, 0.1, 1.0, null)] // too short to tell
    [TestCase(null, 3.0, 4.0, 2.0, null)]
    [TestCase(1.0, null, 4.0, 2.0, null)]
    public void The_busy_share_is_of_all_processors(
        double? before, double? after, double took, double cores, double? share) =>
        Assert.That(
            CpuBudget.BusyShare(Seconds(before), Seconds(after), TimeSpan.FromSeconds(took), cores), Is.EqualTo(share));

    [Test]
    public void A_worker_that_is_gone_makes_the_sum_unknown()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CpuBudget.Used([]), Is.GreaterThan(TimeSpan.Zero));
            Assert.That(CpuBudget.Used([int.MaxValue]), Is.Null);
        }
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
