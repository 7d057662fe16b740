using NUnit.Framework;
using Support.Reports.Content;

namespace Support.Tests.Reports.Content;

/// <summary>Numbers as a person reads them.</summary>
internal sealed class NumbersTests
{
    [TestCase(0, "0 bytes")]
    [TestCase(3217, "3,217 bytes")]
    [TestCase(11_600, "11.3 KiB")]
    [TestCase(95_800_000, "91.4 MiB")]
    [TestCase(-20_480, "-20.0 KiB")]
    [TestCase(double.NaN, "–")]
    public void Bytes_are_written_in_the_unit_of_their_size(
        double bytes, string words) => Assert.That(Numbers.Bytes(bytes), Is.EqualTo(words));

    [TestCase(0.424, "0.42 ms")]
    [TestCase(7.34, "7.3 ms")]
    [TestCase(1250.4, "1,250 ms")]
    [TestCase(double.PositiveInfinity, "–")]
    public void Milliseconds_have_the_digits_that_matter(
        double milliseconds, string words) => Assert.That(Numbers.Milliseconds(milliseconds), Is.EqualTo(words));

    [TestCase(2.344, "2.34 s")]
    [TestCase(48.3, "48.30 s")]
    [TestCase(1834.6, "1,835 s")]
    public void Seconds_lose_their_decimals_where_they_say_nothing(
        double seconds, string words) => Assert.That(Numbers.Seconds(seconds), Is.EqualTo(words));

    [TestCase(9.013, "$9.01")]
    [TestCase(3448.6, "$3,449")]
    public void Dollars_have_cents_below_a_thousand(
        double dollars, string words) => Assert.That(Numbers.Money(dollars), Is.EqualTo(words));

    [TestCase(0.75, "75 %")]
    [TestCase(0.125, "12.5 %")]
    public void A_share_is_in_percent(
        double share, string words) => Assert.That(Numbers.Share(share), Is.EqualTo(words));

    [TestCase(1, "1 task")]
    [TestCase(0, "0 tasks")]
    [TestCase(1000, "1,000 tasks")]
    public void A_count_agrees_with_its_word(
        long count, string words) => Assert.That(Numbers.Count(count, "task", null), Is.EqualTo(words));
}
