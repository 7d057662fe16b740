using System.Collections.Immutable;
using Support.Host;

namespace Support.Plan;

/// <summary>The rules about the load balancer's metrics.</summary>
internal static class BalancerRules
{
    private const string Metrics = "Elastic Load Balancing user guide, CloudWatch metrics for your Application Load Balancer";

    internal static ImmutableArray<RuleOfThumb> Of(RuleContext context) => [Count(context), Threshold(context), ResponseTime(context)];

    private static RuleOfThumb Count(RuleContext context) => new(
        "activeConnectionCount", "ActiveConnectionCount", "the number of active WebSocket connections",
        $"about twice that: {RuleContext.Number(2.0 * context.Settings.TargetConnections)} at {RuleContext.Number(context.Settings.TargetConnections)} connections", false,
        $"It counts the connections from clients and those to targets, and those of plain requests as well; at 0 it is not reported at all ({Metrics}).");

    private static RuleOfThumb Threshold(RuleContext context)
    {
        var found = context.Plan is { TargetPerTask: { } each, Desired: { } desired }
            ? $"(count ÷ 2) ÷ running tasks = {RuleContext.Number(each)}; as a plain count it would be {RuleContext.Number(2.0 * each * desired)} at {RuleContext.Number(desired)} tasks, and another at any other number"
            : "(count ÷ 2) ÷ running tasks; nothing was measured to set it to";
        return new(
            "connectionsThreshold", "Threshold for scaling on connections", "ActiveConnectionCount at what a task or instance holds", found, false,
            $"The metric belongs to the load balancer and has no dimension for target group or task ({Metrics}), so it has to be halved and divided by the running tasks (metric math). A threshold at the limit itself is too late: "
            + "a new task takes minutes to start, and gets none of the connections that are there.");
    }

    private static RuleOfThumb ResponseTime(RuleContext context) => new(
        "targetResponseTime", "Threshold for scaling on TargetResponseTime", "500 ms, for the response time of a task",
        $"{RuleContext.Number(context.Settings.ResponseTime.TotalSeconds, "0.###")}, for the metric is in seconds; and only for the handshake", false,
        $"It is the time from the request to the start of the response ({Metrics}): for a WebSocket that is the answer to its upgrade, and no message after it. How long messages take is what a custom metric has to say: this suite publishes the echo time.");
}
