using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring;
using Support.Pool;

namespace Support.Tests.Measuring;

internal sealed class LossSummariesTests
{
    [Test]
    public void No_loss_has_no_summary() => Assert.That(LossSummaries.Of([]), Is.Null);

    [Test]
    public void One_loss_is_its_own_median_without_a_spread() =>
        Assert.That(
            LossSummaries.Of([new(FailureClass.Parse("DroppedAbnormally(fin)"), 2.5, 7)]),
            Is.EqualTo(new LossSummary(1, 2.5, 0, 0)));

    [Test]
    public void Spreads_lie_between_the_5th_and_the_95th_percentile()
    {
        // Ages 1 to 100 s, in no order, and moments ten times as far apart: the 5th is 5, the 95th is 95.
        ImmutableArray<Loss> losses = [.. Enumerable.Range(1, 100)
            .Reverse().Select(n => new Loss(FailureClass.Parse("DroppedAbnormally(rst)"), n, n * 10))];

        Assert.That(LossSummaries.Of(losses), Is.EqualTo(new LossSummary(100, 50, 90, 900)));
    }
}
