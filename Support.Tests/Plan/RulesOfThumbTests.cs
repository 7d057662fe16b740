using System.Collections.Immutable;
using NUnit.Framework;
using Support.Plan;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Plan;

internal sealed class RulesOfThumbTests
{
    [Test]
    public void Every_rule_has_both_values_and_a_reason_and_its_own_id()
    {
        var rules = Rules();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules.Select(rule => rule.Id), Is.Unique);
            Assert.That(rules.Select(rule => rule.Id), Is.EqualTo(new[]
            {
                "memoryPerConnection", "memoryReserved", "memoryCapacity", "practicalCapacity", "memoryFirst",
                "processorOfMedium", "processorWithMessages", "bandwidthOfMedium", "bandwidthCapacity", "descriptors",
                "utilization", "networkMode", "activeConnectionCount", "connectionsThreshold", "targetResponseTime",
                "successThreshold", "safeLimit", "tasksNeeded", "desiredCount", "size256x512", "size512x1024",
                "size1024x2048", "size2048x4096",
            }));
            foreach (var rule in rules)
                Assert.That(new[] { rule.Rule, rule.Said, rule.Found, rule.Reason }, Is.All.Not.Empty, rule.Id);
        }
    }

    [TestCase(
        "memoryPerConnection", "64 KB", "14,000 bytes (server's control group), idle and without compression", null)]
    [TestCase("memoryReserved", "0.5 GB", "85.8 MiB (server's control group, without a connection)", true)]
    [TestCase("memoryCapacity", "3.5 GB ÷ 64 KB ≈ 56,000", "57,344; here 14,336 on 512/1024", false)]
    [TestCase(
        "practicalCapacity", "30,000 to 40,000 of 56,000", "800 held; expected 7,680 to 10,240 of 14,336 here", false)]
    [TestCase(
        "memoryFirst", "memory is the primary constraint", "descriptors ran out; estimated first: processor", false)]
    [TestCase("processorOfMedium", "2 vCPU", "0.4 of a vCPU all the time, 2 while it has credits", false)]
    [TestCase(
        "processorWithMessages",
        "with frequent messages",
        "8,000 connections on 512/1024 at 1 message per second each, 14,336 by memory",
        true)]
    [TestCase("bandwidthOfMedium", "up to 5 Gbps", "0.256 Gbit/s all the time, 5 for minutes at a time", false)]
    [TestCase("bandwidthCapacity", "tens of thousands", "123,076 at 1 message per second of 200 bytes", true)]
    [TestCase("descriptors", "65,536, soft and hard", "up to 1,048,576 can be set; 65,535 where nothing is set", false)]
    [TestCase(
        "utilization", "both below 80 %", "80 % of the processor; memory by what was measured per connection", null)]
    [TestCase(
        "networkMode", "bridge for more connections, host for speed", "awsvpc is the only mode on Fargate", false)]
    [TestCase(
        "activeConnectionCount",
        "the number of active WebSocket connections",
        "about twice that: 20,000 at 10,000 connections",
        false)]
    [TestCase(
        "connectionsThreshold",
        "ActiveConnectionCount at what a task or instance holds",
        "(count ÷ 2) ÷ running tasks = 365; as a plain count it would be "
        + "20,440 at 28 tasks, and another at any other number",
        false)]
    [TestCase(
        "targetResponseTime",
        "500 ms, for the response time of a task",
        "0.5, for the metric is in seconds; and only for the handshake",
        false)]
    [TestCase(
        "successThreshold",
        "75 % of them succeed; 80 % in the variant for AWS",
        "800 at the threshold of the steps; no exact limit",
        null)]
    [TestCase(
        "safeLimit", "80 % of the highest reliable step", "640; the rule gives 640, and 800 were held at most", true)]
    [TestCase("tasksNeeded", "10,000 ÷ 2,000 × 1.2 = 6", "10 for the same figures; here 28 for 10,000 at 640 per task",
        false)]
    [TestCase("desiredCount", "aws ecs update-service --desired-count 6", "28 at the peak; between 6 and 34 by scaling",
        false)]
    [TestCase("size256x512", "200 to 500", "this size was not measured", null)]
    [TestCase("size512x1024", "500 to 1,000", "800 held", true)]
    public void A_rule_is_held_against_what_was_found(string id, string said, string found, bool? holds)
    {
        var rule = Rules().Single(row => row.Id == id);
        Assert.That((rule.Said, rule.Found, rule.Holds), Is.EqualTo((said, found, holds)));
    }

    [Test]
    public void A_lower_bound_refutes_no_rule_from_below()
    {
        var rules = Rules(BottleneckSide.Client);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rules.Single(rule => rule.Id == "practicalCapacity").Holds, Is.Null);
            Assert.That(rules.Single(rule => rule.Id == "memoryFirst").Holds, Is.Null);
            Assert.That(rules.Single(rule => rule.Id == "size512x1024").Found, Is.EqualTo("at least 800 held"));
        }
    }

    [Test]
    public void A_process_alone_says_nothing_of_runtime_and_system_together() => Assert.That(
        Rules(isOfGroup: false).Single(rule => rule.Id == "memoryReserved").Holds, Is.Null);

    [Test]
    public void The_formula_for_tasks_holds_where_nothing_asks_for_more() => Assert.That(
        PlanSamples.Plan(12_000, new() { Zones = 1 }, PlanSamples.SmallTask).Rules
            .Single(rule => rule.Id == "tasksNeeded").Holds, Is.True);

    [Test]
    public void Descriptors_run_out_before_memory_below_16_KiB_for_each_GiB() =>
        Assert.That(
            Rules().Single(rule => rule.Id == "memoryFirst").Reason,
            Does.Contain("less than 16 KiB for each GiB: 16 KiB at 1 GiB"));

    [Test]
    public void Without_a_measurement_and_a_size_there_is_nothing_to_hold_them_against() =>
        Assert.That(PlanSamples.Plan(null).Rules, Is.Empty);

    private static ImmutableArray<RuleOfThumb> Rules(
        BottleneckSide side = BottleneckSide.Server, bool isOfGroup = true) => ScalingPlanner.Plan(new()
    {
        Verdict = PlanSamples.Verdict(
            640, 800, side, side == BottleneckSide.Server ? "descriptors" : null) with { MaxReliable = 800 },
        Task = PlanSamples.SmallTask,
        Memory = new(14_000, 90_000_000, "server's control group", isOfGroup),
        IsOfThatSize = true,
    }).Rules;
}
