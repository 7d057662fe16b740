using System.Collections.Immutable;
using Support.Host;

namespace Support.Plan;

/// <summary>The rules about processor, bandwidth, descriptors and network modes.</summary>
internal static class ResourceRules
{
    internal static ImmutableArray<RuleOfThumb> Of(RuleContext context) =>
        [Vcpus(), Processor(context), Gigabits(), Bandwidth(context), Descriptors(context), Busy(), NetworkMode()];

    private static RuleOfThumb Vcpus() => new(
        "processorOfMedium", "Processor of a t3.medium", "2 vCPU",
        $"{RuleContext.Number(RuleContext.Medium.Vcpus * RuleContext.Medium.BaselineCpu, "0.##")} of a vCPU all the time, 2 while it has credits", false,
        "A burstable type earns credits for 20 % of each vCPU (EC2 user guide, key concepts for burstable performance instances); above that it uses up what it saved, or is billed for more.");

    private static RuleOfThumb Processor(RuleContext context)
    {
        var task = context.Plan.Size ?? RuleContext.Medium;
        var row = ServerCeilings.Processor(task, context.Settings);
        var memory = context.Plan.Estimate?.Theoretical ?? Estimator.Estimate(new(task, "rule"), context.Settings, null).Theoretical;
        return new(
            "processorWithMessages", "When the processor is the limit", "with frequent messages",
            row.Connections is { } most ? $"{RuleContext.Number(most)} connections on {task.Name} at {ServerCeilings.Messages(context.Settings)} a second each, {RuleContext.Number(memory)} by memory" : row.Basis,
            row.Connections is { } limit ? limit < memory : null,
            $"{row.Basis}. An idle connection takes none; a message takes Plan.MessageTime.");
    }

    private static RuleOfThumb Gigabits() => new(
        "bandwidthOfMedium", "Bandwidth of a t3.medium", "up to 5 Gbps",
        $"{RuleContext.Number(RuleContext.Medium.BaselineGbps ?? 0, "0.###")} Gbit/s all the time, 5 for minutes at a time", false,
        "\"Up to\" is what it may burst to, on a best effort basis and by credits, typically for 5 to 60 minutes (EC2 instance types guide, network specifications; EC2 user guide, network bandwidth).");

    private static RuleOfThumb Bandwidth(RuleContext context)
    {
        var settings = context.Settings.MessageRate == 0 ? context.Settings with { MessageRate = 1 } : context.Settings;
        var row = ServerCeilings.Bandwidth(RuleContext.Medium, settings);
        return new(
            "bandwidthCapacity", "Connections that a t3.medium's bandwidth carries at 200 bytes a message", "tens of thousands",
            $"{RuleContext.Number(row.Connections ?? 0)} at {ServerCeilings.Messages(settings)} a second of {RuleContext.Number(settings.MessageBytes)} bytes", row.Connections >= 10_000,
            $"{row.Basis} (RFC 6455, 5.2; RFC 9293; RFC 7323; RFC 791). The rule names no rate of messages, and without one there is no limit. AWS publishes no bandwidth for tasks on Fargate.");
    }

    private static RuleOfThumb Descriptors(RuleContext context)
    {
        var set = context.Input.Task?.Descriptors;
        return new(
            "descriptors", "Files that a task may open (ulimits nofile)", "65,536, soft and hard",
            $"up to {RuleContext.Number(OpenFileLimits.Most)} can be set; {(set is { } limit ? $"here {RuleContext.Number(limit)}" : $"{RuleContext.Number(OpenFileLimits.FargateDefault)} where nothing is set")}", false,
            $"65,536 is one more than Fargate's default of 65,535, and so changes nothing (ECS API reference, Ulimit). Each connection takes one; beside them this suite reserves {ClientBudget.WorkerDescriptors}, which is what its own workers need. "
            + "A proxy beside the server takes two for each connection.");
    }

    private static RuleOfThumb Busy() => new(
        "utilization", "CPU and memory under load", "both below 80 %", "80 % of the processor; memory by what was measured for a connection", null,
        "At 80 % of a processor the response time is five times the service time (M/M/1: 1 ÷ (1 − 0.8)), so the estimate takes 80 % as well. Memory has no such bend: it is enough until the kernel ends the task with exit code 137. "
        + "Both metrics are averages over a service's tasks and over a minute (ECS developer guide, CloudWatch metrics): one task that is full does not show.");

    private static RuleOfThumb NetworkMode() => new(
        "networkMode", "Network mode", "bridge for more connections, host for speed", "awsvpc is the only mode on Fargate", false,
        "With awsvpc each task has an address, ports and descriptors of its own (ECS developer guide, task networking). With bridge a proxy or address translation on the host stands between, with one table of connections for all tasks; host takes every port once.");
}
