using System.Collections.Immutable;
using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Tests.Measuring;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Measuring.Search;

/// <summary>
/// The search over a server that ends at its limit and is started anew: at a task's size that is what a limit looks
/// like.
/// </summary>
internal sealed class DyingServerTests
{
    [Test]
    public void Every_limit_up_to_4000_is_found_where_what_was_opened_is_the_guess()
    {
        for (var limit = 11; limit <= 4000; limit++)
        {
            var (search, tries) = DyingServers.Run(_ => limit);
            var found = search.Limit!;
            if (!found.IsExact || found.Holds > limit || found.Breaks <= limit || tries.Count > 4)
                Assert.Fail($"limit {limit}: {found} after {string.Join(", ", tries)}");
        }
    }

    [TestCase(0.02)]
    [TestCase(0.1)]
    [TestCase(0.5)]
    public void A_burst_that_hides_what_was_opened_costs_a_bounded_number_of_tries(double hidden)
    {
        for (var limit = 11; limit <= 4000; limit += 7)
        {
            var (search, tries) = DyingServers.Run(_ => limit, (int)(limit * hidden));
            Assert.That((search.Limit!.IsExact, search.Limit.Holds <= limit, tries.Count <= LimitSearcher.MostProbes),
                Is.EqualTo((true, true, true)),
                () => $"limit {limit}: {search.Limit} after {string.Join(", ", tries)}");
        }
    }

    [Test]
    public void A_limit_that_wavers_ends_within_the_tries_and_in_its_own_range()
    {
        for (var limit = 100; limit <= 4000; limit += 13)
        {
            var (search, tries) = DyingServers.Run(count => limit + ((count * 7 % 5) - 2) * limit / 100);
            Assert.That((
                search.Limit!.Holds <= limit * 1.03,
                search.Limit.Holds >= limit * 0.96,
                tries.Count <= LimitSearcher.MostProbes), Is.EqualTo((true, true, true)),
                () => $"limit {limit}: {search.Limit} after {string.Join(", ", tries)}");
        }
    }

    [TestCase(137)]
    [TestCase(60)]
    [CancelAfter(120_000)]
    public async Task A_real_server_that_exits_at_one_more_is_searched_to_its_limit(
        int limit, CancellationToken cancellationToken)
    {
        await using var server = await NodeServer.StartAsync(new() { Most = limit }, cancellationToken);
        var found = await SearchAsync(server, comesBack: true, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit?.IsExact, Is.True, found.Ended);
            Assert.That(found.Limit!.Holds, Is.InRange(limit * 0.98, limit), found.Ended);
            Assert.That(found.Limit.Breaks, Is.GreaterThan(limit));
            Assert.That(found.Probes, Has.Length.LessThanOrEqualTo(10), string.Join(", ", found.Shown()));
            Assert.That(found.Paced, Is.Null);
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Where_nobody_starts_it_anew_the_search_ends_as_before(CancellationToken cancellationToken)
    {
        await using var server = await NodeServer.StartAsync(new() { Most = 60 }, cancellationToken);
        var found = await SearchAsync(server, comesBack: false, cancellationToken);

        Assert.That(
            (found.Probes.Length, found.End.Kind, found.End.Sessions), Is.EqualTo((0, SearchEndKind.Gone, 200)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task One_that_is_promised_and_does_not_come_back_ends_the_search(CancellationToken cancellationToken)
    {
        await using var server = await NodeServer.StartAsync(new() { Most = 60 }, cancellationToken);
        var found = await SearchAsync(server, comesBack: true, cancellationToken, start: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.End.Kind, found.End.Failure?.Kind), Is.EqualTo((SearchEndKind.Silent, FailureKind.Refused)));
            Assert.That(found.Probes, Has.Length.EqualTo(2));
        }
    }

    private static async Task<SearchResult> SearchAsync(
        NodeServer server, bool comesBack, CancellationToken stop, bool start = true)
    {
        var runner = StepRuns.Runner(TestPool.Options(server.Url));
        var ladder = ImmutableArray.CreateBuilder<StepResult>();
        foreach (var sessions in new[] { 20, 50, 200 })
            ladder.Add(await runner.RunAsync(new(ladder.Count + 1, sessions), stop));
        var searcher = new LimitSearcher(
            runner, (_, token) => start ? server.RestartIfEndedAsync(token) : Task.CompletedTask,
            TimeSpan.FromSeconds(2), 1000, TimeProvider.System, _ => { })
        {
            TargetComesBack = comesBack,
        };
        return await searcher.RunAsync(ladder.ToImmutable(), stop);
    }
}
