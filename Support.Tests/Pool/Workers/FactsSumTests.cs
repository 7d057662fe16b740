using NUnit.Framework;
using Support.Pool;
using Support.Pool.Workers;

namespace Support.Tests.Pool.Workers;

internal sealed class FactsSumTests
{
    private static readonly EarlyStop Enough = new(EarlyStopKind.Hopeless, "enough");

    private static readonly PoolFacts First = new()
    {
        Counts = new(10, 8, 7),
        Failures = Classes.Of(("Refused", 2), ("DroppedAbnormally(rst)", 1)),
        Examples = Classes.Of(("Refused", "a"), ("DroppedAbnormally(rst)", "b")),
        Timings = [new(1, 2, 3)],
        PongMicroseconds = [5],
        ResolveTime = TimeSpan.FromSeconds(1),
        Losses = [new(FailureClass.Parse("DroppedAbnormally(rst)"), 1, 9)],
        Addresses = [new("10.0.0.1:80", 6, 2), new("10.0.0.2:80", 4, 0)],
        EndedInTls = 3,
        LongestLag = TimeSpan.FromMilliseconds(7),
    };

    private static readonly PoolFacts Second = new()
    {
        Counts = new(5, 4, 4),
        Failures = Classes.Of(("Refused", 1)),
        Examples = Classes.Of(("Refused", "c")),
        Timings = [new(4, 5, 6), new(7, 8, 9)],
        PongMicroseconds = [6, 7],
        EndedInTls = 4,
        StoppedEarly = Enough,
        Losses = [new(FailureClass.Parse("IdleLost"), 2, 3)],
        Addresses = [new("10.0.0.2:80", 5, 1)],
        LongestLag = TimeSpan.FromMilliseconds(9),
    };

    [Test]
    public void Every_field_is_added_up()
    {
        var sum = FactsSum.Of([First, Second]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sum.Counts, Is.EqualTo(new PoolCounts(15, 12, 11)));
            Assert.That(sum.Failures, Is.EqualTo(Classes.Of(("DroppedAbnormally(rst)", 1), ("Refused", 3))));
            Assert.That(sum.Examples, Is.EqualTo(Classes.Of(("DroppedAbnormally(rst)", "b"), ("Refused", "a"))));
            Assert.That(sum.EndedInTls, Is.EqualTo(7));
            Assert.That((sum.Timings.Length, sum.PongMicroseconds.Length), Is.EqualTo((3, 3)));
            Assert.That(
                (sum.ResolveTime, sum.StoppedEarly, sum.LongestLag),
                Is.EqualTo((TimeSpan.FromSeconds(1), Enough, TimeSpan.FromMilliseconds(9))));
            Assert.That(
                sum.Losses.Select(loss => loss.AtSeconds),
                Is.EqualTo([3.0, 9.0]),
                "In the order in which they were found.");
            Assert.That(
                sum.Addresses,
                Is.EqualTo([new AddressCount("10.0.0.1:80", 6, 2), new AddressCount("10.0.0.2:80", 9, 1)]));
        }
    }

    [Test]
    public void No_field_of_the_facts_is_forgotten() => Assert.That(
        typeof(PoolFacts).GetProperties().Select(property => property.Name),
        Is.EquivalentTo(["Counts", "Failures", "Examples", "Timings",
            "PongMicroseconds", "ResolveTime", "StoppedEarly", "EndedInTls", "Losses", "Addresses", "LongestLag"]),
        "A new one has to be added up by FactsSum, and then be named here.");

    [Test]
    public void What_was_open_or_under_way_at_the_end_of_a_worker_is_lost()
    {
        var after = FactsSum.AfterEnd(
            First with { Counts = new(12, 8, 7) }, new(FailureKind.EnvironmentFailure, null, "gone"));

        using (Assert.EnterMultipleScope())
        {
            // 12 attempted: 2 refused, 1 dropped, 7 open, 2 under way.
            Assert.That(after.Counts, Is.EqualTo(new PoolCounts(12, 8, 0)));
            Assert.That(after.Failures.Spelt()["EnvironmentFailure"], Is.EqualTo(9));
            Assert.That(after.StoppedEarly, Is.EqualTo(new EarlyStop(EarlyStopKind.WorkerEnded, "gone")));
        }
    }

    [Test]
    public void A_worker_that_had_nothing_loses_nothing() =>
        Assert.That(
            FactsSum.AfterEnd(new() { Counts = default }, new(FailureKind.EnvironmentFailure, null, "gone")).Failures,
            Is.Empty);
}
