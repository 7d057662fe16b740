using System.Diagnostics.CodeAnalysis;

namespace Support.Ecs;

/// <summary>The short names of clusters and services, from what a user or AWS gives: names or ARNs.</summary>
/// <remarks>
/// Amazon ECS developer guide, service ARN: <c>arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/SERVICE</c>, and in the old
/// form
/// <c>service/SERVICE</c>; a task's ARN likewise.
/// </remarks>
internal static class EcsNames
{
    /// <summary>
    /// The cluster where none is named (ECS API reference, <c>cluster</c>: the default cluster is assumed).
    /// </summary>
    public const string DefaultCluster = "default";

    /// <summary>The name at the end of a name or ARN; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(nameOrArn))]
    public static string? ShortName(string? nameOrArn) => nameOrArn?[(nameOrArn.LastIndexOf('/') + 1)..];

    /// <summary>
    /// The cluster's name: the one that is named, else the one in the service's ARN, else <c>default</c>.
    /// </summary>
    /// <param name="cluster">A name or ARN; null where none is named.</param>
    /// <param name="service">A name or ARN; null where none is named.</param>
    public static string Cluster(string? cluster, string? service) =>
        ShortName(cluster) ?? ClusterIn(service) ?? DefaultCluster;

    /// <summary>The cluster's name in the ARN of a service or a task; null for a name, and in the old form.</summary>
    /// <param name="nameOrArn">A name or ARN; null where none is named.</param>
    public static string? ClusterIn(string? nameOrArn) => nameOrArn?.Split('/') is [_, var cluster, _] ? cluster : null;
}
