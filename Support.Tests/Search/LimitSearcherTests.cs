using NUnit.Framework;
using Support.Measuring;
using Support.Pool;
using Support.Search;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Search;

/// <summary>The search against the suite's own target, capped and misbehaving.</summary>
public sealed class LimitSearcherTests
{
    private static readonly int[] Steps = [10, 50, 200];

    [TestCase(137, "503", 138, 139)]
    [TestCase(101, "429", 102, 103)]
    [TestCase(7, "503", 7, 8)]
    [CancelAfter(60_000)]
    public async Task A_cap_is_found_in_two_tries_of_which_the_second_only_adds(int cap, string status, int holds, int breaks, CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync(["--cap", $"{cap}", "--cap-status", status], Steps, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(holds, breaks)));
            Assert.That(found.Shown(), Is.EqualTo([$"Clean {holds}: {cap}", $"Grown {breaks}: {cap}", $"Paced {breaks + 1}: {cap}"]));
            Assert.That(found.Paced, Is.Null);
            Assert.That(found.Ended, Is.EqualTo(
                $"{holds} held 99 % and {breaks} did not, after 2 tries; opened slowly, one after the other, more failed as well: pace makes no difference"));
            Assert.That(found.Tries.Select(tried => tried.Number), Is.EqualTo([1, 2, 3]));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_accepts_and_does_not_answer_costs_a_deadline_a_try(CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync(
            ["--stall-after", "40"], Steps, cancellationToken, options => options with { AttemptTimeout = TimeSpan.FromSeconds(1) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(40, 41)));
            Assert.That(found.Shown(), Is.EqualTo(["Clean 40: 40", "Grown 41: 40", "Paced 42: 40"]));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Where_nothing_broke_nothing_is_tried_and_the_highest_step_is_a_lower_bound(CancellationToken cancellationToken)
    {
        var found = await Searches.RunAsync([], [5, 20], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((found.Limit, found.Tries.Length), Is.EqualTo((new ExactLimit(20, null), 0)));
            Assert.That(found.Ended, Is.EqualTo($"{LimitSearcher.NothingBroke}: at least 20"));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_target_that_opens_nothing_any_more_ends_the_search_with_what_is_known(CancellationToken cancellationToken)
    {
        // 10 and 20 are accepted, and of the 40 after them 10: then it stops listening.
        var found = await Searches.RunAsync(["--refuse-after", "40"], [10, 20, 40], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(20, 40)));
            Assert.That(found.Limit!.IsExact, Is.False);
            Assert.That(found.Ended, Is.EqualTo("the target does not answer any more since 40 were attempted"));
            Assert.That(found.Tries, Is.Empty, "the step's own probe asked already");
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_server_that_drops_in_the_hold_has_no_question_of_pace(CancellationToken cancellationToken)
    {
        var timing = new StepTiming(TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1));
        var found = await Searches.RunAsync(["--drop-after", "100ms", "--drop-share", "40%", "--seed", "7"], [10], cancellationToken, timing: timing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Tries.Select(tried => tried.Kind), Has.None.EqualTo(TryKind.Paced));
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
        var found = await Searches.RunAsync(TestPool.Options(server), [10, 50], null, stop.Token, tried: tried => stop.Cancel());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Ended, Does.StartWith("the run was interrupted"));
            Assert.That(found.Tries, Has.Length.EqualTo(1));
            Assert.That(found.Limit, Is.EqualTo(new ExactLimit(30, 50)));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_limit_that_depends_on_pace_is_reported_with_both_figures(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(LimitedServers.Hasty(40));
        var found = await Searches.RunAsync(TestPool.Options(server), [20, 54], null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Limit!.IsExact, Is.True, found.Ended);
            Assert.That(found.Limit.Holds, Is.LessThan(50));
            Assert.That(found.Paced!.Held, Is.GreaterThan(found.Limit.Breaks!.Value));
            Assert.That(found.Ended, Does.Contain("the limit depends on pace: opened at "));
            Assert.That(found.Tries.Count(tried => tried.Kind == TryKind.Paced), Is.EqualTo(3));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_limit_of_this_client_is_not_searched(CancellationToken cancellationToken)
    {
        var limited = Verdict.Given.Result(50, 30, "ClientLimit(fd)");
        var found = await Search([Verdict.Given.Result(10, 10), limited], cancellationToken);

        Assert.That((found.Limit, found.Tries.Length, found.Ended),
            Is.EqualTo((new ExactLimit(10, null), 0, "ClientLimit(fd): this client was the limit at 30, not the server")));
    }

    [TestCase("HarnessError", "the suite itself failed")]
    [TestCase("EnvironmentFailure", "the suite itself failed")]
    [CancelAfter(60_000)]
    public async Task A_fault_of_the_suite_is_not_searched(string failure, string words, CancellationToken cancellationToken)
    {
        var found = await Search([Verdict.Given.Result(10, 10), Verdict.Given.Result(50, 30, failure)], cancellationToken);
        Assert.That((found.Limit, found.Ended.Contains(words, StringComparison.Ordinal)), Is.EqualTo((new ExactLimit(10, null), true)), found.Ended);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_step_that_had_no_time_for_the_rest_is_not_searched(CancellationToken cancellationToken)
    {
        var late = Verdict.Given.Result(50, 50) with { Sessions = 90, StoppedEarly = "the step's deadline passed" };
        var found = await Search([Verdict.Given.Result(10, 10), late], cancellationToken);
        Assert.That((found.Limit, found.Ended.Contains("raise Ladder.StepTimeout", StringComparison.Ordinal)), Is.EqualTo((new ExactLimit(10, null), true)), found.Ended);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Where_no_connection_was_ever_opened_or_the_target_is_gone_nothing_is_searched(CancellationToken cancellationToken)
    {
        var gone = Verdict.Given.Result(50, 30, "ConnectReset") with { TargetAnswer = TargetAnswer.Gone };

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Search([Verdict.Given.Result(10, 0, "HandshakeRejected(404)")], cancellationToken)).Ended, Does.StartWith("no connection was ever opened"));
            Assert.That((await Search([Verdict.Given.Result(10, 10), gone], cancellationToken)).Ended, Does.StartWith("the target does not answer any more"));
        }
    }

    // Nothing is opened: the steps alone decide.
    private static Task<SearchResult> Search(StepResult[] ladder, CancellationToken cancellationToken)
    {
        var runner = Measuring.StepRuns.Runner(TestPool.Options(new Uri("ws://127.0.0.1:1/")));
        return new LimitSearcher(runner, (_, _) => Task.CompletedTask, TimeSpan.FromSeconds(1), TimeProvider.System, _ => Assert.Fail("a try"))
            .RunAsync([.. ladder], cancellationToken);
    }
}
