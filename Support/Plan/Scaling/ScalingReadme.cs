using System.Globalization;
using System.Text;
using Support.Plan;

namespace Support.Plan.Scaling;

/// <summary>What the files are, where their numbers come from, and what to know before they are applied. Pure.</summary>
internal static class ScalingReadme
{
    private const int LongestService = 110;

    private const string Rights =
        "`ecs:DescribeServices`, `ecs:DescribeClusters`, `ecs:UpdateService`, `ecs:UpdateCluster`, `application-autoscaling:RegisterScalableTarget`, "
        + "`application-autoscaling:DescribeScalableTargets`, `application-autoscaling:PutScalingPolicy`, `application-autoscaling:DescribeScalingPolicies`, "
        + "`application-autoscaling:DeleteScalingPolicy`, `cloudwatch:PutMetricAlarm`, `cloudwatch:DescribeAlarms`, `cloudwatch:DeleteAlarms`, and the first time `iam:CreateServiceLinkedRole`";

    public static string Of(ScalingPlan plan, ScalingFigures figures, ScalingScope scope)
    {
        var (text, known) = (new StringBuilder(), scope.OfApplication());
        Head(text, plan, figures);
        Files(text, figures, known);
        Names(text, known, scope.HasOtherKind);
        Apply(text, known);
        ScalingCaveats.Write(text, known);
        return text.ToString();
    }

    private static void Head(StringBuilder text, ScalingPlan plan, ScalingFigures figures)
    {
        Line(text, $"# Scaling for {plan.TargetConnections:N0} connections");
        Line(text, $"");
        Line(text, $"One task was measured to hold {figures.SafeLimit:N0} connections safely{(plan.IsLowerBound ? "; it may hold more, for nothing broke that was its own" : "")}.");
        Line(text, $"Scaling keeps the average task at {figures.TargetPerTask:N0}, so that on average none comes above its safe limit when one of these happens:");
        Line(text, $"");
        Line(text, $"| what can happen | tasks | because |");
        Line(text, $"| --- | ---: | --- |");
        foreach (var need in plan.Needs)
            Line(text, $"| {Word(need.Kind)} | {need.Tasks:N0} | {need.Basis} |");
        Line(text, $"");
        Line(text, $"Desired are {figures.Desired:N0} tasks, at least {figures.Minimum:N0} and at most {figures.Maximum:N0}. One of these happens at a time.");
        Line(text, $"Target tracking holds an average, minutes late, and old tasks hold more than new ones, which get new connections only. So let the server refuse (503, or close");
        Line(text, $"code 1013) at its safe limit, or keep the minimum at {figures.Desired:N0}.");
        Line(text, $"");
    }

    private static void Files(StringBuilder text, ScalingFigures figures, ScalingScope scope)
    {
        var (seconds, milliseconds) = (figures.ResponseTime.TotalSeconds, figures.ResponseTime.TotalMilliseconds);
        Line(text, $"| file | what it is |");
        Line(text, $"| --- | --- |");
        Line(text, $"| `{ScalingFileNames.Commands}` | applies the others with the AWS CLI and reads them back; `--help` lists its options |");
        Line(text, $"| `{ScalingFileNames.Target}` | {figures.Minimum:N0} to {figures.Maximum:N0} tasks |");
        Line(text, $"| `{ScalingFileNames.ConnectionsPolicy}` | {figures.TargetPerTask:N0} connections a task: `{ScalingMetrics.Expression(1 + scope.MoreLoadBalancers.Length, isFilled: true)}` |");
        Line(text, $"| `{ScalingFileNames.ResponseTimePolicy}` | only with `--response-time`: starts tasks while TargetResponseTime is above {seconds} s; for WebSockets that is the handshake alone |");
        Line(text, $"| `{ScalingFileNames.EchoTimePolicy}` | only with `--echo`: starts tasks while ping to pong takes longer than {milliseconds} ms |");
        Line(text, $"| `{ScalingFileNames.ConnectionsAlarm}` | the average over all tasks above {figures.SafeLimit:N0} connections, 3 minutes long; single tasks are probably well above |");
        Line(text, $"| `{ScalingFileNames.ResponseTimeAlarm}`, `{ScalingFileNames.EchoTimeAlarm}` | the same times, 3 minutes long; with `--echo` the second one in place of the first |");
        Line(text, $"| `{ScalingFileNames.RejectedAlarm}` | a load balancer had no room |");
        Line(text, $"| `{ScalingFileNames.AtMaximumAlarm}` | as many tasks are wanted as scaling may start |");
        Line(text, $"| `{ScalingFileNames.Template}` | the same for CloudFormation, or for CDK's `CfnInclude` |");
        Line(text, $"");
    }

    private static void Names(StringBuilder text, ScalingScope scope, bool hasOtherKind)
    {
        string[] open = [.. Open(scope).Select(name => $"`{ScalingNames.Known(scope, name)}`")];
        if (hasOtherKind)
        {
            Line(text, $"**Not an application load balancer:** a network load balancer counts flows (`ActiveFlowCount`, one a client): publish connections yourself.");
            Line(text, $"");
        }

        if (open.Length > 0)
        {
            Line(text, $"**Fill in first:** {string.Join(", ", open)}: run the suite with `Aws.Cluster`, `Aws.Service` and `Aws.LoadBalancer`, or replace them in the files");
            Line(text, $"with `sed -i 's|YOUR_SERVICE|my-service|g' *.json {ScalingFileNames.Commands}`. Until then `{ScalingFileNames.Commands}` ends with 2 and applies nothing.");
            Line(text, $"");
        }
    }

    private static void Apply(StringBuilder text, ScalingScope scope)
    {
        Line(text, $"Apply it with one of the two, not with both:");
        Line(text, $"");
        Line(text, $"- `sh {ScalingFileNames.Commands}`. It lowers neither minimum nor maximum of the service, and says what it kept; `--force` takes the plan's. Where Container Insights is off");
        Line(text, $"  it ends with 3: `--container-insights` switches it on, at a cost for every service of the cluster. It needs these rights: {Rights}.");
        Line(text, $"- `{Deploy(scope)}`. It takes the plan's minimum and maximum as they are, and Container Insights");
        Line(text, $"  must be on. `ResponseMetric=TargetResponseTime` or `ResponseMetric={EchoMetric.Name}` adds that policy.");
        Line(text, $"");
        Line(text, $"The alarms tell nobody yet: add `\"AlarmActions\": [\"arn:aws:sns:…\"]` to their files.");
        Line(text, $"");
    }

    // A stack's name has letters, digits and hyphens, at most 128 (CloudFormation API reference, CreateStack).
    private static string Deploy(ScalingScope scope)
    {
        var service = new string([.. (scope.Service ?? "SERVICE").Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-').Take(LongestService)]);
        string[] open = [.. Open(scope).Select(name => $"{name}=…")];
        return $"aws cloudformation deploy --stack-name websocket-scaling-{service} --template-file {ScalingFileNames.Template}"
            + (open.Length == 0 ? "" : $" --parameter-overrides {string.Join(' ', open)}");
    }

    private static IEnumerable<string> Open(ScalingScope scope) =>
        new (string Name, string? Value)[] { (ScalingNames.Cluster, scope.Cluster), (ScalingNames.Service, scope.Service), (ScalingNames.LoadBalancer, scope.LoadBalancer) }
            .Where(name => name.Value is null).Select(name => name.Name);

    private static string Word(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "more connections than planned",
        PlanNeedKind.Deployment => "a deployment",
        PlanNeedKind.ZoneLost => "a lost availability zone",
        PlanNeedKind.Reconnect => "all clients reconnect at once",
        _ => "what scaling aims at",
    };

    /// <summary>A line that reads the same in every culture.</summary>
    public static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
