using NUnit.Framework;
using Support.Settings;
using Support.Sizes;
using Support.Verdict;

namespace Support.Tests.Sizes;

/// <summary>Which counts a run at a size tries.</summary>
internal sealed class SizeLadderTests
{
    [Test]
    public void A_first_run_goes_on_past_the_profile_to_what_this_client_can_attempt_and_one_step_above() =>
        Assert.That(
            SizeLadder.For(new(), 28_232, null),
            Is.EqualTo([10, 25, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 28_232, 50_000]));

    [Test]
    public void Where_nothing_is_known_of_this_client_it_goes_on_to_the_most_that_is_allowed() => Assert.That(
        SizeLadder.For(new(), null, null)[^1], Is.EqualTo(1_000_000));

    [TestCase(1_000, 1_000, 2_000)]
    [TestCase(700, 700, 1_000)]
    public void A_client_that_ends_within_the_profile_ends_the_climb(int most, params int[] last) => Assert.That(
        SizeLadder.For(new(), most, null)[^2..], Is.EqualTo(last));

    [Test]
    public void Named_steps_are_kept_as_they_are() => Assert.That(
        SizeLadder.For(new() { Steps = [100, 300] }, 28_232, null), Is.EqualTo([100, 300]));

    [Test]
    public void A_ladder_that_was_cut_ends_where_it_was_cut() => Assert.That(
        SizeLadder.For(new() { Steps = [10, 25, 40], LastStep = 40 }, 28_232, null), Is.EqualTo([10, 25, 40]));

    [Test]
    public void A_repeat_measures_the_limit_again_and_a_little_below_it() => Assert.That(
        SizeLadder.For(new(), 28_232, Given.Run(Given.Small, 1, 980)),
        Is.EqualTo([882, 980, 981, 1_000, 1_078, 1_470, 2_000, 5_000, 10_000, 20_000, 28_232, 50_000]));

    [Test]
    public void A_repeat_of_a_run_in_which_nothing_broke_asks_for_more() => Assert.That(
        SizeLadder.For(new(), 28_232, Given.Run(Given.Small, 1, 980, side: BottleneckSide.None)),
        Is.EqualTo([882, 980, 1_000, 2_000, 5_000, 10_000, 20_000, 28_232, 50_000]));

    [Test]
    public void A_repeat_of_a_run_that_held_all_of_its_named_steps_ends_with_them() => Assert.That(
        SizeLadder.For(new() { Steps = [100, 300] }, 28_232, Given.Run(Given.Small, 1, 300, side: BottleneckSide.None)),
        Is.EqualTo([270, 300]));

    [Test]
    public void A_repeat_goes_no_farther_than_named_steps_do() => Assert.That(
        SizeLadder.For(new() { Steps = [100, 300] }, 28_232, Given.Run(Given.Small, 1, 280)),
        Is.EqualTo([252, 280, 281, 300]));

    [Test]
    public void A_repeat_of_a_run_that_held_nothing_climbs() => Assert.That(
        SizeLadder.For(new() { Steps = [100, 300] }, null, Given.Run(Given.Small, 1, 0)), Is.EqualTo([100, 300]));
}
