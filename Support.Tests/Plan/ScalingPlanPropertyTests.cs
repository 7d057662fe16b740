using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

/// <summary>
/// What holds for every plan, tried on many; each need is written down here once more, as what it means.
/// </summary>
internal sealed class ScalingPlanPropertyTests
{
    private const int Tries = 1_000;

    [Test]
    public void At_the_desired_tasks_nothing_brings_a_task_above_its_safe_limit() => ForMany((plan, safe, _) =>
        Assert.That(plan.Loads.Select(load => load.ConnectionsPerTask), Is.All.LessThanOrEqualTo(safe)));

    [Test]
    public void The_desired_tasks_meet_every_need_and_one_less_does_not() => ForMany((plan, safe, opens) => Assert.That(
        (Meets(plan.Desired!.Value, safe, opens, plan), Meets(plan.Desired.Value - 1, safe, opens, plan)),
        Is.EqualTo((true, false))));

    // The scaling target per task may be higher with a higher minimum, so a service a little larger may desire a little
    // less: only what can happen grows evenly.
    [Test]
    public void More_connections_never_ask_for_fewer_tasks_and_stronger_tasks_never_for_more() => ForMany((
        plan, safe, opens) =>
    {
        var more = PlanSamples.Plan(
            safe,
            plan.Settings with { TargetConnections = plan.TargetConnections + 1 + (plan.TargetConnections / 7) },
            opens: opens);
        var stronger = PlanSamples.Plan(safe + 1 + (safe / 7), plan.Settings, opens: opens);
        Assert.That((Needed(more) >= Needed(plan), Needed(stronger) <= Needed(plan)), Is.EqualTo((true, true)));
    });

    [Test]
    public void Scaling_stays_between_its_bounds_and_can_reach_its_target() => ForMany((plan, safe, _) =>
    {
        Assert.That(plan.TargetPerTask, Is.InRange(1, safe));
        Assert.That(plan.Minimum, Is.InRange(1, plan.Desired!.Value));
        Assert.That(plan.Maximum > plan.Desired || plan.Maximum == int.MaxValue, Is.True);
    });

    [Test]
    public void With_any_number_of_tasks_between_the_bounds_every_one_stays_safe_whatever_happens() => ForMany((
        plan, safe, opens) =>
    {
        if (plan.TargetPerTask == 1)
            return; // The least there is: rounded up, and no promise.
        var each = (decimal)plan.TargetPerTask!.Value;
        Assert.That(each * (decimal)plan.Settings.Buffer, Is.LessThanOrEqualTo(safe));
        Assert.That(
            opens is null || each <= (decimal)opens.Value * (decimal)plan.Settings.ReconnectWithin.TotalSeconds,
            Is.True);
        Assert.That(
            Counts(plan).Where(tasks => Math.Ceiling(tasks * each / Kept(tasks, plan.Settings)) > safe),
            Is.Empty,
            "in a deployment");
        Assert.That(Counts(plan).Where(tasks => plan.Settings.Zones > 1
            && Math.Ceiling(tasks * each / Left(tasks, plan.Settings)) > safe), Is.Empty, "without a zone");
    });

    [Test]
    public void What_scaling_aims_at_is_the_most_that_is_safe_for_every_number_from_the_minimum_on() => ForMany((
        plan, safe, opens) =>
    {
        var settings = plan.Settings;
        decimal[] most =
        [
            safe / (decimal)settings.Buffer,
            (decimal)safe * settings.MinimumHealthyPercent / 100,
            .. opens is { } rate
                ? [(decimal)rate * (decimal)settings.ReconnectWithin.TotalSeconds]
                : Array.Empty<decimal>(),
            .. settings.Zones > 1 ? Enumerable.Range(0, 60)
            .Select(more => safe * Left(plan.Minimum!.Value + more, settings) / (plan.Minimum.Value + more)) : [],
        ];
        Assert.That(plan.TargetPerTask, Is.EqualTo(Math.Max(1, (int)Math.Floor(most.Min()))));
    });

    [TestCase(1_000_000_000, 1, 10.0, 1, 0.001)]
    [TestCase(1_000_000_000, int.MaxValue, 1.0, 100, double.MaxValue)]
    [TestCase(1, int.MaxValue, 10.0, 1, double.NaN)]
    [TestCase(1_000_000_000, 1, 10.0, 1, double.Epsilon)]
    public void The_ends_of_what_can_be_set_do_not_overflow(
        long target, int safe, double buffer, int percent, double opens)
    {
        var settings = new PlanSettings
        {
            TargetConnections = target,
            Buffer = buffer,
            MinimumHealthyPercent = percent,
            Zones = 2,
            ReconnectWithin = TimeSpan.FromSeconds(1),
        };
        var plan = PlanSamples.Plan(safe, settings, PlanSamples.SmallTask, opens);
        Assert.That((
            plan.Desired > 0,
            plan.Maximum > plan.Desired || plan.Maximum == int.MaxValue,
            plan.TargetPerTask > 0,
            double.IsFinite(plan.Cost!.Total)), Is.EqualTo((true, true, true, true)));
    }

    private static void ForMany(Action<ScalingPlan, int, double?> holds)
    {
        var random = new Random(20_261_122);
        for (var at = 0; at < Tries; at++)
        {
            var settings = new PlanSettings
            {
                TargetConnections = Spread(random, 1, 1_000_000_000),
                Buffer = random.Next(100, 300) / 100.0,
                Zones = random.Next(1, 7),
                MinimumHealthyPercent = random.Next(1, 101),
                ReconnectWithin = TimeSpan.FromSeconds(random.Next(1, 3_601)),
            };
            var safe = (int)Spread(random, 1, 100_000);
            double? opens = random.Next(3) == 0 ? null : random.Next(1, 50_000) / 10.0;
            var plan = PlanSamples.Plan(safe, settings, opens: opens);
            using (Assert.EnterMultipleScope())
            {
                holds(plan, safe, opens);
                if (TestContext.CurrentContext.Result.Assertions.Any())
                    Assert.Fail($"for {settings}, {safe} a task, {opens} opens a second");
            }
        }
    }

    private static long Spread(Random random, long least, long most) =>
        (long)Math.Exp(Math.Log(least) + (random.NextDouble() * Math.Log((double)most / least)));

    private static bool Meets(long tasks, int safe, double? opens, ScalingPlan plan)
    {
        decimal target = plan.Settings.TargetConnections;
        var settings = plan.Settings;
        return (decimal)tasks * safe >= target * (decimal)settings.Buffer
            && Kept(tasks, settings) * safe >= target
            && (settings.Zones == 1 || Left(tasks, settings) * safe >= target)
            && (opens is null || IsBackInTime(
                tasks, target, (decimal)opens.Value * (decimal)settings.ReconnectWithin.TotalSeconds, settings))
            && tasks * (decimal)plan.TargetPerTask!.Value >= target;
    }

    // Whether one task more, which scaling may add, would be in time too: only then the number is enough.
    private static bool IsBackInTime(
        long tasks, decimal target, decimal back, PlanSettings settings) => tasks * back >= target
        && (settings.Zones == 1 || new[] { tasks, tasks + 1 }
            .All(any => target * (any - Left(any, settings)) / any <= Left(any, settings) * back));

    private static long? Needed(ScalingPlan plan) =>
        plan.Needs.Where(need => need.Kind != PlanNeedKind.Scaling).Max(need => need.Tasks);

    private static decimal Kept(
        long tasks, PlanSettings settings) => Math.Ceiling((decimal)tasks * settings.MinimumHealthyPercent / 100);

    private static decimal Left(long tasks, PlanSettings settings) =>
        tasks - Math.Ceiling((decimal)tasks / settings.Zones);

    // From the minimum on, and up to the maximum: between them what happens repeats.
    private static IEnumerable<long> Counts(ScalingPlan plan)
    {
        var (least, most) = (plan.Minimum!.Value, plan.Maximum!.Value);
        for (var tasks = least; tasks <= Math.Min(most, least + 30); tasks++)
            yield return tasks;
        for (var tasks = Math.Max(least, most - 30); tasks <= most; tasks++)
            yield return tasks;
    }
}
