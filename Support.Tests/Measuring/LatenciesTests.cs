using NUnit.Framework;
using Support.Measuring;

namespace Support.Tests.Measuring;

internal sealed class LatenciesTests
{
    [Test]
    public void No_value_has_no_summary() => Assert.That(Latencies.Of([]), Is.Null);

    // Of n values 1 to n milliseconds, the value at the position ceil(share × n).
    [TestCase(1, 1, 1, 1, 1)]
    [TestCase(2, 1, 2, 2, 2)]
    [TestCase(3, 2, 3, 3, 3)]
    [TestCase(20, 10, 19, 20, 20)]
    [TestCase(100, 50, 95, 99, 100)]
    [TestCase(101, 51, 96, 100, 101)]
    [TestCase(1000, 500, 950, 990, 1000)]
    public void Percentiles_are_those_of_the_nearest_rank(
        int count, double p50, double p95, double p99, double max) => Assert.That(
        Latencies.Of(Enumerable.Range(1, count).Reverse().Select(value => value * 1000L)),
        Is.EqualTo(new LatencySummary(p50, p95, p99, max)));

    [Test]
    public void Microseconds_are_kept_as_thousandths() =>
        Assert.That(Latencies.Of([1_234_567]), Is.EqualTo(new LatencySummary(1234.567, 1234.567, 1234.567, 1234.567)));
}
