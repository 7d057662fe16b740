using NUnit.Framework;
using Support.Pool;

namespace Support.Tests.Pool;

internal sealed class FailureTallyTests
{
    private static readonly PoolOptions Options = new()
    {
        Url = new("ws://127.0.0.1:9/?token=s3cr3t"),
        Headers = [new("X-Mode", "peer")],
    };

    [Test]
    public void Failures_are_counted_by_class_and_the_first_example_is_kept()
    {
        var tally = new FailureTally(Options);
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
    public void What_the_peer_said_is_told_without_secrets_and_the_words_of_the_suite_stay_as_they_are()
    {
        var tally = new FailureTally(Options);
        var first = tally.Add(new(FailureKind.ClosedByPeer, "1008", "the peer closed") { Said = "s3cr3t of a peer" });
        var second = tally.Add(new(FailureKind.ClosedByPeer, "1008", "the peer closed") { Said = "another" });
        tally.Add(new(FailureKind.HandshakeRejected, "401", "") { Said = "HTTP/1.1 401 s3cr3t" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo("the peer closed: '*** of a ***'"));
            Assert.That(second, Is.EqualTo(first));
            Assert.That(tally.Examples.Spelt(), Is.EqualTo(new Dictionary<string, string>
            {
                ["ClosedByPeer(1008)"] = "the peer closed: '*** of a ***'",
                ["HandshakeRejected(401)"] = "HTTP/1.1 401 ***",
            }));
        }
    }

    [Test]
    public void Several_threads_lose_no_count()
    {
        var tally = new FailureTally(Options);
        Parallel.For(0, 10_000, i => tally.Add(new(FailureKind.ClosedByPeer, i % 2 == 0 ? "1001" : "1013", "gone")));

        Assert.That(tally.Counts.Values, Is.EqualTo(new[] { 5000, 5000 }));
    }

    [Test]
    public void What_was_read_does_not_change_afterwards()
    {
        var tally = new FailureTally(Options);
        var before = tally.Counts;
        tally.Add(new(FailureKind.Refused, null, "nobody"));

        Assert.That(before, Is.Empty);
    }
}
