using System.Collections.Immutable;

namespace Support.Plan.Scaling;

/// <summary>The names of the files in <see cref="ScalingScope.Folder"/>.</summary>
internal static class ScalingFileNames
{
    /// <summary>Input of <c>application-autoscaling register-scalable-target</c>: minimum and maximum.</summary>
    public const string Target = "scalable-target.json";

    /// <summary>Input of <c>application-autoscaling put-scaling-policy</c>: connections of a task.</summary>
    public const string ConnectionsPolicy = "connections-policy.json";

    /// <summary>The same: time to answer an upgrade.</summary>
    public const string ResponseTimePolicy = "response-time-policy.json";

    /// <summary>The same, in place of <see cref="ResponseTimePolicy"/>: time to answer a ping.</summary>
    public const string EchoTimePolicy = "echo-time-policy.json";

    /// <summary>Input of <c>cloudwatch put-metric-alarm</c>: a task above its safe limit.</summary>
    public const string ConnectionsAlarm = "alarm-connections.json";

    /// <summary>The same: upgrades answered late.</summary>
    public const string ResponseTimeAlarm = "alarm-response-time.json";

    /// <summary>The same: pings answered late.</summary>
    public const string EchoTimeAlarm = "alarm-echo-time.json";

    /// <summary>The same: connections that the load balancer had no room for.</summary>
    public const string RejectedAlarm = "alarm-rejected.json";

    /// <summary>The same: nothing left to scale out to.</summary>
    public const string AtMaximumAlarm = "alarm-at-maximum.json";

    /// <summary>Applies the files and reads them back.</summary>
    public const string Commands = "commands.sh";

    /// <summary>All of it as a template of CloudFormation.</summary>
    public const string Template = "cloudformation.json";

    /// <summary>What the files are, and what to know before they are applied.</summary>
    public const string Readme = "README.md";

    internal static readonly ImmutableArray<(string Name, string Resource)> Resources =
    [
        (Target, "ScalableTarget"),
        (ConnectionsPolicy, "ConnectionsPolicy"), (ResponseTimePolicy, "ResponseTimePolicy"),
            (EchoTimePolicy, "EchoTimePolicy"),
        (ConnectionsAlarm, "ConnectionsAlarm"), (ResponseTimeAlarm, "ResponseTimeAlarm"),
            (EchoTimeAlarm, "EchoTimeAlarm"),
        (RejectedAlarm, "RejectedAlarm"), (AtMaximumAlarm, "AtMaximumAlarm"),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [.. Resources.Select(file => file.Name), Template, Commands,
        Readme];
}
