using System.Diagnostics.CodeAnalysis;

namespace Support.Ecs;

/// <summary>Names of clusters and services, from what a user or AWS gives: names or ARNs.</summary>
/// <remarks>
/// Amazon ECS developer guide, service ARN: <c>arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE</c>, and in the old
/// form <c>service/SERVICE</c>; a task's ARN likewise.
/// </remarks>
internal static class EcsNames
{
    /// <summary>Where none is named (ECS API reference, <c>cluster</c>).</summary>
    public const string DefaultCluster = "default";

    /// <summary>The name at the end of a name or ARN; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(nameOrArn))]
    public static string? ShortName(string? nameOrArn) => nameOrArn?[(nameOrArn.LastIndexOf('/') + 1)..];

    /// <summary>The name of the named one, else the one in the service's ARN, else <c>default</c>.</summary>
    public static string Cluster(string? cluster, string? service) =>
        ShortName(cluster) ?? ClusterIn(service) ?? DefaultCluster;

    /// <summary>In the ARN of a service or a task; null for a name, and in the old form.</summary>
    public static string? ClusterIn(string? nameOrArn) => nameOrArn?.Split('/') is [_, var cluster, _] ? cluster : null;
}
