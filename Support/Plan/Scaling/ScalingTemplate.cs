using System.Globalization;
using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>
/// The same target, policies and alarms as a template (CloudFormation template reference, AWS::ApplicationAutoScaling::ScalableTarget, ScalingPolicy,
/// AWS::CloudWatch::Alarm: their properties are the members of the APIs). CDK takes it with <c>CfnInclude</c>. Pure.
/// </summary>
internal static class ScalingTemplate
{
    private const string Choice = "ResponseMetric";
    private const string ByResponse = "TargetResponseTime";
    private const string ByNone = "None";
    private const string WithoutEcho = "WithoutEchoTime";
    private const string Scaled = "ScalableTarget";

    public static JsonObject Of(ScalingFigures figures, ScalingScope scope)
    {
        var names = new ParameterNames(scope);
        return new()
        {
            ["AWSTemplateFormatVersion"] = "2010-09-09",
            ["Description"] = string.Create(CultureInfo.InvariantCulture,
                $"Scaling of a WebSocket service on ECS: {figures.Minimum:N0} to {figures.Maximum:N0} tasks, {figures.TargetPerTask:N0} connections on each; {figures.SafeLimit:N0} were measured as safe. Needs Container Insights in the cluster."),
            ["Parameters"] = Parameters(scope),
            ["Conditions"] = new JsonObject { [ByResponse] = Chosen(ByResponse), [EchoMetric.Name] = Chosen(EchoMetric.Name), [WithoutEcho] = Not(EchoMetric.Name) },
            ["Resources"] = Resources(new(figures, names), new(figures, names)),
        };
    }

    private static JsonObject Parameters(ScalingScope scope)
    {
        var parameters = new JsonObject
        {
            [ScalingNames.Cluster] = Parameter("The cluster's name.", scope.Cluster, pattern: null),
            [ScalingNames.Service] = Parameter("The service's name.", scope.Service, pattern: null),
        };
        foreach (var name in ScalingNames.Balancers(scope))
            parameters[name] = Parameter("A load balancer as CloudWatch names it: app/NAME/ID.", scope.LoadBalancer is null ? null : ScalingNames.Known(scope, name), "^app/.+/.+$");
        if (scope.TargetGroup is { } group)
            parameters[ScalingNames.TargetGroup] = Parameter("The target group as CloudWatch names it: targetgroup/NAME/ID.", group, "^targetgroup/.+/.+$");
        parameters[Choice] = new JsonObject
        {
            ["Type"] = "String",
            ["Description"] = "Which time to answer starts tasks as well: none, the handshake's, or the echo time that a regular run of the suite publishes.",
            ["AllowedValues"] = new JsonArray(ByNone, ByResponse, EchoMetric.Name),
            ["Default"] = ByNone,
        };
        return parameters;
    }

    // What is not known has no default: CloudFormation asks for it.
    private static JsonObject Parameter(string description, string? value, string? pattern)
    {
        var parameter = new JsonObject { ["Type"] = "String", ["Description"] = description, ["MinLength"] = 1 };
        if (pattern is not null)
            parameter["AllowedPattern"] = pattern;
        if (value is not null)
            parameter["Default"] = value;
        return parameter;
    }

    private static JsonObject Chosen(string metric) =>
        new() { ["Fn::Equals"] = new JsonArray(new JsonObject { ["Ref"] = Choice }, metric) };

    private static JsonObject Not(string metric) => new() { ["Fn::Not"] = new JsonArray(Chosen(metric)) };

    private static JsonObject Resources(ScalingPolicies policies, ScalingAlarms alarms) => new()
    {
        [Scaled] = new JsonObject { ["Type"] = "AWS::ApplicationAutoScaling::ScalableTarget", ["Properties"] = policies.Target() },
        ["ConnectionsPolicy"] = Policy(policies.Connections()),
        ["ResponseTimePolicy"] = Only(ByResponse, Policy(policies.ResponseTime())),
        ["EchoTimePolicy"] = Only(EchoMetric.Name, Policy(policies.EchoTime())),
        ["ConnectionsAlarm"] = Alarm(alarms.Connections()),
        ["ResponseTimeAlarm"] = Only(WithoutEcho, Alarm(alarms.ResponseTime())),
        ["EchoTimeAlarm"] = Only(EchoMetric.Name, Alarm(alarms.EchoTime())),
        ["RejectedAlarm"] = Alarm(alarms.Rejected()),
        ["AtMaximumAlarm"] = Alarm(alarms.AtMaximum()),
    };

    private static JsonObject Policy(JsonObject properties) =>
        new() { ["Type"] = "AWS::ApplicationAutoScaling::ScalingPolicy", ["DependsOn"] = Scaled, ["Properties"] = properties };

    private static JsonObject Alarm(JsonObject properties) => new() { ["Type"] = "AWS::CloudWatch::Alarm", ["Properties"] = properties };

    private static JsonObject Only(string condition, JsonObject resource)
    {
        resource.Insert(1, "Condition", condition);
        return resource;
    }
}
