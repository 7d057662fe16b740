using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring;

namespace Support.Tests.Measuring;

internal sealed class CapacityLadderTests
{
    [Test]
    public void Steps_are_numbered_from_1_in_their_order()
    {
        var ladder = CapacityLadder.From(new() { Steps = [5, 10, 1_000_000] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ladder.Steps, Is.EqualTo(new CapacityStep[] { new(1, 5), new(2, 10), new(3, 1_000_000) }));
            Assert.That(ladder.Top, Is.EqualTo(1_000_000));
        }
    }

    [Test]
    public void One_step_is_a_ladder() => Assert.That(CapacityLadder.From(new() { Steps = [7] }).Top, Is.EqualTo(7));

    [TestCase("")]
    [TestCase("10,10")]
    [TestCase("10,25,24")]
    public void No_step_and_steps_that_do_not_ascend_are_no_ladder(string steps)
    {
        ImmutableArray<int> sessions = [.. steps.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.That(
            () => CapacityLadder.From(new() { Steps = sessions }),
            Throws.ArgumentException.With.Message.Contain(
                $"Ladder.Steps was '{steps}'; allowed: at least one step, ascending."));
    }

    [Test]
    public void Steps_that_were_never_set_are_no_ladder() =>
        Assert.That(() => CapacityLadder.From(new() { Steps = default }), Throws.ArgumentException);
}
