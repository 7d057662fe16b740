using NUnit.Framework;
using Support.Pool.Workers;

namespace Support.Tests.Pool.Workers;

internal sealed class PoolSharesTests
{
    [TestCase(10, new long[] { 1, 1, 1 }, new[] { 3, 3, 4 })]
    [TestCase(60_000, new long[] { 19_808, 19_808, 19_808, 19_808 }, new[] { 15_000, 15_000, 15_000, 15_000 })]
    [TestCase(5, new long[] { 0, 5, 5 }, new[] { 0, 2, 3 })]
    [TestCase(5, new long[] { -3, 0 }, new[] { 2, 3 }, Description = "where nobody has room, all get some")]
    [TestCase(0, new long[] { 7 }, new[] { 0 })]
    public void The_parts_follow_the_weights_and_add_up(int whole, long[] weights, int[] parts) =>
        Assert.That(PoolShares.Of(whole, weights), Is.EqualTo(parts));

    [Test]
    public void Whatever_the_weights_nothing_is_lost([Range(1, 500, 37)] int whole, [Values(1, 2, 7, 16)] int workers)
    {
        var random = new Random(whole * workers);
        long[] weights = [.. Enumerable.Range(0, workers).Select(_ => (long)random.Next(0, int.MaxValue))];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PoolShares.Of(whole, weights).Sum(), Is.EqualTo(whole));
            Assert.That(PoolShares.AtLeastOne(whole + workers, weights).Sum(), Is.EqualTo(whole + workers));
            Assert.That(PoolShares.AtLeastOne(whole + workers, weights), Has.All.Positive);
        }
    }
}
