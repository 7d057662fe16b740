using NUnit.Framework;
using Support.Measuring;
using Support.Measuring.Search;

namespace Support.Tests.Measuring.Search;

/// <summary>Which counts are tried, over servers that are functions.</summary>
internal sealed class LimitSearchTests
{
    [Test]
    public void Every_hard_cap_up_to_4000_is_found_in_two_tries_and_never_overclaimed()
    {
        for (var cap = 1; cap <= 4000; cap++)
        {
            var (search, tries) = Simulated.Run(Simulated.Cap(cap));
            var (holds, breaks) = (search.Limit!.Holds, search.Limit.Breaks);
            var isExact = search.Limit.IsExact && cap * 100 >= holds * 99 && cap * 100 < breaks * 99;
            if (!isExact || holds < cap || holds - cap > Math.Max(1, holds / 100) || tries.Count > 2)
                Assert.Fail($"cap {cap}: {search.Limit} after {string.Join(", ", tries)}");
        }
    }

    [TestCase(350, 351, 354)]
    [TestCase(1, 1, 2)]
    [TestCase(7, 7, 8)]
    [TestCase(99, 100, 101)]
    [TestCase(100, 101, 102)]
    [TestCase(500, 501, 506)] // the step of 500 held, and is too far from what breaks
    [TestCase(1023, 1024, 1034)]
    public void A_hard_cap_gives_these_two_counts(int cap, int holds, int breaks) =>
        Assert.That(Simulated.Run(Simulated.Cap(cap)).Search.Limit, Is.EqualTo(new ExactLimit(holds, breaks)));

    [Test]
    public void The_two_counts_of_a_cap_are_an_exact_limit_and_the_lower_is_the_lowest_that_can_be(
        [Values(1_000, 28_232, 65_535, 1_000_000)] int near)
    {
        for (var cap = near - 150; cap < near; cap++)
        {
            var (holds, breaks) = HardCap.Of(cap);
            Assert.That(
                (new SearchPoint(holds, cap).Holds, new SearchPoint(breaks, cap).Holds, LimitSearch.AreNear(
                    holds, breaks), LimitSearch.AreNear(holds - 1, breaks)),
                Is.EqualTo((true, false, true, false)), () => $"cap {cap}");
        }
    }

    [Test]
    public void A_server_that_holds_nothing_has_no_limit_and_one_try_shows_it()
    {
        var (search, tries) = Simulated.Run(Simulated.Cap(0));
        Assert.That((search.Limit, search.High, tries.Count), Is.EqualTo(((ExactLimit?)null, (int?)1, 1)));
    }

    [Test]
    public void Where_nothing_broke_nothing_is_tried()
    {
        var (search, tries) = Simulated.Run(wanted => wanted, [10, 100]);
        Assert.That((search.Limit, tries.Count), Is.EqualTo((new ExactLimit(100, null), 0)));
    }

    [Test]
    public void Two_steps_that_are_near_enough_are_the_limit_without_a_try()
    {
        var (search, tries) = Simulated.Run(Simulated.Cap(200), [200, 202, 203]);
        Assert.That((search.Limit, tries.Count), Is.EqualTo((new ExactLimit(202, 203), 0)));
    }

    [TestCase(300, 1000)]
    [TestCase(150, 200)]
    [TestCase(700, 400)]
    [TestCase(30, 5000)]
    public void A_server_that_degrades_gradually_is_halved_to_its_limit_within_the_tries(int from, int slope)
    {
        // Above the knee each connection wanted lowers the share of all.
        int Held(int wanted) =>
            wanted <= from ? wanted : (int)(wanted * Math.Max(0, 1 - ((wanted - from) / (double)slope)));
        var (search, tries) = Simulated.Run(Held);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(search.Limit!.IsExact, Is.True);
            Assert.That(new SearchPoint(search.Low, Held(search.Low)).Holds, Is.True);
            Assert.That(new SearchPoint(search.High!.Value, Held(search.High.Value)).Holds, Is.False);
            Assert.That(tries, Has.Count.LessThanOrEqualTo(LimitSearcher.MostProbes), () => string.Join(", ", tries));
        }
    }

    [Test]
    public void A_cap_that_a_burst_hides_is_found_from_the_next_failure()
    {
        // The step of 1000 upsets the server, which then holds less than its cap.
        var (search, tries) = Simulated.Run(wanted => wanted >= 1000 ? 300 : Math.Min(800, wanted));
        Assert.That(
            (search.Limit, tries.Count), Is.EqualTo((new ExactLimit(801, 809), 4)), () => string.Join(", ", tries));
    }

    [Test]
    public void A_cap_that_moved_since_the_ladder_costs_tries_and_not_the_truth(
        [Values(300, 340, 345, 355, 380)] int now)
    {
        var asked = 0;
        var (search, tries) = Simulated.Run(wanted => Math.Min(++asked <= 6 ? 350 : now, wanted));
        var points = new SearchPoint(search.Low, Math.Min(now, search.Low)).Holds
            && !new SearchPoint(search.High!.Value, Math.Min(now, search.High.Value)).Holds;
        Assert.That(
            (points, search.Limit!.IsExact, tries.Count <= 10),
            Is.EqualTo((true, true, true)),
            () => $"{search.Limit} after {string.Join(", ", tries)}");
    }

    [Test]
    public void One_unlucky_connection_below_a_step_that_held_is_chance()
    {
        // The step of 25 loses one, the first time; 750 are the cap.
        var asked25 = 0;
        var (search, tries) = Simulated.Run(wanted => wanted == 25 && asked25++ == 0 ? 24 : Math.Min(750, wanted));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tries[0], Is.EqualTo(new SearchPoint(25, 25)), "tried again before anything else");
            Assert.That(search.ByChance, Is.EqualTo([25]));
            Assert.That(search.Limit, Is.EqualTo(new ExactLimit(751, 758)));
        }
    }

    [Test]
    public void A_count_that_fails_twice_is_the_limit_whatever_held_above_it()
    {
        var (search, tries) = Simulated.Run(
            wanted => wanted is >= 180 and < 260 ? wanted * 9 / 10 : Math.Min(750, wanted));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(search.Limit, Is.EqualTo(new ExactLimit(179, 180)));
            Assert.That(tries.Count(point => point.Sessions == 200), Is.EqualTo(1), "a second time");
        }
    }

    [Test]
    public void A_step_that_lost_what_a_lower_one_held_is_tried_again_before_it_is_the_limit([Values] bool onlyOnce)
    {
        // The server is restarted in the step of 200: once, or whenever there are so many.
        var asked = 0;
        var (search, tries) = Simulated.Run(
            wanted => wanted == 200 && (asked++ == 0 || !onlyOnce) ? 0 : wanted, [10, 25, 50, 100, 200]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tries.Count(point => point.Sessions == 200), Is.EqualTo(1), "a second time");
            Assert.That(search.Limit, Is.EqualTo(onlyOnce ? new ExactLimit(200, null) : new ExactLimit(199, 200)));
        }
    }

    /// <summary>A server that is killed for memory at a count is not safe there, though it survived it once.</summary>
    [Test]
    public void A_count_at_which_the_server_died_once_is_a_limit_though_it_held_once([Values] bool diedFirst)
    {
        SearchPoint died = new(200, 0) { LostAt = 180 };
        SearchPoint survived = new(200, 200);
        var search = new LimitSearch([new(100, 100), diedFirst ? died : survived]);
        search.Learn(diedFirst ? survived : died);

        Assert.That((search.Low, search.High), Is.EqualTo((100, (int?)200)));
    }

    [Test]
    public void A_guess_that_fails_by_what_was_left_open_before_is_tried_again()
    {
        // Five of the step's connections still stand when the first try begins.
        var asked = 0;
        var (search, tries) = Simulated.Run(wanted => Math.Min(wanted, ++asked == 5 ? 55 : 60));
        Assert.That(
            (search.Limit, search.ByChance.Single(), tries.Count),
            Is.EqualTo((new ExactLimit(60, 61), 60, 3)),
            () => string.Join(", ", tries));
    }

    [Test]
    public void Noise_ends_as_well_and_what_it_gives_was_measured([Range(1, 40)] int seed)
    {
        // Each connection fails with 1.2 %, and no more than 400 are held.
        var random = new Random(seed);
        var seen = new List<SearchPoint>();
        var (search, tries) = Simulated.Run(wanted =>
        {
            seen.Add(new(wanted, Enumerable.Range(0, Math.Min(wanted, 400)).Count(_ => random.NextDouble() >= 0.012)));
            return seen[^1].Held;
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tries, Has.Count.LessThan(25), () => string.Join(", ", tries));
            Assert.That(search.Low == 0 || seen.Any(point => point.Sessions == search.Low && point.Holds), Is.True);
            // None is left where each that failed held when it was tried again.
            Assert.That(seen.Any(point => point.Sessions == search.High), Is.EqualTo(search.High is not null));
            Assert.That(
                seen.Where(point => point.Sessions == search.High),
                Is.All.Matches<SearchPoint>(point => !point.Holds),
                () => string.Join(", ", seen));
        }
    }

    [Test]
    public void A_point_holds_exactly_where_its_step_reaches_99_percent()
    {
        foreach (var sessions in Enumerable.Range(1, 400).Append(100_000).Append(999_999))
        {
            for (var held = Math.Max(0, (sessions * 99L / 100) - 2); held <= sessions; held++)
            {
                var result = Verdict.Given.Result(sessions, (int)held);
                if (SearchPoint.Of(result).Holds != result.Reaches(StepResult.HoldsShare))
                    Assert.Fail($"{held} of {sessions}");
            }
        }
    }
}
