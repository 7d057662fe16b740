namespace Amazon.ApplicationAutoScaling.Model;

/// <summary>A policy that scales. Application Auto Scaling API reference, ScalingPolicy.</summary>
public class ScalingPolicy
{
    public DateTime? CreationTime { get; set; }

    public string? PolicyARN { get; set; }

    public string? PolicyName { get; set; }

    public PolicyType? PolicyType { get; set; }

    public string? ResourceId { get; set; }

    public ScalableDimension? ScalableDimension { get; set; }

    public ServiceNamespace? ServiceNamespace { get; set; }

    public TargetTrackingScalingPolicyConfiguration? TargetTrackingScalingPolicyConfiguration { get; set; }
}

/// <summary>
/// What a policy keeps a metric at; cooldowns in seconds. Application Auto Scaling API reference,
/// TargetTrackingScalingPolicyConfiguration.
/// </summary>
public class TargetTrackingScalingPolicyConfiguration
{
    public CustomizedMetricSpecification? CustomizedMetricSpecification { get; set; }

    public bool? DisableScaleIn { get; set; }

    public PredefinedMetricSpecification? PredefinedMetricSpecification { get; set; }

    public int? ScaleInCooldown { get; set; }

    public int? ScaleOutCooldown { get; set; }

    public double? TargetValue { get; set; }
}

/// <summary>
/// A metric that the service has a name for. Application Auto Scaling API reference, PredefinedMetricSpecification.
/// </summary>
public class PredefinedMetricSpecification
{
    public MetricType? PredefinedMetricType { get; set; }

    public string? ResourceLabel { get; set; }
}

/// <summary>
/// A metric of CloudWatch, or a calculation with some. Application Auto Scaling API reference,
/// CustomizedMetricSpecification.
/// </summary>
public class CustomizedMetricSpecification
{
    public List<MetricDimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    public List<TargetTrackingMetricDataQuery>? Metrics { get; set; }

    public string? Namespace { get; set; }

    public MetricStatistic? Statistic { get; set; }

    public string? Unit { get; set; }
}

/// <summary>
/// A name and a value that set a metric apart. Application Auto Scaling API reference, MetricDimension.
/// </summary>
public class MetricDimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
