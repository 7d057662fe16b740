using System.Diagnostics;
using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Targets;
using Support.Tests.Measuring.SelfTest;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>The search against the suite's own target, capped and misbehaving.</summary>
internal sealed class LimitSearcherTests
{
    private static readonly int[] Steps = [10, 50, 200];

    [TestCase(137, "503", 138, 139)]
    [TestCase(101, "429", 102, 103)]
    [TestCase(7, "503", 7, 8)]
    [CancelAfter(60_000)]
    public async Task A_cap_is_found_in_two_tries_of_which_the_second_only_adds(
        int cap, string status, int holds, int breaks, CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync(["--cap", $"{cap}", "--cap-status", status], Steps, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(holds, breaks)));
            Assert.That(
                found.Shown(),
                Is.EqualTo([$"Fresh {holds}: {cap}", $"Incremental {breaks}: {cap}", $"Paced {breaks + 1}: {cap}"]));
            Assert.That(found.Paced, Is.Null);
            Assert.That(found.Ended, Is.EqualTo(
                $"{holds} held 99 % and {breaks} did not, after 2 probes; opened slowly, one at a time, more "
                + "failed as well: the rate makes no difference"));
            Assert.That(found.Probes.Select(tried => tried.Number), Is.EqualTo([1, 2, 3]));
        }
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task A_server_that_accepts_and_does_not_answer_costs_a_deadline_a_try(
        CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync(
            ["--stall-after", "40"], Steps, cancellationToken,
            // Twice the deadline of other tests: a single healthy handshake that comes late is another limit here.
            options => options with { AttemptTimeout = 2 * TestPool.Brief });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(40, 41)));
            Assert.That(found.Shown(), Is.EqualTo(["Fresh 40: 40", "Incremental 41: 40", "Paced 42: 40"]));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Where_nothing_broke_nothing_is_tried_and_the_highest_step_is_a_lower_bound(
        CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync([], [5, 20], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((found.Limit, found.Probes.Length), Is.EqualTo((new ExactLimit(20, null), 0)));
            Assert.That(found.Ended, Is.EqualTo("no limit reached up to 20"));
            Assert.That(found.End, Is.EqualTo(new SearchEnd(SearchEndKind.NoLimitReached) { Low = 20 }));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_target_that_opens_nothing_any_more_ends_the_search_with_what_is_known(
        CancellationToken cancellationToken)
    {
        // 10 and 20 are accepted, and of the 40 after them 10: then it stops listening.
        var found = await Searches.RunAsync(["--refuse-after", "40"], [10, 20, 40], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(20, 40)));
            Assert.That(found.Limit!.IsExact, Is.False);
            Assert.That(
                (found.End.Kind, found.End.Failure?.Kind), Is.EqualTo((SearchEndKind.Silent, FailureKind.Refused)));
            Assert.That(found.Probes, Has.Length.EqualTo(3), "one may be chance, and so may be one without a rest");
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_dies_in_the_search_is_found_gone(CancellationToken cancellationToken)
    {
        await using var target = await EmbeddedTarget.StartAsync(
            new() { Arguments = ["--cap", "30"] }, cancellationToken);
        using var process = Process.GetProcessById(target.ProcessId);
        var found = await Searches.RunAsync(
            TestPool.Options(target.Url), [10, 50], null, cancellationToken, tried: _ => process.Kill());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                found.Probes.Select(tried => (tried.Result.Held, tried.Result.TargetAnswer)),
                Is.EqualTo([(30, TargetAnswer.NotAsked), (0, TargetAnswer.Gone)]));
            Assert.That((found.End.Kind, found.End.Sessions), Is.EqualTo((SearchEndKind.Gone, 31)));
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(30, 50)));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_drops_in_the_hold_has_no_question_of_pace(CancellationToken cancellationToken)
    {
        var timing = new StepTiming(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));
        var found = await Searches.RunAsync(
            ["--drop-after", "100ms", "--drop-share", "40%", "--seed", "7"], [10], cancellationToken, timing: timing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Probes.Select(tried => tried.Kind), Has.None.EqualTo(ProbeKind.Paced));
            Assert.That(found.Paced, Is.Null);
            Assert.That(found.Limit is null || found.Limit.IsExact, Is.True, found.Ended);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_interruption_ends_the_search_with_what_is_known(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var server = FaultServer.Start(LimitedServers.Cap(30));
        var found = await Searches.RunAsync(
            TestPool.Options(server), [10, 50], null, stop.Token, tried: tried => stop.Cancel());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.End.Kind, Is.EqualTo(SearchEndKind.Interrupted));
            Assert.That(found.Probes, Has.Length.EqualTo(1));
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(30, 50)));
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_limit_that_depends_on_the_rate_is_none_of_number_and_has_the_rate_that_holds(
        CancellationToken cancellationToken)
    {
        // A server that holds 40 that come as fast as they can, and any number that comes slowly. It is told which: how
        // fast this machine is makes no difference.
        var slow = false;
        var pools = new FalsePools(new() { Opening = pace => slow = pace.Rate is not null });
        await using var server = FaultServer.Start(LimitedServers.Cap(() => slow ? int.MaxValue : 40));
        var found = await Searches.RunAsync(TestPool.Options(server), [20, 54], null, cancellationToken, pools: pools);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.Limit?.Breaks, found.Opening, found.End.Kind),
                Is.EqualTo(((int?)null, OpeningLimit.Rate, SearchEndKind.OpeningLimited)), found.Ended);
            Assert.That((found.Limit!.Holds, found.Paced?.Held), Is.EqualTo((found.Paced!.Held, found.Paced.Held)));
            Assert.That(found.Paced.Held, Is.GreaterThanOrEqualTo(54), found.Ended);
            Assert.That(found.Paced.Pace.Rate, Is.Positive);
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_limit_of_handshakes_at_once_is_none_of_number(CancellationToken cancellationToken)
    {
        // Told how many are under way at once, as the server before was told the rate.
        var many = true;
        var pools = new FalsePools(new() { Opening = pace => many = pace.InFlight > 10 });
        await using var server = FaultServer.Start(LimitedServers.Cap(() => many ? 40 : int.MaxValue));
        var found = await Searches.RunAsync(
            TestPool.Options(server) with { InFlight = 100 }, [20, 54], null, cancellationToken, pools: pools);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.Limit, found.Opening), Is.EqualTo((new ExactLimit(59, null), OpeningLimit.InFlight)),
                found.Ended);
            Assert.That((found.Paced?.Pace.InFlight, found.Paced?.Held), Is.EqualTo((10, 59)), found.Ended);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_limit_for_each_client_address_is_told_by_a_second_one(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(LimitedServers.CapPerAddress(40));
        var found = await Searches.RunAsync(TestPool.Options(server), [20, 54], null, cancellationToken);

        Assert.That(
            (found.Limit, found.Opening), Is.EqualTo((new ExactLimit(40, null), OpeningLimit.PerAddress)), found.Ended);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_server_that_lets_go_late_has_one_limit_all_the_same(CancellationToken cancellationToken)
    {
        // Later than the pause between two probes is long.
        var late = TimeSpan.FromSeconds(4);
        await using var server = FaultServer.Start(LimitedServers.CapWithLateRelease(45, late));
        var found = await Searches.RunAsync(
            TestPool.Options(server), [20, 54], null, cancellationToken, rest: 2 * late, longest: late / 4);

        Assert.That(
            (found.Limit, found.RestSeconds),
            Is.EqualTo((new ExactLimit(45, 46), 8)),
            () => $"{found.Ended}: {string.Join("; ", found.Shown())}");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task A_limit_that_differs_from_probe_to_probe_is_an_interval(CancellationToken cancellationToken)
    {
        // Another number each time that the server was empty, as of workers that share one port unevenly.
        int[] caps = [40, 33, 47, 36, 43];
        await using var server = FaultServer.Start(LimitedServers.CapWhenEmpty(turn => caps[turn % caps.Length]));
        var found = await Searches.RunAsync(TestPool.Options(server), [20, 54], null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.Limit, found.End.Kind), Is.EqualTo(((ExactLimit?)null, SearchEndKind.Varies)), found.Ended);
            Assert.That(found.Varies!.Samples, Has.Length.EqualTo(SearchEvidence.MostSamples));
            Assert.That(found.Varies.Samples, Is.All.InRange(caps.Min() - 5, caps.Max()));
            Assert.That(found.Varies.Low, Is.LessThan(found.Varies.Samples.Min()).And.GreaterThan(0), found.Ended);
            Assert.That(found.Varies.High, Is.GreaterThanOrEqualTo(found.Varies.Samples.Max()), found.Ended);
        }
    }
}
