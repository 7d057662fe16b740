using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

internal sealed class EstimatorTests
{
    private static readonly EstimateInput Medium = new(PlanSamples.Medium, "Plan.Size");

    [Test]
    public void A_t3_medium_with_half_a_gigabyte_reserved_and_64_KiB_a_connection_holds_57_344()
    {
        var estimate = Estimator.Estimate(Medium, new() { ReservedMemory = 512, BytesPerConnection = 65_536 }, null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (estimate.Theoretical, estimate.PracticalFrom, estimate.PracticalTo),
                Is.EqualTo((57_344L, 30_720L, 40_960L)));
            Assert.That(estimate.Ceilings[0].Basis, Is.EqualTo("(4 GiB − 512 MiB reserved) ÷ 65,536 bytes = 57,344"));
            Assert.That(
                Estimator.Estimate(Medium, new(), null).Theoretical,
                Is.EqualTo(57_344),
                "the defaults are the same rule");
        }
    }

    [Test]
    public void Every_ceiling_tells_its_arithmetic()
    {
        var rows = Estimator.Estimate(Medium with { Descriptors = 4_096 }, new(), null).Ceilings;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => (row.Resource, row.Connections)), Is.EqualTo(new (string, long?)[]
            {
                ("memory", 57_344), ("file descriptors", 3_904), ("ports", 193_536), ("processor", 6_400),
                ("bandwidth", 123_076),
            }));
            Assert.That(rows.Select(row => row.Side), Is.All.EqualTo("server"));
            Assert.That(
                rows[1].Basis, Is.EqualTo("4,096 (nofile) − 192 in reserve, as for this suite's own workers = 3,904"));
            Assert.That(rows[2].Basis, Does.StartWith("3 load balancer nodes, one per zone, × 64,512 ports"));
            Assert.That(rows[3].Basis, Is.EqualTo("2 vCPU × 20 % baseline (more only while it has credits) × 80 % ÷ "
                + "(1 message per second × 50 µs) = 6,400"));
            Assert.That(rows[4].Basis, Is.EqualTo("0.256 Gbit/s; up to 5 for minutes at a time ÷ (1 message per "
                + "second × 260 bytes × 8) = 123,076, if all go one way; 200 bytes of payload are 260 with frame, TCP "
                + "and IP headers"));
            Assert.That(Estimator.Estimate(Medium, new(), null).BindsFirst!.Resource, Is.EqualTo("processor"));
        }
    }

    [Test]
    public void What_is_not_known_and_what_has_no_limit_are_told_apart()
    {
        var instance = Estimator.Estimate(Medium, new() { MessageRate = 0 }, null).Ceilings;
        var task = Estimator.Estimate(PlanSamples.SmallTask, new(), null).Ceilings;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                instance.Select(row => row.Connections is null), Is.EqualTo(new[] { false, true, false, true, true }));
            Assert.That(instance[1].Basis, Does.StartWith("not known"));
            Assert.That(instance[3].Basis, Does.StartWith("no limit"));
            Assert.That(instance[4].Basis, Does.StartWith("no limit"));
            Assert.That(task[1].Connections, Is.EqualTo(65_535 - 192), "Fargate's default");
            Assert.That(
                (task[4].Connections, task[4].Basis),
                Is.EqualTo(((long?)null, "not known: AWS publishes no bandwidth for tasks on Fargate")));
        }
    }

    [Test]
    public void Settings_go_before_the_measurement_and_that_before_the_rule()
    {
        var measured = new MeasuredMemory(14_000, 90_000_000, "server's control group");
        var byLine = Estimator.Estimate(PlanSamples.SmallTask, new(), measured);
        var set = Estimator.Estimate(
            PlanSamples.SmallTask, new() { BytesPerConnection = 20_000, ReservedMemory = 100 }, measured);
        var byRule = Estimator.Estimate(PlanSamples.SmallTask, new(), null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (byLine.BytesPerConnection, byLine.ReservedBytes, byLine.Theoretical),
                Is.EqualTo((14_000.0, 90_000_000L, 70_267L)));
            Assert.That((byLine.BytesFrom, byLine.ReservedFrom), Is.EqualTo(
                ("measured: server's control group", "measured: server's control group without a connection")));
            Assert.That(
                (set.BytesPerConnection, set.ReservedBytes, set.BytesFrom, set.ReservedFrom),
                Is.EqualTo((20_000.0, 100L << 20, "Plan.BytesPerConnection", "Plan.ReservedMemory")));
            Assert.That((byRule.BytesPerConnection, byRule.ReservedBytes), Is.EqualTo((65_536.0, 128L << 20)));
        }
    }

    [Test]
    public void A_slope_or_base_below_nothing_is_no_measurement()
    {
        var estimate = Estimator.Estimate(PlanSamples.SmallTask, new(), new MeasuredMemory(-3, -5, "server"));
        Assert.That((estimate.BytesPerConnection, estimate.ReservedBytes), Is.EqualTo((65_536.0, 128L << 20)));
    }

    [Test]
    public void A_task_whose_memory_is_all_reserved_holds_nothing()
    {
        var estimate = Estimator.Estimate(PlanSamples.SmallTask, new() { ReservedMemory = 2_048 }, null);
        Assert.That(
            (estimate.Theoretical, estimate.PracticalTo, estimate.BindsFirst!.Resource),
            Is.EqualTo((0L, 0L, "memory")));
    }

    [TestCase(0, 58)]
    [TestCase(125, 183)]
    [TestCase(126, 186)]
    [TestCase(200, 260)]
    [TestCase(1_440, 1_500)]
    [TestCase(1_441, 1_553)]
    [TestCase(65_536, 67_942)]
    public void A_message_on_the_wire_is_payload_frame_and_headers_of_its_segments(int payload, long bytes)
    {
        var row = Estimator.Estimate(Medium, new() { MessageBytes = payload }, null).Ceilings[4];
        Assert.That(row.Connections, Is.EqualTo(256_000_000 / (bytes * 8)));
    }
}
