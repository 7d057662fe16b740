using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Support.Scaling;

/// <summary>How the files write the names of what is scaled: as they are, or as parameters of a template. Every call gives a node of its own.</summary>
internal abstract class ScalingNames(ScalingScope scope)
{
    public const string Cluster = "Cluster";
    public const string Service = "Service";
    public const string LoadBalancer = "LoadBalancer";
    public const string TargetGroup = "TargetGroup";

    /// <summary>The namespace of the suite's own metrics.</summary>
    public string Namespace { get; } = scope.Namespace;

    /// <summary>The dimensions that those have beside cluster and service.</summary>
    public ImmutableArray<KeyValuePair<string, string>> OtherDimensions { get; } = scope.OtherDimensions;

    /// <summary>Whether the target group is known: its metrics are the service's alone.</summary>
    public bool HasTargetGroup { get; } = scope.TargetGroup is not null;

    /// <summary>One of the four names.</summary>
    public abstract JsonNode Of(string name);

    /// <summary>A text with cluster and service at its end, as in <c>service/CLUSTER/SERVICE</c>.</summary>
    public abstract JsonNode Path(string first);

    /// <summary>The value that a name has: what is known, else a placeholder.</summary>
    public static string Known(ScalingScope scope, string name) => name switch
    {
        Cluster => scope.Cluster ?? "YOUR_CLUSTER",
        Service => scope.Service ?? "YOUR_SERVICE",
        LoadBalancer => scope.LoadBalancer ?? "app/YOUR_LOAD_BALANCER/ID",
        _ => scope.TargetGroup ?? "targetgroup/YOUR_TARGET_GROUP/ID",
    };
}

/// <summary>Names as they are, for the files of the AWS CLI.</summary>
internal sealed class LiteralNames(ScalingScope scope) : ScalingNames(scope)
{
    private readonly ScalingScope scope = scope;

    public override JsonNode Of(string name) => Known(scope, name);

    public override JsonNode Path(string first) => $"{first}/{Known(scope, Cluster)}/{Known(scope, Service)}";
}

/// <summary>Names as parameters, for CloudFormation.</summary>
internal sealed class ParameterNames(ScalingScope scope) : ScalingNames(scope)
{
    public override JsonNode Of(string name) => new JsonObject { ["Ref"] = name };

    public override JsonNode Path(string first) => new JsonObject { ["Fn::Sub"] = $"{first}/${{{Cluster}}}/${{{Service}}}" };
}
