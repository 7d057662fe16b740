using NUnit.Framework;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

internal sealed class EstimateComparisonTests
{
    private static readonly MeasuredMemory Measured = new(14_000, 90_000_000, "server's control group");

    [Test]
    public void It_says_that_a_connection_takes_less_than_was_taken()
    {
        var comparison = Compare(PlanSamples.Verdict(48_000, 60_000, resource: "memory"))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (comparison.Estimated, comparison.Measured, comparison.BytesEstimated, comparison.BytesMeasured),
                Is.EqualTo((10_240L, 60_000L, 65_536.0, (double?)14_000)));
            Assert.That(comparison.Share, Is.EqualTo(5.859).Within(0.001));
            Assert.That(comparison.Words, Is.EqualTo("7,680 to 10,240 were expected (memory lowest), 60,000 were "
                + "held: the task holds more than was estimated. "
                + "It was memory that ran out, as estimated. A connection takes 14,000 bytes (server's control "
                + "group), and 65,536 were taken: with what was measured, memory would do for 70,267."));
        }
    }

    [TestCase(14_000, BottleneckSide.Server, "memory", "the task holds more than was estimated")]
    [TestCase(11_265, BottleneckSide.Server, "memory", "the task holds more than was estimated")]
    [TestCase(11_264, BottleneckSide.Server, "memory", "were held: as estimated.")]
    [TestCase(6_912, BottleneckSide.Server, "memory", "were held: as estimated.")]
    [TestCase(6_911, BottleneckSide.Server, "memory", "the task holds less than was estimated")]
    [TestCase(9_000, BottleneckSide.Client, null, "at least 9,000 were held: as estimated, and it may be more.")]
    [TestCase(5_000, BottleneckSide.Server, "descriptors", "the task holds less than was estimated")]
    [TestCase(5_000, BottleneckSide.Server, "descriptors", "It was descriptors that ran out, and not memory.")]
    [TestCase(5_000, BottleneckSide.Client, null,
        "at least 5,000 were held: the run ended below the estimate, and neither proves nor refutes it")]
    [TestCase(5_000, BottleneckSide.None, null, "Nothing of the server ran out.")]
    [TestCase(5_000, BottleneckSide.Server, null, "What ran out is not known.")]
    public void It_says_what_was_off(int held, BottleneckSide side, string? resource, string words) =>
        Assert.That(Compare(PlanSamples.Verdict(held * 8 / 10, held, side, resource))!.Words, Does.Contain(words));

    [Test]
    public void What_is_not_comparable_is_not_compared()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Compare(PlanSamples.Verdict(800, 1_000), isOfThatSize: false), Is.Null);
            Assert.That(Compare(PlanSamples.Verdict(null)), Is.Null);
            Assert.That(ScalingPlanner.Plan(
                new() { Verdict = PlanSamples.Verdict(800, 1_000), IsOfThatSize = true }).Comparison, Is.Null);
        }
    }

    private static EstimateComparison? Compare(
        RunVerdict verdict, bool isOfThatSize = true) => ScalingPlanner.Plan(new()
    {
        Verdict = verdict,
        Plan = new PlanSettings { MessageRate = 0 },
        Task = PlanSamples.SmallTask,
        Memory = Measured,
        IsOfThatSize = isOfThatSize,
    }).Comparison;
}
