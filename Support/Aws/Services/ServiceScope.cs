namespace Support.Aws.Services;

/// <summary>What is read about: the service under test, the load balancer before it, or both.</summary>
/// <param name="Cluster">Name or ARN; null is the cluster of the service's ARN, else <c>default</c>.</param>
/// <param name="Service">Name or ARN; null where none is named.</param>
/// <param name="LoadBalancer">As in <c>app/NAME/ID</c>; null where none is named.</param>
public sealed record ServiceScope(string? Cluster, string? Service, string? LoadBalancer)
{
    /// <summary>Whether there is anything to read.</summary>
    public bool IsEmpty => Service is null && LoadBalancer is null;
}
