using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <content>The rules beside memory and sizes: other resources, the load balancer, the number of tasks.</content>
internal sealed partial class RulesOfThumb
{
    private const string Metrics = "Elastic Load Balancing user guide, CloudWatch metrics for your Application Load "
        + "Balancer";

    private const int RuleTarget = 10_000;
    private const int RulePerTask = 2_000;
    private const int SafePercent = 80;

    private static RuleOfThumb Vcpus() => new(
        "processorOfMedium", "Processor of a t3.medium", "2 vCPU",
        $"{Number(Medium.Vcpus * Medium.BaselineCpu, "0.##")} of a vCPU all the time, 2 while it has credits", false,
        "A burstable type earns credits for 20 % of each vCPU (EC2 user guide, key concepts for burstable performance "
            + "instances); above that it uses up what it saved, or is billed for more.");

    private RuleOfThumb Processor()
    {
        var task = plan.Size ?? Medium;
        var row = ServerCeilings.Processor(task, Settings);
        var memory = plan.Estimate?.Theoretical ?? Estimator.Estimate(new(task, "rule"), Settings, null).Theoretical;
        return new(
            "processorWithMessages", "When the processor is the limit", "with frequent messages",
            row.Connections is { } most
                ? $"{Words.Count(most)} connections on {task.Name} at {ServerCeilings.Messages(Settings)} per second "
                + $"each, {Words.Count(memory)} by memory"
                : row.Basis,
            row.Connections is { } limit ? limit < memory : null,
            $"{row.Basis}. An idle connection takes none; a message takes Plan.MessageTime.");
    }

    private static RuleOfThumb Gigabits() => new(
        "bandwidthOfMedium", "Bandwidth of a t3.medium", "up to 5 Gbps",
        $"{Number(Medium.BaselineGbps ?? 0, "0.###")} Gbit/s all the time, 5 for minutes at a time", false,
        "\"Up to\" is what it may burst to, on a best effort basis and by credits, typically for 5 to 60 minutes (EC2 "
            + "instance types guide, network specifications; EC2 user guide, network bandwidth).");

    private RuleOfThumb Bandwidth()
    {
        var settings = Settings.MessageRate == 0 ? Settings with { MessageRate = 1 } : Settings;
        var row = ServerCeilings.Bandwidth(Medium, settings);
        return new(
            "bandwidthCapacity", "Connections that a t3.medium's bandwidth carries at 200 bytes per message",
                "tens of thousands",
            $"{Words.Count(row.Connections ?? 0)} at {ServerCeilings.Messages(settings)} per second of "
                + $"{Words.Count(settings.MessageBytes)} bytes", row.Connections >= 10_000,
            $"{row.Basis} (RFC 6455, 5.2; RFC 9293; RFC 7323; RFC 791). The rule names no rate of messages, and "
                + $"without one there is no limit. AWS publishes no bandwidth for tasks on Fargate.");
    }

    private RuleOfThumb Descriptors()
    {
        var here = input.Task?.Descriptors is { } limit
            ? $"here {Words.Count(limit)}"
            : $"{Words.Count(OpenFileLimits.FargateDefault)} where nothing is set";
        return new(
            "descriptors", "Files that a task may open (ulimits nofile)", "65,536, soft and hard",
            $"up to {Words.Count(OpenFileLimits.Most)} can be set; {here}", false,
            $"65,536 is one more than Fargate's default of 65,535, and so changes nothing (ECS API reference, Ulimit). "
            + $"Each connection takes one; beside them this suite reserves {ClientBudget.WorkerDescriptors}, which is "
            + $"what its own workers need. A proxy beside the server takes two for each connection.");
    }

    private static RuleOfThumb Busy() => new(
        "utilization", "CPU and memory under load", "both below 80 %",
            "80 % of the processor; memory by what was measured per connection", null,
        "At 80 % of a processor the response time is five times the service time (M/M/1: 1 ÷ (1 − 0.8)), so the "
        + "estimate takes 80 % as well. Memory has no such bend: it is enough until the kernel ends the task with exit "
        + "code 137. Both metrics are averages over a service's tasks and over a minute (ECS developer guide, "
        + "CloudWatch metrics): one task that is full does not show.");

    private static RuleOfThumb NetworkMode() => new(
        "networkMode", "Network mode", "bridge for more connections, host for speed",
            "awsvpc is the only mode on Fargate", false,
        "With awsvpc each task has an address, ports and descriptors of its own (ECS developer guide, task "
            + "networking). With bridge a proxy or address translation on the host stands between, with one table of "
            + "connections for all tasks; host takes every port once.");

    private RuleOfThumb Count() => new(
        "activeConnectionCount", "ActiveConnectionCount", "the number of active WebSocket connections",
        $"about twice that: {Number(2.0 * Settings.TargetConnections)} at {Words.Count(Settings.TargetConnections)} "
            + $"connections", false,
        $"It counts the connections from clients and those to targets, and those of plain requests as well; at 0 it is "
            + $"not reported at all ({Metrics}).");

    private RuleOfThumb Threshold()
    {
        var found = plan is { TargetPerTask: { } each, Desired: { } desired }
            ? $"(count ÷ 2) ÷ running tasks = {Words.Count(each)}; as a plain count it would be "
                + $"{Number(2.0 * each * desired)} at {Words.Count(desired)} tasks, and another at any other number"
            : "(count ÷ 2) ÷ running tasks; nothing was measured to set it to";
        return new(
            "connectionsThreshold", "Threshold for scaling on connections",
                "ActiveConnectionCount at what a task or instance holds", found, false,
            $"The metric belongs to the load balancer and has no dimension for target group or task ({Metrics}), so it "
            + $"has to be halved and divided by the running tasks (metric math). A threshold at the limit itself is "
            + $"too late: a new task takes minutes to start, and gets none of the connections that are there.");
    }

    private RuleOfThumb ResponseTime() => new(
        "targetResponseTime", "Threshold for scaling on TargetResponseTime", "500 ms, for the response time of a task",
        $"{Number(Settings.ResponseTime.TotalSeconds, "0.###")}, for the metric is in seconds; and only for the "
            + $"handshake", false,
        $"It is the time from the request to the start of the response ({Metrics}): for a WebSocket that is the answer "
            + $"to its upgrade, and no message after it. How long messages take is what a custom metric has to say: "
            + $"this suite publishes the echo time.");

    private RuleOfThumb Reliable()
    {
        var step = $"{(Verdict.MaxReliable is { } most ? Words.Count(most) : "nothing")} at the threshold of the steps";
        return new(
            "successThreshold", "What makes a number of connections reliable",
                "75 % of them succeed; 80 % in the variant for AWS",
            Verdict.Exact is { } exact
                ? $"{Words.Count(exact.Holds)} held at 99 % (the exact limit); {step}"
                : $"{step}; no exact limit",
            null,
            "A step at 75 % turns every fourth client away. The steps keep that threshold (Ladder.Threshold), to find "
                + "where it breaks; the exact limit asks for 99 %, and the safe limit is never above 80 % of what was "
                + "held.");
    }

    private RuleOfThumb Safe()
    {
        var (safe, byRule) = (Verdict.SafeLimit, (Verdict.LadderReliable ?? Verdict.MaxReliable) is { } most
            ? (long)most * SafePercent / 100
            : (long?)null);
        return new(
            "safeLimit", "Safe limit", "80 % of the highest reliable step",
            safe is { } limit && byRule is { } rule && Verdict.PeakConnections is { } held
                ? $"{Words.Count(limit)}; the rule gives {Words.Count(rule)}, and {Words.Count(held)} were held at most"
                : "not measured",
            safe is null || byRule is null ? null : safe == byRule,
            "A step of 500 that is reliable at 75 % held 375, and 80 % of 500 are 400, which nothing held. So the safe "
                + "limit is also at most 80 % of the peak concurrent connections, and of the exact limit.");
    }

    private RuleOfThumb Tasks()
    {
        var settings = new PlanSettings { Zones = Settings.Zones,
            MinimumHealthyPercent = Settings.MinimumHealthyPercent };
        var example = TaskCounts.Of(RuleTarget, new TaskStrength(RulePerTask, null, settings));
        var here = plan.Desired is { } desired
            ? $"; here {Words.Count(desired)} for {Words.Count(plan.TargetConnections)} at "
                + $"{Words.Count(plan.ConnectionsPerTask ?? 0)} per task"
            : "";
        return new(
            "tasksNeeded", "Tasks of a service", "10,000 ÷ 2,000 × 1.2 = 6",
                $"{Words.Count(example.Desired)} for the same figures{here}",
            plan is { TasksNeeded: { } needed, Desired: { } all } ? needed >= all : null,
            $"{string.Join("; ", example.Needs.Select(need => $"{Name(need.Kind)}: {need.Basis}"))}. The greatest "
                + $"counts, and a quotient is rounded up: the formula alone gives 4.2 tasks for 7,000. A buffer of 20 "
                + $"% is less than one of three zones.");
    }

    private RuleOfThumb Desired() => new(
        "desiredCount", "Setting the number of tasks", "aws ecs update-service --desired-count 6",
        plan is { Desired: { } desired, Minimum: { } least, Maximum: { } most }
            ? $"{Words.Count(desired)} at the peak; between {Words.Count(least)} and {Words.Count(most)} by scaling"
            : "not known: nothing was measured",
        false,
        "A desired count alone neither follows the load nor lasts: with a scaling policy the service goes back to what "
            + "the policy says. Minimum and maximum belong to the scalable target (Application Auto Scaling user "
            + "guide).");

    private static string Name(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "with the buffer",
        PlanNeedKind.Deployment => "for a deployment",
        PlanNeedKind.ZoneLost => "for the loss of a zone",
        PlanNeedKind.Reconnect => "for clients to come back",
        _ => "for scaling",
    };
}
