using NUnit.Framework;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

public sealed class ScalingPlannerTests
{
    [TestCase(10_000, 2_000, 1.2, 6)]
    [TestCase(10_000, 2_001, 1.2, 6)]
    [TestCase(10_000, 1_999, 1.2, 7)]
    [TestCase(10_001, 2_000, 1.2, 7)]
    [TestCase(10_000, 160, 1.2, 75)]
    [TestCase(10_000, 608, 1.2, 20)]
    [TestCase(700, 10, 1.1, 77)] // exactly; in binary a little more, which would be one task too many
    [TestCase(3_000, 1_000, 1.1, 4)]
    [TestCase(10_000, 1_100, 1.1, 10)]
    [TestCase(1, 1_000_000, 1, 1)]
    [TestCase(1, 1, 1, 1)]
    [TestCase(1_000_000_000, 1, 10, 10_000_000_000)]
    public void Tasks_are_rounded_up_once_and_at_the_end(long target, int safe, double buffer, long tasks) =>
        Assert.That(PlanSamples.Plan(safe, new() { TargetConnections = target, Buffer = buffer }).TasksNeeded, Is.EqualTo(tasks));

    [TestCase(null)]
    [TestCase(0)]
    public void Without_a_safe_limit_nothing_of_the_plan_is_known(int? safe) =>
        Assert.That(PlanSamples.Plan(safe), Is.EqualTo(new ScalingPlan(10_000, safe, 1.2, null)));

    [TestCase(100, 5)]
    [TestCase(99, 5)] // ECS rounds up: of 5 tasks 99 % are 5
    [TestCase(50, 9)]
    [TestCase(80, 6)]
    [TestCase(1, 401)]
    public void A_deployment_keeps_the_percentage_rounded_up(int percent, long tasks) =>
        Assert.That(PlanSamples.Plan(2_000, new() { MinimumHealthyPercent = percent }).TasksFor(PlanNeedKind.Deployment), Is.EqualTo(tasks));

    [TestCase(1, null)]
    [TestCase(2, 10)]
    [TestCase(3, 8)]
    [TestCase(6, 6)]
    public void A_lost_zone_leaves_enough(int zones, long? tasks) =>
        Assert.That(PlanSamples.Plan(2_000, new() { Zones = zones }).TasksFor(PlanNeedKind.ZoneLost), Is.EqualTo(tasks));

    [TestCase(50.0, 4)]
    [TestCase(10.0, 17)]
    [TestCase(null, null)]
    public void Clients_that_all_come_back_are_answered_in_time(double? opens, long? tasks) =>
        Assert.That(PlanSamples.Plan(2_000, opens: opens).TasksFor(PlanNeedKind.Reconnect), Is.EqualTo(tasks));

    [Test]
    public void The_example_of_10_000_on_2_000_takes_8_tasks_in_three_zones()
    {
        var plan = PlanSamples.Plan(2_000, opens: 100);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((plan.TasksNeeded, plan.Desired, plan.Minimum, plan.Maximum, plan.TargetPerTask), Is.EqualTo((6L, 8L, 3L, 10L, 1_333)));
            Assert.That(plan.Needs.Select(need => need.Basis), Is.EqualTo(new[]
            {
                "10,000 ÷ 2,000 × 1.2 = 6",
                "10,000 ÷ 2,000 = 5 have to run; of 5, 100 % keep running, rounded up: 5",
                "10,000 ÷ 2,000 = 5 have to run; of 8 in 3 zones, 5 are left without one",
                "10,000 clients ÷ (100 a second × 60 s) = 2",
            }));
            Assert.That(plan.Loads, Is.EqualTo(new[]
            {
                new PlanLoad("all tasks run", 8, 1_250),
                new PlanLoad("during a deployment", 8, 1_250),
                new PlanLoad("one of 3 zones lost", 5, 2_000),
                new PlanLoad("all clients come back, within 13 s", 8, 1_250),
                new PlanLoad("the clients of a lost zone come back, within 8 s", 5, 2_000),
            }));
        }
    }

    [Test]
    public void The_table_has_every_usual_target_and_the_plan_s_own_once()
    {
        long[] usual = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlanSamples.Plan(2_000).Table.Select(row => row.TargetConnections), Is.EqualTo(usual));
            var table = PlanSamples.Plan(200, new() { TargetConnections = 7_000 }).Table;
            Assert.That(table.Select(row => row.TargetConnections), Is.EqualTo(usual.Append(7_000).Order()));
            Assert.That(table[^1], Is.EqualTo(new PlanRow(1_000_000, 6_000, 7_500, 134, PlanNeedKind.ZoneLost, 8, null)), "1,000 targets a load balancer");
        }
    }

    [Test]
    public void A_task_on_Fargate_has_its_price_and_an_instance_has_none()
    {
        var cost = PlanSamples.Plan(2_000, task: PlanSamples.SmallTask).Cost!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cost.Task, Is.EqualTo(18.02).Within(0.005));
            Assert.That(cost.Tasks, Is.EqualTo(8 * cost.Task).Within(1e-9));
            Assert.That(cost.LoadBalancers, Is.EqualTo((0.0225 + (7.488 * 0.008)) * 730).Within(0.005), "7.49 GB an hour are more units than 10,000 connections");
            Assert.That(cost.Of, Is.EqualTo("Fargate, Linux on x86, us-east-1, April 2026; application load balancer, us-east-1, April 2026"));
            Assert.That(PlanSamples.Plan(2_000, task: PlanSamples.SmallTask with { Architecture = "ARM64" }).Cost!.Task, Is.LessThan(cost.Task));
            Assert.That(PlanSamples.Plan(2_000, task: new(PlanSamples.Medium, "Plan.Size")).Cost, Is.Null);
            Assert.That(PlanSamples.Plan(2_000).Cost, Is.Null);
        }
    }

    [TestCase(BottleneckSide.None, true)]
    [TestCase(BottleneckSide.Client, true)]
    [TestCase(BottleneckSide.Server, false)]
    [TestCase(BottleneckSide.Path, false)]
    public void A_limit_that_was_not_the_server_s_is_a_lower_bound(BottleneckSide side, bool isLowerBound)
    {
        var plan = ScalingPlanner.Plan(new() { Verdict = PlanSamples.Verdict(800, 1_000, side) });
        Assert.That((plan.IsLowerBound, plan.Notes.Any(note => note.StartsWith("One task may hold more", StringComparison.Ordinal))), Is.EqualTo((isLowerBound, isLowerBound)));
    }

    [Test]
    public void One_zone_is_told_to_cover_no_loss()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlanSamples.Plan(2_000, new() { Zones = 1 }).Notes, Has.One.Contains("its loss is not covered"));
            Assert.That(PlanSamples.Plan(2_000).Notes, Has.None.Contains("its loss is not covered"));
            Assert.That(PlanSamples.Plan(null).Notes, Is.Empty);
        }
    }
}
