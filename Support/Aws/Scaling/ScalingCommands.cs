using System.Globalization;
using static Support.Host.ShellWord;

namespace Support.Aws.Scaling;

/// <summary>The commands of the aws CLI that fix what is deployed. Each can be pasted into a shell as it is.</summary>
internal static class ScalingCommands
{
    private const string RegisterTarget = "aws application-autoscaling register-scalable-target";
    private const string PutPolicy = "aws application-autoscaling put-scaling-policy";

    /// <summary>Registers the bounds, or changes them.</summary>
    public static string Register(DeployedScaling deployed, long minimum, long maximum) =>
        Say($"{RegisterTarget} {Resource(deployed)} --min-capacity {minimum} --max-capacity {maximum}");

    public static string Resume(DeployedScaling deployed) =>
        $"{RegisterTarget} {Resource(deployed)} --suspended-state "
            + "DynamicScalingInSuspended=false,DynamicScalingOutSuspended=false,ScheduledScalingSuspended=false";

    /// <summary>Changes the target of a policy and nothing else of it.</summary>
    public static string Retarget(DeployedScaling deployed, DeployedPolicy policy, double target) =>
        $"{PutPolicy} {Resource(deployed)} --policy-name {Of(policy.Name)} --policy-type TargetTrackingScaling "
            + $"--target-tracking-scaling-policy-configuration {Of(policy.ConfigurationAt(target) ?? "{}")}";

    /// <summary>Puts the policy of a file, in place of another where one is given.</summary>
    public static string Put(string file, DeployedPolicy? inPlaceOf = null)
    {
        var name = inPlaceOf is null ? "" : $"--policy-name {Of(inPlaceOf.Name)} ";
        return $"{PutPolicy} {name}--cli-input-json {Of($"file://{file}")}";
    }

    public static string UpdateService(DeployedScaling deployed, FormattableString change) =>
        $"aws ecs update-service --cluster {Of(deployed.Cluster)} --service {Of(deployed.Service)} "
            + change.ToString(CultureInfo.InvariantCulture);

    /// <summary>The ARN, which has the account's number in it, is looked up by the name.</summary>
    public static string Delay(DeployedTargetGroup group, int seconds) =>
        "aws elbv2 modify-target-group-attributes "
            + $"--target-group-arn {Arn("target-group", "TargetGroup", group.ShortName)} "
            + Say($"--attributes Key=deregistration_delay.timeout_seconds,Value={seconds}");

    /// <summary>The ARN is looked up by the name.</summary>
    public static string Idle(DeployedLoadBalancer balancer, int seconds) =>
        "aws elbv2 modify-load-balancer-attributes "
            + $"--load-balancer-arn {Arn("load-balancer", "LoadBalancer", balancer.ShortName)} "
            + Say($"--attributes Key=idle_timeout.timeout_seconds,Value={seconds}");

    private static string Arn(string kind, string member, string name) =>
        $"\"$(aws elbv2 describe-{kind}s --names {Of(name)} --query '{member}s[0].{member}Arn' --output text)\"";

    private static string Resource(DeployedScaling deployed) =>
        "--service-namespace ecs --scalable-dimension ecs:service:DesiredCount "
            + $"--resource-id {Of(deployed.ResourceId)}";
}
