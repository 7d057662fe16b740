using System.Collections.Immutable;
using NUnit.Framework;
using Support.Plan;
using Support.Tests.Verdict;
using Support.Verdict;

namespace Support.Tests.Plan;

/// <summary>What a plan is worked out from.</summary>
internal sealed class PlanInputTests
{
    [Test]
    public void The_pace_is_that_of_the_largest_reliable_step()
    {
        var small = Given.Step(10, 10).But(result => result with { OpenSeconds = 1 });
        var large = Given.Step(1_000, 1_000).But(result => result with { OpenSeconds = 0.5 });
        var broken = Given.Step(2_000, 1_100).But(result => result with { OpenSeconds = 100 });
        Assert.That(Of([small, large, broken]).OpensPerSecond, Is.EqualTo(2_000));
    }

    [TestCase(0.5, true)]
    [TestCase(1, false)]
    public void A_pace_of_less_than_a_second_is_a_burst(double seconds, bool isBurst) =>
        Assert.That(
            Of([Given.Step(1_000, 1_000).But(result => result with { OpenSeconds = seconds })]).IsBurst,
            Is.EqualTo(isBurst));

    [Test]
    public void Without_a_reliable_step_there_is_no_pace() =>
        Assert.That(Of([Given.Step(10, 1)]).OpensPerSecond, Is.Null);

    [Test]
    public void Memory_is_that_of_the_control_group_where_there_is_one() =>
        Assert.That(
            MeasuredMemory.Of([Slope(MemoryOwner.Target, 9_000, 10), Slope(MemoryOwner.Group, 12_000, 10)]),
            Is.EqualTo(new MeasuredMemory(12_000, 40e6, "server's control group", IsOfGroup: true)));

    [Test]
    public void Else_it_is_that_of_the_process_and_its_end_in_the_kernel()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MeasuredMemory.Of([Slope(MemoryOwner.Target, 9_000, 10), Slope(MemoryOwner.Kernel, 4_000, 10)])
                ?.BytesPerConnection, Is.EqualTo(13_000));
            Assert.That(
                MeasuredMemory.Of([Slope(MemoryOwner.Target, 9_000, 10)])?.BytesPerConnection, Is.EqualTo(13_600));
        }
    }

    [TestCase(9_000, 4_501, TestName = "A slope that may be half as much again is none")]
    [TestCase(-5, 1, TestName = "Memory that fell is no slope")]
    public void A_slope_has_to_be_good_enough(double bytes, double halfWidth) =>
        Assert.That(MeasuredMemory.Of([Slope(MemoryOwner.Target, bytes, halfWidth)]), Is.Null);

    private static PlanInput Of(ImmutableArray<JudgedStep> steps) =>
        PlanInput.Of(
            new() { Steps = steps },
            new() { Outcome = RunOutcome.Passed, Bottleneck = new(BottleneckSide.None, "", [], "") },
            [],
            null);

    private static MemorySlope Slope(
        MemoryOwner owner, double bytes, double halfWidth) => new(owner, bytes, halfWidth, 40e6, 0.99, []);
}
