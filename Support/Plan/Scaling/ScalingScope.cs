using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Support.Plan.Scaling;

/// <summary>What the policies are for. What is null is not known, and a placeholder stands in for it.</summary>
internal sealed record ScalingScope
{
    /// <summary>The folder of the files among the reports.</summary>
    public const string Folder = "scaling";

    // Parameters of Templates/cloudformation.json. There may be LoadBalancer2 and more.
    internal const string ClusterName = "Cluster";
    internal const string ServiceName = "Service";
    internal const string LoadBalancerName = "LoadBalancer";
    internal const string TargetGroupName = "TargetGroup";

    // CloudWatch takes names of 255 characters (API reference, PutMetricAlarm); what an alarm watches comes before the
    // names.
    private const int LongestAlarm = 255 - 30;
    private const int HashBytes = 4;

    public string? Cluster { get; init; }
    public string? Service { get; init; }

    /// <summary>
    /// As in <c>app/NAME/ID</c>; one of another kind (<c>net/…</c>) has other metrics and counts as not known.
    /// </summary>
    public string? LoadBalancer { get; init; }

    /// <summary>The others before the service: connections are summed up over all of them.</summary>
    public ImmutableArray<string> MoreLoadBalancers { get; init; } = [];

    /// <summary>As in <c>targetgroup/NAME/ID</c>.</summary>
    public string? TargetGroup { get; init; }
    public string? Region { get; init; }

    /// <summary>The namespace of the suite's own metrics, <c>Aws.Namespace</c>.</summary>
    public string Namespace { get; init; } = "WebSocketCapacity";

    /// <summary>Of the suite's own metrics, beside cluster and service: as task size and profile.</summary>
    public ImmutableArray<KeyValuePair<string, string>> OtherDimensions { get; init; } = [];

    /// <summary>Whether one of the load balancers is no application load balancer.</summary>
    internal bool HasOtherKind => All.Any(name => !IsApplication(name));

    /// <summary>How many load balancers are looked at, at least one.</summary>
    internal int Balancers => 1 + MoreLoadBalancers.Length;

    /// <summary>The template's parameters that hold names. The target group is one only where it is known.</summary>
    internal IEnumerable<string> Names =>
    [
        ClusterName, ServiceName, .. Numbered(LoadBalancerName), .. TargetGroup is null
            ? []
            : new[] { TargetGroupName },
    ];

    /// <summary>Whether a name is known, and no placeholder stands in for it.</summary>
    internal bool IsKnown(string name) => name switch
    {
        ClusterName => Cluster is not null,
        ServiceName => Service is not null,
        TargetGroupName => TargetGroup is not null,
        _ => LoadBalancer is not null,
    };

    /// <summary>The value that a name has: what is known, else a placeholder.</summary>
    internal string Of(string name) => name switch
    {
        ClusterName => Cluster ?? "YOUR_CLUSTER",
        ServiceName => Service ?? "YOUR_SERVICE",
        LoadBalancerName => LoadBalancer ?? "app/YOUR_LOAD_BALANCER/ID",
        TargetGroupName => TargetGroup ?? "targetgroup/YOUR_TARGET_GROUP/ID",
        _ => MoreLoadBalancers[Numbered(LoadBalancerName).ToList().IndexOf(name) - 1],
    };

    /// <summary>Cluster and service, as a service's path ends with them.</summary>
    internal string ServicePath => $"{Of(ClusterName)}/{Of(ServiceName)}";

    /// <summary>As an alarm's name ends: cut where it is too long, and still told from others.</summary>
    internal string AlarmEnd
    {
        get
        {
            var text = ServicePath;
            if (text.Length <= LongestAlarm)
                return text;
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, HashBytes));
            return $"{text[..(LongestAlarm - hash.Length - 1)]}-{hash}";
        }
    }

    private IEnumerable<string> All => LoadBalancer is { } first ? [first, .. MoreLoadBalancers] : MoreLoadBalancers;

    /// <summary>A name a load balancer, as <c>LoadBalancer</c>, <c>LoadBalancer2</c>, and so on.</summary>
    internal IEnumerable<string> Numbered(string name) => Enumerable.Range(1, Balancers)
        .Select(number => number == 1 ? name : Say($"{name}{number}"));

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
