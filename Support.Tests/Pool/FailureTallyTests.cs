using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class FailureTallyTests
{
    [Test]
    public void Failures_are_counted_by_class_and_the_first_example_is_kept()
    {
        var tally = new FailureTally();
        tally.Add(new(FailureKind.HandshakeRejected, "503", "first"));
        tally.Add(new(FailureKind.Refused, null, "nobody"));
        tally.Add(new(FailureKind.HandshakeRejected, "503", "second"));
        tally.Add(new(FailureKind.HandshakeRejected, "429", "other"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Counts.Spelt(), Is.EqualTo(new Dictionary<string, int>
            {
                ["HandshakeRejected(429)"] = 1,
                ["HandshakeRejected(503)"] = 2,
                ["Refused"] = 1,
            }));
            Assert.That(tally.Examples.Spelt()["HandshakeRejected(503)"], Is.EqualTo("first"));
        }
    }

    [Test]
    public void Several_threads_lose_no_count()
    {
        var tally = new FailureTally();
        Parallel.For(0, 10_000, i => tally.Add(new(FailureKind.ClosedByPeer, i % 2 == 0 ? "1001" : "1013", "gone")));

        Assert.That(tally.Counts.Values, Is.EqualTo(new[] { 5000, 5000 }));
    }

    [Test]
    public void What_was_read_does_not_change_afterwards()
    {
        var tally = new FailureTally();
        var before = tally.Counts;
        tally.Add(new(FailureKind.Refused, null, "nobody"));

        Assert.That(before, Is.Empty);
    }
}
