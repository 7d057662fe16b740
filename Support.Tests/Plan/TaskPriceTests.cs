using NUnit.Framework;
using Support.Plan;
using Support.Settings;

namespace Support.Tests.Plan;

internal sealed class TaskPriceTests
{
    [TestCase(null, 1024, 2048, 36.04)]
    [TestCase("X86_64", 1024, 2048, 36.04)]
    [TestCase("ARM64", 1024, 2048, 28.835)]
    [TestCase(null, 256, 512, 9.01)]
    [TestCase(null, 4096, 30720, 215.55)]
    public void A_task_costs_its_vCPU_and_its_memory_for_730_hours(
        string? architecture, int cpu, int memory, double dollars) =>
        Assert.That(
            TaskPrice.For(architecture, new()).CostPerMonth(new(cpu, memory)), Is.EqualTo(dollars).Within(0.005));

    [Test]
    public void A_default_says_what_it_is_of_and_when_and_what_is_set_says_so()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                TaskPrice.For(null, new()).Of,
                Is.EqualTo("Fargate, Linux on x86, us-east-1, as published in April 2026"));
            Assert.That(
                TaskPrice.For("ARM64", new()).Of,
                Is.EqualTo("Fargate, Linux on ARM, us-east-1, as published in April 2026"));
            Assert.That(
                TaskPrice.For("ARM64", new() { VcpuHour = 1, GigabyteHour = 2 }),
                Is.EqualTo(new TaskPrice(1, 2, "as set")));
            Assert.That(TaskPrice.For(null, new() { VcpuHour = 1 }), Is.EqualTo(new TaskPrice(
                1, 0.004445, "vCPU as set; memory: Fargate, Linux on x86, us-east-1, as published in April 2026")));
            Assert.That(TaskPrice.For(null, new() { GigabyteHour = 2 }), Is.EqualTo(new TaskPrice(
                0.04048, 2, "memory as set; vCPU: Fargate, Linux on x86, us-east-1, as published in April 2026")));
        }
    }

    [TestCase(36, 1_000, 36)]
    [TestCase(36, 2_000, 18)]
    [TestCase(36, 500, 72)]
    public void A_thousand_connections_cost_what_the_tasks_that_hold_them_cost(
        double month, int held, double dollars) =>
        Assert.That(TaskPrice.CostPerThousand(month, held), Is.EqualTo(dollars));

    [TestCase(0)]
    [TestCase(null)]
    public void What_holds_nothing_has_no_cost_a_connection(int? held) =>
        Assert.That(TaskPrice.CostPerThousand(36, held), Is.Null);
}
