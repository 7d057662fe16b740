using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

/// <summary>What holds for every plan, tried on many; each need is written down here once more, as what it means.</summary>
public sealed class ScalingPlanPropertyTests
{
    private const int Tries = 3_000;

    [Test]
    public void At_the_desired_tasks_nothing_brings_a_task_above_its_safe_limit() => ForMany((plan, safe, _) =>
        Assert.That(plan.Loads.Select(load => load.ConnectionsPerTask), Is.All.LessThanOrEqualTo(safe)));

    [Test]
    public void The_desired_tasks_meet_every_need_and_one_less_does_not() => ForMany((plan, safe, opens) => Assert.That(
        (Meets(plan.Desired!.Value, safe, opens, plan.Settings), Meets(plan.Desired.Value - 1, safe, opens, plan.Settings)), Is.EqualTo((true, false))));

    [Test]
    public void More_connections_never_take_fewer_tasks_and_stronger_tasks_never_more() => ForMany((plan, safe, opens) =>
    {
        var more = PlanSamples.Plan(safe, plan.Settings with { TargetConnections = plan.TargetConnections + 1 + (plan.TargetConnections / 7) }, opens: opens);
        var stronger = PlanSamples.Plan(safe + 1 + (safe / 7), plan.Settings, opens: opens);
        Assert.That((more.Desired >= plan.Desired, stronger.Desired <= plan.Desired), Is.EqualTo((true, true)));
    });

    [Test]
    public void Scaling_stays_between_its_bounds_and_can_reach_its_target() => ForMany((plan, safe, _) =>
    {
        Assert.That(plan.TargetPerTask, Is.InRange(1, safe));
        Assert.That(plan.Minimum, Is.InRange(1, plan.Desired!.Value));
        Assert.That(plan.Maximum, Is.GreaterThan(plan.Desired));
        var tasksAtTarget = (plan.TargetConnections + plan.TargetPerTask!.Value - 1) / plan.TargetPerTask.Value;
        Assert.That(tasksAtTarget, Is.LessThanOrEqualTo(plan.Maximum), "at the peak the policy asks for so many");
    });

    [Test]
    public void Between_the_bounds_the_target_keeps_every_task_safe_whatever_happens() => ForMany((plan, safe, opens) =>
    {
        if (plan.TargetPerTask == 1)
            return; // The least there is: rounded up, and no promise.
        var each = (decimal)plan.TargetPerTask!.Value;
        var settings = plan.Settings;
        Assert.That(each * (decimal)settings.Buffer, Is.LessThanOrEqualTo(safe));
        Assert.That(each * 100 / settings.MinimumHealthyPercent, Is.LessThanOrEqualTo(safe + 1e-9m));
        Assert.That(settings.Zones == 1 || each * settings.Zones / (settings.Zones - 1) <= safe + 1e-9m, Is.True);
        Assert.That(opens is null || each <= (decimal)opens.Value * (decimal)settings.ReconnectWithin.TotalSeconds, Is.True);
    });

    [TestCase(1_000_000_000, 1, 10.0, 1, 0.001)]
    [TestCase(1_000_000_000, int.MaxValue, 1.0, 100, double.MaxValue)]
    [TestCase(1, int.MaxValue, 10.0, 1, double.NaN)]
    [TestCase(1_000_000_000, 1, 10.0, 1, double.Epsilon)]
    public void The_ends_of_what_can_be_set_do_not_overflow(long target, int safe, double buffer, int percent, double opens)
    {
        var settings = new PlanSettings { TargetConnections = target, Buffer = buffer, MinimumHealthyPercent = percent, Zones = 2, ReconnectWithin = TimeSpan.FromSeconds(1) };
        var plan = PlanSamples.Plan(safe, settings, PlanSamples.SmallTask, opens);
        Assert.That((plan.Desired > 0, plan.Maximum > plan.Desired, plan.TargetPerTask > 0, double.IsFinite(plan.Cost!.Total)), Is.EqualTo((true, true, true, true)));
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

    private static long Spread(Random random, long least, long most) => (long)Math.Exp(Math.Log(least) + (random.NextDouble() * Math.Log((double)most / least)));

    private static bool Meets(long tasks, int safe, double? opens, PlanSettings settings)
    {
        decimal target = settings.TargetConnections;
        var kept = Math.Ceiling((decimal)tasks * settings.MinimumHealthyPercent / 100);
        var left = tasks - Math.Ceiling((decimal)tasks / settings.Zones);
        return (decimal)tasks * safe >= target * (decimal)settings.Buffer
            && kept * safe >= target
            && (settings.Zones == 1 || left * safe >= target)
            && (opens is null || tasks * (decimal)opens.Value * (decimal)settings.ReconnectWithin.TotalSeconds >= target);
    }
}
