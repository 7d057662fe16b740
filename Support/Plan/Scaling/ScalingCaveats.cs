using System.Text;
using static Support.Plan.Scaling.ScalingReadme;

namespace Support.Plan.Scaling;

/// <summary>The part of the README that says what to know before the files are applied. Pure.</summary>
internal static class ScalingCaveats
{
    /// <summary>Adds it to the text.</summary>
    public static void Write(StringBuilder text, ScalingScope scope)
    {
        Line(text, $"## Before you apply it");
        Line(text, $"");
        Connections(text);
        Times(text, scope);
        Line(text, $"- **A new task gets no old connections.** Scaling out relieves full tasks only as clients reconnect: scale early, and let clients reconnect now and then.");
        Line(text, $"- **Scaling in cuts connections.** Not before {ScalingPolicies.ScaleInCooldown} s after the last time; clients must come back with a random delay. A task that must not end says so at");
        Line(text, $"  `PUT $ECS_AGENT_URI/task-protection/v1/state` with `{{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}}`; or set `DisableScaleIn` and scale in by schedule.");
    }

    private static void Connections(StringBuilder text)
    {
        Line(text, $"- **Both sides count.** ActiveConnectionCount is the client's connection and the target's: a WebSocket is two. That is the `/ 2`.");
        Line(text, $"- **The whole load balancer counts.** Other services behind it are in that figure, and so are plain HTTP requests. Then let the tasks publish their connections");
        Line(text, $"  themselves, and put that metric in the place of the first query, without the `/ 2`.");
        Line(text, $"- **Late or no data.** Without connections ActiveConnectionCount has no data, and it comes minutes late: `REPEAT` takes the value before. A 0 in its place would");
        Line(text, $"  make a late minute look idle, and hold up scaling out. RunningTaskCount needs Container Insights, which costs money for each cluster.");
    }

    private static void Times(StringBuilder text, ScalingScope scope)
    {
        Line(text, $"- **Why no time policy by default.** Target tracking wants tasks × (metric ÷ target): a time of four times its target asks for four times the tasks. Yet");
        Line(text, $"  no time to answer is proportional to the number of tasks, and what it starts, the connections policy ends again: the two swing. Here it only starts tasks");
        Line(text, $"  (`DisableScaleIn`). TargetResponseTime ends with the answer to the upgrade; of messages it says nothing.");
        if (scope.TargetGroup is null)
            Line(text, $"  The target group is not known: here it is the average of every target group of the load balancer.");
        if (!scope.MoreLoadBalancers.IsEmpty)
            Line(text, $"  It is that of `{scope.LoadBalancer}`; connections are those of all {1 + scope.MoreLoadBalancers.Length} load balancers.");
        Line(text, $"- **{EchoMetric.Name} needs a value each minute**, in `{scope.Namespace}`: run the suite against the service every minute with `CAPACITY_LADDER_STEPS=10");
        Line(text, $"  CAPACITY_SEARCH_EXACT=false CAPACITY_AWS_PUBLISH=api`; never the full ladder, whose values are those of a server driven to its limit. The dimensions must match");
        Line(text, $"  exactly (cluster, service, task size, profile): for `--echo` do not fill in by hand, run the suite with `Aws.Service`.");
    }
}
