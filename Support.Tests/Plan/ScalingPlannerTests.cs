using NUnit.Framework;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

internal sealed class ScalingPlannerTests
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
        Assert.That(
            PlanSamples.Plan(safe, new() { TargetConnections = target, Buffer = buffer }).TasksNeeded,
            Is.EqualTo(tasks));

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
        Assert.That(
            PlanSamples.Plan(2_000, new() { MinimumHealthyPercent = percent }).TasksFor(PlanNeedKind.Deployment),
            Is.EqualTo(tasks));

    [TestCase(1, null)]
    [TestCase(2, 10)]
    [TestCase(3, 8)]
    [TestCase(6, 6)]
    public void A_lost_zone_leaves_enough(int zones, long? tasks) =>
        Assert.That(
            PlanSamples.Plan(2_000, new() { Zones = zones }).TasksFor(PlanNeedKind.ZoneLost), Is.EqualTo(tasks));

    [TestCase(50.0, 4)]
    [TestCase(10.0, 17)]
    [TestCase(null, null)]
    public void Clients_that_all_come_back_are_answered_in_time(double? opens, long? tasks) =>
        Assert.That(PlanSamples.Plan(2_000, opens: opens).TasksFor(PlanNeedKind.Reconnect), Is.EqualTo(tasks));

    [TestCase(50.0, 4)]
    [TestCase(10.0, 18)] // 17 would be enough for all clients; of 17 in 2 zones, 8 take back those of 9
    public void Clients_of_a_lost_zone_are_answered_in_time_by_those_that_are_left(double opens, long tasks) =>
        Assert.That(
            PlanSamples.Plan(2_000, new() { Zones = 2 }, opens: opens).TasksFor(PlanNeedKind.Reconnect),
            Is.EqualTo(tasks));

    [Test]
    public void A_need_for_a_lost_zone_s_clients_says_so() => Assert.That(
        PlanSamples.Plan(2_000, new() { Zones = 2 }, opens: 10).Needs
            .Single(need => need.Kind == PlanNeedKind.Reconnect).Basis,
        Is.EqualTo("10,000 clients ÷ (10 handshakes per second, as measured × 60 s) = 17; 18 for those of a lost "
            + "zone, as an odd number loses the greater half"));

    [TestCase(10_679.3, 10_700)]
    [TestCase(999.6, 1_000)]
    [TestCase(0.0012345, 0.00123)]
    [TestCase(7, 7)]
    public void A_rate_is_told_to_three_digits(
        double rate, double told) => Assert.That(PlanMath.ToThreeDigits((decimal)rate), Is.EqualTo((decimal)told));

    [Test]
    public void The_example_of_10_000_on_2_000_takes_10_tasks_in_three_zones()
    {
        var plan = PlanSamples.Plan(2_000, opens: 100);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (plan.TasksNeeded, plan.Desired, plan.Minimum, plan.Maximum, plan.TargetPerTask),
                Is.EqualTo((6L, 10L, 3L, 12L, 1_000)));
            Assert.That(plan.Needs.Select(need => need.Basis), Is.EqualTo(new[]
            {
                "10,000 ÷ 2,000 × 1.2 = 6",
                "10,000 ÷ 2,000 = 5 have to run; of 5, 100 % keep running, rounded up: 5",
                "10,000 ÷ 2,000 = 5 have to run; of 8 in 3 zones, 5 are left without one",
                "10,000 clients ÷ (100 handshakes per second, as measured × 60 s) = 2",
                "10,000 ÷ 1,000, the scaling target per task: with 3 to 12 tasks, no task comes above 2,000 on "
                + "average when a zone is lost",
            }));
            Assert.That(plan.Loads, Is.EqualTo(new[]
            {
                new PlanLoad("all tasks run", 10, 1_000),
                new PlanLoad("during a deployment", 10, 1_000),
                new PlanLoad("one of 3 zones lost", 6, 1_667),
                new PlanLoad("all clients come back (takes 10 s)", 10, 1_000),
                new PlanLoad("lost zone's clients come back (takes 7 s)", 6, 1_667),
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
            Assert.That(
                table[^1],
                Is.EqualTo(new PlanRow(1_000_000, 6_000, 7_519, 133, PlanNeedKind.Scaling, 8, null)),
                "1,000 targets a load balancer");
        }
    }

    [Test]
    public void A_task_on_Fargate_has_its_price_and_an_instance_has_none()
    {
        var cost = PlanSamples.Plan(2_000, task: PlanSamples.SmallTask).Cost!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cost.Task, Is.EqualTo(18.02).Within(0.005));
            Assert.That(cost.Tasks, Is.EqualTo(10 * cost.Task).Within(1e-9));
            Assert.That(
                cost.LoadBalancers,
                Is.EqualTo((0.0225 + (7.488 * 0.008)) * 730).Within(0.005),
                "7.49 GB an hour are more units than 10,000 connections");
            Assert.That(cost.Of, Is.EqualTo("Fargate, Linux on x86, us-east-1, as published in April 2026; "
                + "application load balancer, us-east-1, as published in April 2026"));
            Assert.That(
                PlanSamples.Plan(2_000, task: PlanSamples.SmallTask with { Architecture = "ARM64" }).Cost!.Task,
                Is.LessThan(cost.Task));
            Assert.That(PlanSamples.Plan(2_000, task: new(PlanSamples.Medium, "Plan.Size")).Cost, Is.Null);
            Assert.That(PlanSamples.Plan(2_000).Cost, Is.Null);
        }
    }

    [Test]
    public void A_plan_without_a_cost_says_why()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(PlanSamples.Plan(2_000, task: PlanSamples.SmallTask).CostUnknown, Is.Null);
            Assert.That(PlanSamples.Plan(2_000).CostUnknown, Is.EqualTo("Plan.Size is not set"));
            Assert.That(PlanSamples.Plan(2_000, task: new(PlanSamples.Medium, "Plan.Size")).CostUnknown, Is.EqualTo(
                "costs are worked out for Fargate's sizes, and t3.medium is "
                + "none: set Plan.Size to one, as in 1024/2048"));
            var odd = PlanSamples.Plan(2_000, task: new(MachineSizes.Find("512/700")!, "Plan.Size"));
            Assert.That((odd.Cost, odd.CostUnknown), Is.EqualTo(
                ((PlanCost?)null, "costs are worked out for Fargate's sizes, and 512/700 is "
                    + "none: set Plan.Size to one, as in 1024/2048")));
            Assert.That(PlanSamples.Plan(null).CostUnknown, Is.Null);
        }
    }

    [Test]
    public void Many_tasks_are_split_into_services() => Assert.That(
        (PlanSamples.Plan(10).Desired > 1_000, PlanSamples.Plan(10).Notes
            .Count(Splits), PlanSamples.Plan(100).Notes.Count(Splits)), Is.EqualTo((true, 1, 0)));

    [TestCase(BottleneckSide.None, true)]
    [TestCase(BottleneckSide.Client, true)]
    [TestCase(BottleneckSide.Server, false)]
    [TestCase(BottleneckSide.Path, false)]
    public void A_limit_that_was_not_the_server_s_is_a_lower_bound(BottleneckSide side, bool isLowerBound)
    {
        var plan = ScalingPlanner.Plan(new() { Verdict = PlanSamples.Verdict(800, 1_000, side) });
        Assert.That((plan.IsLowerBound, plan.Notes.Any(note => note.StartsWith(
            "One task may hold more", StringComparison.Ordinal))), Is.EqualTo((isLowerBound, isLowerBound)));
    }

    [Test]
    public void One_zone_is_told_to_cover_no_loss()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                PlanSamples.Plan(2_000, new() { Zones = 1 }).Notes, Has.One.Contains("its loss is not covered"));
            Assert.That(PlanSamples.Plan(2_000).Notes, Has.None.Contains("its loss is not covered"));
            Assert.That(PlanSamples.Plan(null).Notes, Is.Empty);
        }
    }

    private static bool Splits(string note) => note.Contains("several services", StringComparison.Ordinal);
}
