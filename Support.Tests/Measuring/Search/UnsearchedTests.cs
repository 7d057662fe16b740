using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>What a ladder can end in that leaves nothing to search.</summary>
internal sealed class UnsearchedTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task A_limit_of_this_client_is_not_searched(CancellationToken cancellationToken)
    {
        var limited = Verdict.Given.Result(50, 30, "ClientLimit(fd)");
        var found = await Search([Verdict.Given.Result(10, 10), limited], cancellationToken);

        Assert.That(
            (found.Limit, found.Probes.Length, found.End.Kind, $"{found.End.Failure}", found.End.Held),
            Is.EqualTo((new ExactLimit(10, null), 0, SearchEndKind.ClientLimit, "ClientLimit(fd)", 30)));
    }

    [TestCase("HarnessError")]
    [TestCase("EnvironmentFailure")]
    [CancelAfter(60_000)]
    public async Task A_fault_of_the_suite_is_not_searched(string failure, CancellationToken cancellationToken)
    {
        var found = await Search(
            [Verdict.Given.Result(10, 10), Verdict.Given.Result(50, 30, failure)], cancellationToken);
        Assert.That((found.Limit, found.End.Kind), Is.EqualTo((new ExactLimit(10, null), SearchEndKind.SuiteFailed)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_step_that_had_no_time_for_the_rest_is_not_searched(CancellationToken cancellationToken)
    {
        var late = Verdict.Given.Result(50, 50) with { Sessions = 90, Stop = EarlyStopKind.Deadline };
        var found = await Search([Verdict.Given.Result(10, 10), late], cancellationToken);
        Assert.That((found.Limit, found.End.Kind), Is.EqualTo((new ExactLimit(10, null), SearchEndKind.OutOfTime)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Where_no_connection_was_ever_opened_or_the_target_is_gone_nothing_is_searched(
        CancellationToken cancellationToken)
    {
        var gone = Verdict.Given.Result(50, 0, "ConnectReset") with { TargetAnswer = TargetAnswer.Gone };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (await Search([Verdict.Given.Result(10, 0, "HandshakeRejected(404)")], cancellationToken)).End.Kind,
                Is.EqualTo(SearchEndKind.NeverOpened));
            Assert.That(
                (await Search([Verdict.Given.Result(10, 10), gone], cancellationToken)).End.Kind,
                Is.EqualTo(SearchEndKind.Gone));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_is_cut_off_for_idleness_is_no_limit_of_number(CancellationToken cancellationToken)
    {
        var cut = Verdict.Given.Result(50, 0, "IdleLost") with { Opened = 50, CutOff = 50 };
        var mute = Verdict.Given.Result(50, 0, "IdleLost") with { Opened = 50 };

        using (Assert.EnterMultipleScope())
        {
            var found = await Search([cut], cancellationToken);
            Assert.That((found.Limit, found.End.Kind), Is.EqualTo(((ExactLimit?)null, SearchEndKind.CutOff)));
            Assert.That(SearchStops.Of(mute), Is.Null);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_share_that_is_lost_at_every_count_is_no_limit_of_number(CancellationToken cancellationToken)
    {
        var found = await Search(
            [
                Verdict.Given.Result(10, 10), Lost(25, 23), Lost(50, 47), Lost(100, 93),
            ],
            cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.Limit, found.End.Kind, found.End.Held, found.End.High),
                Is.EqualTo(((ExactLimit?)null, SearchEndKind.ShareLost, 93, 25)));
        }
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_target_that_still_held_connections_is_not_gone(int held, bool ends) =>
        Assert.That(SearchStops.Of(Verdict.Given.Result(
            50, held, "HandshakeTimeout") with { TargetAnswer = TargetAnswer.Gone }) is not null, Is.EqualTo(ends));

    [TestCase("TlsFailure", true)]
    [TestCase("HandshakeRejected(503)", true)]
    [TestCase("HandshakeRejected(404)", false)]
    public void Pace_can_be_the_reason_of_what_fails_while_it_is_opened(string failure, bool could) =>
        Assert.That(OpeningProbe.CouldMatter(Verdict.Given.Result(50, 30, failure), new(10, null)), Is.EqualTo(could));

    private static StepResult Lost(int sessions, int held) =>
        Verdict.Given.Result(sessions, held, "DroppedAbnormally(fin)") with { Opened = sessions };

    // Nothing is opened: the steps alone decide.
    private static Task<SearchResult> Search(StepResult[] ladder, CancellationToken cancellationToken)
    {
        var runner = Measuring.StepRuns.Runner(TestPool.Options(new Uri("ws://127.0.0.1:1/")));
        return new LimitSearcher(
            runner, (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(1), 1000, TimeProvider.System,
            _ => Assert.Fail("a try"))
            .RunAsync([.. ladder], cancellationToken);
    }
}
