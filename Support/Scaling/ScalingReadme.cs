using System.Globalization;
using System.Text;
using Support.Plan;

namespace Support.Scaling;

/// <summary>What the files are, where their numbers come from, and what to know before they are applied. Pure.</summary>
internal static class ScalingReadme
{
    public static string Of(ScalingPlan plan, ScalingFigures figures, ScalingScope scope)
    {
        var text = new StringBuilder();
        Head(text, plan, figures);
        Files(text, figures);
        Names(text, scope);
        Caveats(text, scope);
        return text.ToString();
    }

    private static void Head(StringBuilder text, ScalingPlan plan, ScalingFigures figures)
    {
        Line(text, $"# Scaling for {plan.TargetConnections:N0} connections");
        Line(text, $"");
        Line(text, $"One task was measured to hold {figures.SafeLimit:N0} connections safely{(plan.IsLowerBound ? "; it may hold more, for nothing broke that was its own" : "")}.");
        Line(text, $"Scaling keeps each at {figures.TargetPerTask:N0}, so that none comes above its safe limit whatever happens of this:");
        Line(text, $"");
        Line(text, $"| what can happen | tasks | because |");
        Line(text, $"| --- | ---: | --- |");
        foreach (var need in plan.Needs)
            Line(text, $"| {Word(need.Kind)} | {need.Tasks:N0} | {need.Basis} |");
        Line(text, $"");
        Line(text, $"Desired are {figures.Desired:N0} tasks, at least {figures.Minimum:N0} and at most {figures.Maximum:N0}. One of these happens at a time.");
        Line(text, $"");
    }

    private static void Files(StringBuilder text, ScalingFigures figures)
    {
        var (seconds, milliseconds) = (figures.ResponseTime.TotalSeconds, figures.ResponseTime.TotalMilliseconds);
        Line(text, $"| file | what it is |");
        Line(text, $"| --- | --- |");
        Line(text, $"| `{ScalingFileNames.Commands}` | applies the others with the AWS CLI and reads them back: `sh {ScalingFileNames.Commands}` |");
        Line(text, $"| `{ScalingFileNames.Target}` | {figures.Minimum:N0} to {figures.Maximum:N0} tasks |");
        Line(text, $"| `{ScalingFileNames.ConnectionsPolicy}` | {figures.TargetPerTask:N0} connections a task: `{ScalingPolicies.PerTask}` |");
        Line(text, $"| `{ScalingFileNames.ResponseTimePolicy}` | starts tasks while TargetResponseTime is above {seconds} s; for WebSockets that is the handshake alone |");
        Line(text, $"| `{ScalingFileNames.EchoTimePolicy}` | in its place with `--echo`: while ping to pong takes longer than {milliseconds} ms |");
        Line(text, $"| `{ScalingFileNames.ConnectionsAlarm}` | a task above {figures.SafeLimit:N0} connections, 3 minutes long |");
        Line(text, $"| `{ScalingFileNames.ResponseTimeAlarm}`, `{ScalingFileNames.EchoTimeAlarm}` | the same times, 3 minutes long |");
        Line(text, $"| `{ScalingFileNames.RejectedAlarm}` | the load balancer had no room |");
        Line(text, $"| `{ScalingFileNames.AtMaximumAlarm}` | {figures.Maximum:N0} tasks are wanted: nothing is left to scale out to |");
        Line(text, $"| `{ScalingFileNames.Template}` | all of it for CloudFormation, or for CDK's `CfnInclude`; its parameters have the names as defaults |");
        Line(text, $"");
    }

    private static void Names(StringBuilder text, ScalingScope scope)
    {
        string[] open = [.. Open(scope)];
        if (open.Length > 0)
        {
            Line(text, $"**Fill in first:** {string.Join(", ", open)}: run the suite with `Aws.Cluster`, `Aws.Service` and `Aws.LoadBalancer`, or replace them in the files");
            Line(text, $"with `sed -i 's|YOUR_SERVICE|my-service|g' *.json {ScalingFileNames.Commands}`. Until then `{ScalingFileNames.Commands}` ends with 2 and applies nothing.");
            Line(text, $"");
        }

        Line(text, $"The alarms tell nobody yet: add `\"AlarmActions\": [\"arn:aws:sns:…\"]` to their files. `{ScalingFileNames.Commands}` needs the rights to change the service's");
        Line(text, $"scaling, cluster settings and alarms, and the first time `iam:CreateServiceLinkedRole`. Changed from one time to the other? Take the old policy away:");
        Line(text, $"`aws application-autoscaling delete-scaling-policy --policy-name websocket-response-time` (or `websocket-echo-time`) with the service's `--service-namespace ecs");
        Line(text, $"--resource-id` and `--scalable-dimension`, as in the policy's file.");
        Line(text, $"");
    }

    private static IEnumerable<string> Open(ScalingScope scope) =>
        new (string Name, string? Value)[] { (ScalingNames.Cluster, scope.Cluster), (ScalingNames.Service, scope.Service), (ScalingNames.LoadBalancer, scope.LoadBalancer) }
            .Where(name => name.Value is null).Select(name => $"`{ScalingNames.Known(scope, name.Name)}`");

    private static void Caveats(StringBuilder text, ScalingScope scope)
    {
        Line(text, $"## Before you apply it");
        Line(text, $"");
        Line(text, $"- **Both sides count.** ActiveConnectionCount is the client's connection and the target's: a WebSocket is two. That is the `/ 2`.");
        Line(text, $"- **The whole load balancer counts.** Other services behind it are in that figure, and so are plain HTTP requests. Then let the tasks publish their connections");
        Line(text, $"  themselves, and put that metric in the place of the first query, without the `/ 2`.");
        Line(text, $"- **Late or no data.** Without connections ActiveConnectionCount has no data, and it comes minutes late: `REPEAT` takes the value before. A 0 in its place would");
        Line(text, $"  make a late minute look idle, and hold up scaling out. RunningTaskCount needs Container Insights, which costs money for each cluster.");
        Line(text, $"- **TargetResponseTime is the handshake.** Of a WebSocket it ends with the answer to the upgrade. Nor is it proportional to the number of tasks, as target tracking");
        Line(text, $"  assumes: this policy only starts tasks (`DisableScaleIn`). {EchoMetric.Name} in `{scope.Namespace}` is what messages see; a run of the suite publishes it,");
        Line(text, $"  and policy and alarm need a value each minute.");
        if (scope.TargetGroup is null)
            Line(text, $"  The target group is not known: here it is the average of every target group of the load balancer.");
        Line(text, $"- **A new task gets no old connections.** Scaling out relieves full tasks only as clients reconnect: scale early, and let clients reconnect now and then.");
        Line(text, $"- **Scaling in cuts connections.** Not before {ScalingPolicies.ScaleInCooldown} s after the last time; clients must come back with a random delay. A task that must not end says so at");
        Line(text, $"  `PUT $ECS_AGENT_URI/task-protection/v1/state` with `{{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}}`; or set `DisableScaleIn` and scale in by schedule.");
    }

    private static string Word(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "more connections than planned",
        PlanNeedKind.Deployment => "a deployment",
        PlanNeedKind.ZoneLost => "a lost availability zone",
        _ => "all clients reconnect at once",
    };

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
