using System.Collections.Immutable;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Html;

namespace Support.Tests.Reports;

public sealed class SmallPartsTests
{
    [TestCase("")]
    [TestCase("de-DE")]
    [TestCase("sv-SE")]
    public void Failure_classes_stand_in_one_order_on_every_machine(string culture)
    {
        var names = FormatTests.InCulture(culture, () =>
            StepFailures.InOrder(Classes.Of(("a", 1), ("ä", 1), ("Z", 1), ("z", 1))).Select(entry => entry.Key).ToArray());

        Assert.That(names, Is.EqualTo(new[] { "Z", "a", "z", "ä" }));
    }

    [Test]
    public void An_element_without_content_is_closed_by_a_tag_of_its_own_unless_html_has_none()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Markup.Tag("td", "", (object?)null).ToString(), Is.EqualTo("<td></td>"));
            Assert.That(Markup.Tag("meta", "").ToString(), Is.EqualTo("<meta />"));
        }
    }

    [Test]
    public void An_axis_covers_every_value_and_marks_round_ones()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scale.Log([10, 5000]).Ticks, Is.EqualTo(new[] { 10.0, 100, 1000, 10000 }).Within(1e-9));
            Assert.That(Scale.Log([]).Ticks, Is.EqualTo(new[] { 1.0, 2, 5, 10 }).Within(1e-9));
            Assert.That(Scale.Log([0, 3]).At(0), Is.Zero, "0 has no logarithm and stands at the lower end");
            Assert.That(Scale.Linear([4.2]).Ticks, Is.EqualTo(new[] { 0.0, 1, 2, 3, 4, 5 }).Within(1e-9));
            Assert.That(Scale.Linear([-3, 7]).At(-3), Is.InRange(0, 0.2));
            Assert.That(Scale.Linear([]).At(0.5), Is.EqualTo(0.5).Within(1e-9));
            Assert.That(Scale.Log([1e-3, 1e9]).Ticks, Has.Length.LessThan(9));
        }
    }

    [TestCase(0, "0 bytes")]
    [TestCase(3217, "3,217 bytes")]
    [TestCase(11_600, "11.3 KiB")]
    [TestCase(95_800_000, "91.4 MiB")]
    [TestCase(-20_480, "-20.0 KiB")]
    [TestCase(double.NaN, "not known")]
    public void Bytes_are_written_in_the_unit_of_their_size(double bytes, string words) => Assert.That(Support.Reports.Words.Bytes(bytes), Is.EqualTo(words));
}
