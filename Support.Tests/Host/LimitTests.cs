using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

[TestFixture]
internal sealed class LimitTests
{
    private static readonly Limit Unknown = new Limit.Unknown("why", "u");
    private static readonly Limit None = new Limit.None("n");

    [Test]
    public void The_least_number_binds_whatever_stands_beside_it() =>
        Assert.That(
            Limit.Least([Unknown, Machines.Number(7), None, Machines.Number(3)], "s"), Is.EqualTo(Machines.Number(3)));

    [Test]
    public void No_limit_is_an_answer_where_another_level_has_none() =>
        Assert.That(Limit.Least([Unknown, None], "s"), Is.EqualTo(None));

    [Test]
    public void Not_known_stays_not_known() => Assert.That(Limit.Least([Unknown], "s"), Is.EqualTo(Unknown));

    [Test]
    public void Of_nothing_the_least_is_not_known() =>
        Assert.That(Limit.Least([], "s"), Is.InstanceOf<Limit.Unknown>());

    [Test]
    public void The_three_answers_read_differently()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new Limit.Number(20_000, "f").ToString(), Is.EqualTo("20,000 (f)"));
            Assert.That(None.ToString(), Is.EqualTo("no limit (n)"));
            Assert.That(Unknown.ToString(), Is.EqualTo("not known: why (u)"));
        }
    }

    [Test]
    public void Garbage_is_quoted_on_one_line_and_shortened()
    {
        var limit = Limit.OfWholeNumber("1\r\n\0" + new string('x', 100), "f");

        Assert.That(limit.ToString(), Is.EqualTo($"not known: '1   {new string('x', 36)}…' is not a whole number (f)"));
    }

    [TestCase("-1")]
    [TestCase("")]
    [TestCase("1.5")]
    [TestCase("9223372036854775808")]
    public void What_is_no_whole_number_is_not_known(string text) =>
        Assert.That(Limit.OfWholeNumber(text, "f"), Is.InstanceOf<Limit.Unknown>());
}
