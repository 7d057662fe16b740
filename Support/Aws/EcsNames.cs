namespace Support.Aws;

/// <summary>The short names that CloudWatch's dimensions want, from what a user gave: names or ARNs.</summary>
/// <remarks>Amazon ECS developer guide, service ARN: <c>arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE</c>, and in the old form <c>service/SERVICE</c>.</remarks>
public static class EcsNames
{
    /// <summary>The cluster where none is named (ECS API reference, <c>cluster</c>: the default cluster is assumed).</summary>
    public const string DefaultCluster = "default";

    /// <summary>The name at the end of a name or ARN; null stays null.</summary>
    public static string? ShortName(string? nameOrArn) => nameOrArn?[(nameOrArn.LastIndexOf('/') + 1)..];

    /// <summary>The cluster's name: the one that is named, else the one in the service's ARN, else <c>default</c>.</summary>
    /// <param name="cluster">A name or ARN; null where none is named.</param>
    /// <param name="service">A name or ARN; null where none is named.</param>
    public static string Cluster(string? cluster, string? service) => ShortName(cluster) ?? ClusterOf(service) ?? DefaultCluster;

    private static string? ClusterOf(string? service) => service?.Split('/') is [_, var cluster, _] ? cluster : null;
}
