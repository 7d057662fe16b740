using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring;
using Support.Pool;

namespace Support.Tests.Measuring;

internal sealed class IdleCutOffTests
{
    private const string Fin = "DroppedAbnormally(fin)";
    private const string Rst = "DroppedAbnormally(rst)";

    [TestCase(Fin)]
    [TestCase(Rst)]
    public void Ends_in_silence_at_one_age_are_a_cut_off(string how)
    {
        var found = IdleCutOff.Find([.. Losses(how, 59.4, 60.2, 61.1)], 3, TargetAnswer.Opens);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found?.AgeSeconds, Is.EqualTo(60.2));
            Assert.That(found?.ByClass, Is.EquivalentTo(Classes.Of((how, 3))));
        }
    }

    [Test]
    public void One_in_ten_may_end_otherwise()
    {
        ImmutableArray<Loss> losses = [.. Losses(Fin, 60, 60, 60, 60, 60, 60, 60, 60, 60), .. Losses(Fin, 3)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                IdleCutOff.Find(losses, 10, TargetAnswer.Opens)?.ByClass[FailureClass.Parse(Fin)], Is.EqualTo(9));
            Assert.That(IdleCutOff.Find([.. losses, .. Losses(Fin, 3)], 11, TargetAnswer.Opens), Is.Null);
        }
    }

    [TestCase(TargetAnswer.NotAsked)]
    [TestCase(TargetAnswer.Rejects)]
    [TestCase(TargetAnswer.Gone)]
    [TestCase(TargetAnswer.Restarted)]
    public void A_target_that_is_not_well_ended_them_itself(TargetAnswer answer) =>
        Assert.That(IdleCutOff.Find([.. Losses(Fin, 60, 60, 60)], 3, answer), Is.Null);

    [TestCase("ClosedByPeer(1000)")]
    [TestCase("ClosedByPeer(1001)")]
    [TestCase("ClosedByPeer(1013)")]
    [TestCase("ClosedByPeer(1012)")]
    [TestCase("ClosedByPeer(1011)")]
    [TestCase("IdleLost")]
    public void What_says_what_is_wrong_is_no_idleness(string how) =>
        Assert.That(IdleCutOff.Find([.. Losses(how, 60, 60, 60)], 3, TargetAnswer.Opens), Is.Null);

    // Opened over a time, and ended at one moment: the ages differ, the moments do not.
    [TestCase(Fin, 0.4, 0.0, false)]
    [TestCase(Fin, 0.4, 0.19, false)]
    [TestCase(Fin, 0.4, 0.21, true)]
    [TestCase(Fin, 0.2, 0.0, true)] // below TLS found in one look
    [TestCase(Rst, 0.4, 0.0, true)] // found in one look
    [TestCase(Rst, 1.5, 0.0, false)]
    public void A_crash_of_one_worker_ends_all_at_one_moment_and_is_no_timer(
        string how, double ages, double moments, bool timer)
    {
        var end = FailureClass.Parse(how);
        ImmutableArray<Loss> losses = [new(
            end, 60, 80), new(end, 60 + (ages / 2), 80 + (moments / 2)), new(end, 60 + ages, 80 + moments)];
        Assert.That(IdleCutOff.Find(losses, 3, TargetAnswer.Opens) is not null, Is.EqualTo(timer));
    }

    [Test]
    public void Two_are_too_few_and_different_ages_too_many_and_a_part_of_what_was_open_is_a_drop()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IdleCutOff.Find([], 0, TargetAnswer.Opens), Is.Null);
            Assert.That(IdleCutOff.Find([.. Losses(Fin, 60, 60)], 2, TargetAnswer.Opens), Is.Null);
            Assert.That(IdleCutOff.Find([.. Losses(Fin, 58.9, 60, 61.1)], 3, TargetAnswer.Opens), Is.Null);
            Assert.That(
                IdleCutOff.Find([.. Losses(Fin, 0.9, 0.9, 0.9)], 3, TargetAnswer.Opens),
                Is.Null,
                "younger than a second");
            Assert.That(
                IdleCutOff.Find([.. Losses(Fin, 60, 60, 60)], 4, TargetAnswer.Opens), Is.Null, "one of four stayed");
        }
    }

    [Test]
    public void The_failures_say_it_and_what_was_something_else_stays()
    {
        var result = StepRuns.Result() with
        {
            Failures = Classes.Of((Fin, 40), (Rst, 3), ("ClosedByPeer(1001)", 2), ("HandshakeRejected(503)", 5)),
            Examples = Classes.Of((Fin, "the peer ended TCP"), (Rst, "reset"), ("HandshakeRejected(503)", "503")),
        };
        var named = new IdleCutOff(60.24, Classes.Of((Fin, 40), (Rst, 2))).Name(result);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(named.Failures, Is.EquivalentTo(
                Classes.Of(("IdleLost", 42), (Rst, 1), ("ClosedByPeer(1001)", 2), ("HandshakeRejected(503)", 5))));
            Assert.That(named.Examples.Spelt().Keys, Is.EqualTo(new[] { Rst, "HandshakeRejected(503)", "IdleLost" }));
            Assert.That(named.Examples.Spelt()["IdleLost"], Does.StartWith("cut off 60.2 s after the last byte ("));
            Assert.That(named.CutOff, Is.EqualTo(42));
        }
    }

    private static IEnumerable<Loss> Losses(
        string how, params double[] ages) => ages.Select(age => new Loss(FailureClass.Parse(how), age, age));
}
