using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>How the files write the names of what is scaled: as they are, or as parameters of a template. Every call gives a node of its own.</summary>
internal abstract class ScalingNames(ScalingScope scope)
{
    public const string Cluster = "Cluster";
    public const string Service = "Service";
    public const string LoadBalancer = "LoadBalancer";
    public const string TargetGroup = "TargetGroup";

    // CloudWatch takes names of 255 characters (API reference, PutMetricAlarm); what an alarm watches comes before the names.
    private const int LongestAlarm = 255 - 30;
    private const int HashBytes = 4;

    /// <summary>The namespace of the suite's own metrics.</summary>
    public string Namespace { get; } = scope.Namespace;

    /// <summary>The dimensions that those have beside cluster and service.</summary>
    public ImmutableArray<KeyValuePair<string, string>> OtherDimensions { get; } = scope.OtherDimensions;

    /// <summary>Whether the target group is known: its metrics are the service's alone.</summary>
    public bool HasTargetGroup { get; } = scope.TargetGroup is not null;

    /// <summary>The names of all load balancers, of which there is at least one: <c>LoadBalancer</c>, <c>LoadBalancer2</c>, and so on.</summary>
    public ImmutableArray<string> LoadBalancers { get; } = Balancers(scope);

    /// <summary>One of the names.</summary>
    public abstract JsonNode Of(string name);

    /// <summary>A text with cluster and service at its end, as in <c>service/CLUSTER/SERVICE</c>.</summary>
    public abstract JsonNode Path(string first);

    /// <summary>The same as the name of an alarm; null where CloudFormation has to make one, for these names are too long.</summary>
    public abstract JsonNode? Alarm(string first);

    /// <summary>Cluster and service as an alarm's name ends with them: cut where they are too long, and still told from others.</summary>
    public static string AlarmEnd(ScalingScope scope)
    {
        var text = $"{Known(scope, Cluster)}/{Known(scope, Service)}";
        if (text.Length <= LongestAlarm)
            return text;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
        return $"{text[..(LongestAlarm - hash.Length - 1)]}-{hash}";
    }

    /// <summary><inheritdoc cref="LoadBalancers" path="/summary"/></summary>
    public static ImmutableArray<string> Balancers(ScalingScope scope) =>
        [LoadBalancer, .. Enumerable.Range(2, scope.MoreLoadBalancers.Length).Select(number => string.Create(CultureInfo.InvariantCulture, $"{LoadBalancer}{number}"))];

    /// <summary>The value that a name has: what is known, else a placeholder.</summary>
    public static string Known(ScalingScope scope, string name) => name switch
    {
        Cluster => scope.Cluster ?? "YOUR_CLUSTER",
        Service => scope.Service ?? "YOUR_SERVICE",
        LoadBalancer => scope.LoadBalancer ?? "app/YOUR_LOAD_BALANCER/ID",
        TargetGroup => scope.TargetGroup ?? "targetgroup/YOUR_TARGET_GROUP/ID",
        _ => scope.MoreLoadBalancers[Balancers(scope).IndexOf(name) - 1],
    };
}

/// <summary>Names as they are, for the files of the AWS CLI.</summary>
internal sealed class LiteralNames(ScalingScope scope) : ScalingNames(scope)
{
    private readonly ScalingScope scope = scope;

    public override JsonNode Of(string name) => Known(scope, name);

    public override JsonNode Path(string first) => $"{first}/{Known(scope, Cluster)}/{Known(scope, Service)}";

    public override JsonNode? Alarm(string first) => $"{first}/{AlarmEnd(scope)}";
}

/// <summary>Names as parameters, for CloudFormation.</summary>
internal sealed class ParameterNames(ScalingScope scope) : ScalingNames(scope)
{
    private readonly ScalingScope scope = scope;

    public override JsonNode Of(string name) => new JsonObject { ["Ref"] = name };

    public override JsonNode Path(string first) => new JsonObject { ["Fn::Sub"] = $"{first}/${{{Cluster}}}/${{{Service}}}" };

    public override JsonNode? Alarm(string first) => AlarmEnd(scope) == $"{Known(scope, Cluster)}/{Known(scope, Service)}" ? Path(first) : null;
}
