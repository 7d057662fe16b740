using NUnit.Framework;
using Support.Verdict;

namespace Support.Tests.Verdict;

/// <summary>A step that failed below one that held: chance, and no limit.</summary>
internal sealed class ChanceFailureTests
{
    [Test]
    public void A_failure_below_a_count_that_held_is_no_limit()
    {
        JudgedStep[] chance = [Given.Step(100, 98, "ConnectTimeout"), Given.Step(5000, 5000)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Given.Run(chance).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.None));
            Assert.That(Given.Run([.. chance, Given.Step(9000, 6000)]).Judged().Bottleneck.Cause, Does.Contain("503"));
        }
    }

    [Test]
    public void A_step_that_missed_its_threshold_bounds_the_run_where_nothing_above_it_broke()
    {
        JudgedStep[] missed = [Given.Step(100, 60, "ConnectTimeout"), Given.Step(5000, 5000)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Given.Run(missed).Judged().MaxReliable, Is.Zero);
            Assert.That(Given.Run(missed).Judged().Bottleneck.Side, Is.EqualTo(BottleneckSide.Path));
            Assert.That(
                Given.Run([.. missed, Given.Step(9000, 6000)]).Judged().Bottleneck.Side,
                Is.EqualTo(BottleneckSide.Server));
        }
    }
}
