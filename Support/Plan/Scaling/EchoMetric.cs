namespace Support.Plan.Scaling;

/// <summary>
/// The suite's own metric of how long a ping takes to its pong over connections that are held: what
/// <c>TargetResponseTime</c> is not for WebSockets.
/// It is in the namespace <c>Aws.Namespace</c>, with the dimensions <see cref="ClusterDimension"/>, <see
/// cref="ServiceDimension"/> and
/// <see cref="ScalingScope.OtherDimensions"/>: CloudWatch finds a metric by its exact set of dimensions.
/// </summary>
internal static class EchoMetric
{
    /// <summary>The metric's name: the 95th percentile of a step's connections.</summary>
    public const string Name = "EchoTimeP95";

    /// <summary>Its unit, as CloudWatch spells it.</summary>
    public const string Unit = "Milliseconds";

    /// <summary>The dimension that holds the cluster's name.</summary>
    public const string ClusterDimension = "Cluster";

    /// <summary>The dimension that holds the service's name.</summary>
    public const string ServiceDimension = "Service";
}
