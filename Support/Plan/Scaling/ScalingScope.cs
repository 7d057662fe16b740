using System.Collections.Immutable;

namespace Support.Plan.Scaling;

/// <summary>What the policies are for. What is null is not known, and a placeholder stands in for it.</summary>
public sealed record ScalingScope
{
    /// <summary>The folder of the files among the reports.</summary>
    public const string Folder = "scaling";

    /// <summary>The cluster's name.</summary>
    public string? Cluster { get; init; }

    /// <summary>The service's name.</summary>
    public string? Service { get; init; }

    /// <summary>The load balancer as CloudWatch names it, as in <c>app/NAME/ID</c>. One of another kind (<c>net/…</c>) has other metrics: it counts as not known.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>The others before the service, named in the same way: connections are summed up over all of them.</summary>
    public ImmutableArray<string> MoreLoadBalancers { get; init; } = [];

    /// <summary>The target group as CloudWatch names it, as in <c>targetgroup/NAME/ID</c>.</summary>
    public string? TargetGroup { get; init; }

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The namespace of the suite's own metrics, <c>Aws.Namespace</c>.</summary>
    public string Namespace { get; init; } = "WebSocketCapacity";

    /// <summary>The dimensions that the suite's own metrics have beside cluster and service, as task size and profile.</summary>
    public ImmutableArray<KeyValuePair<string, string>> OtherDimensions { get; init; } = [];

    /// <summary>Whether one of the load balancers is no application load balancer.</summary>
    internal bool HasOtherKind => All.Any(name => !IsApplication(name));

    private IEnumerable<string> All => LoadBalancer is { } first ? [first, .. MoreLoadBalancers] : MoreLoadBalancers;

    /// <summary>The same with application load balancers alone; the target group goes with the first of them.</summary>
    internal ScalingScope OfApplication()
    {
        string[] usable = [.. All.Where(IsApplication)];
        return this with
        {
            LoadBalancer = usable.FirstOrDefault(),
            MoreLoadBalancers = [.. usable.Skip(1)],
            TargetGroup = LoadBalancer is { } first && !IsApplication(first) ? null : TargetGroup,
        };
    }

    private static bool IsApplication(string name) => name.StartsWith("app/", StringComparison.Ordinal);
}
