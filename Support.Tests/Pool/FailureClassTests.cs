using System.Collections.Immutable;
using System.Text.Json;
using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class FailureClassTests
{
    private static readonly FailureKind[] Kinds =
        [.. Enum.GetValues<FailureKind>().Where(kind => kind != FailureKind.Unknown)];

    [TestCaseSource(nameof(Kinds))]
    public void A_class_is_read_as_it_was_spelt(FailureKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            string?[] details = [null, "503", "a (b) c", ""];
            foreach (var failure in details.Select(detail => new FailureClass(kind, detail)))
                Assert.That(FailureClass.Parse(failure.ToString()), Is.EqualTo(failure));
        }
    }

    // What a later version counts is shown as it was spelt, and no number or half a name is taken for a kind.
    [TestCase("Evaporated(7)")]
    [TestCase("Refused(x")]
    [TestCase("refused")]
    [TestCase("0")]
    [TestCase("Unknown")]
    [TestCase("")]
    public void What_this_version_does_not_know_keeps_its_name(string name)
    {
        var read = FailureClass.Parse(name);
        Assert.That((read.Kind, read.ToString()), Is.EqualTo((FailureKind.Unknown, name)));
    }

    [TestCase("HandshakeRejected(503)", 503)]
    [TestCase("ClosedByPeer(1001)", 1001)]
    [TestCase("DroppedAbnormally(fin)", null)]
    [TestCase("Refused", null)]
    public void A_detail_that_is_a_number_is_a_code(string name, int? code) =>
        Assert.That(FailureClass.Parse(name).Code, Is.EqualTo(code));

    [Test]
    public void In_JSON_it_is_its_spelling_as_a_key_and_as_a_value_and_stands_in_ordinal_order()
    {
        var tally = Classes.Of(("Refused", 1), ("HandshakeRejected(503)", 2), ("later", 3));
        var json = JsonSerializer.Serialize(tally);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(json, Is.EqualTo("""{"HandshakeRejected(503)":2,"Refused":1,"later":3}"""));
            var read = JsonSerializer.Deserialize<ImmutableSortedDictionary<FailureClass, int>>(json);
            Assert.That(read, Is.EqualTo(tally));
            var one = JsonSerializer.Serialize(new FailureClass(FailureKind.ClientLimit, "fd"));
            Assert.That(one, Is.EqualTo("\"ClientLimit(fd)\""));
        }
    }
}
