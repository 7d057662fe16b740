namespace Support.Scaling;

/// <summary>
/// The suite's own metric of how long a ping takes to its pong over connections that are held: what <c>TargetResponseTime</c> is not for WebSockets.
/// It has the dimensions <see cref="ClusterDimension"/> and <see cref="ServiceDimension"/> and the namespace <c>Aws.Namespace</c>.
/// </summary>
public static class EchoMetric
{
    /// <summary>The metric's name.</summary>
    public const string Name = "EchoTime";

    /// <summary>Its unit, as CloudWatch spells it.</summary>
    public const string Unit = "Milliseconds";

    /// <summary>The dimension that holds the cluster's name, as in AWS's own metrics of ECS.</summary>
    public const string ClusterDimension = "ClusterName";

    /// <summary>The dimension that holds the service's name, as in AWS's own metrics of ECS.</summary>
    public const string ServiceDimension = "ServiceName";
}
