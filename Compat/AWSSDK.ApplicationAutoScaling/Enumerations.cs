using Amazon.Runtime;

namespace Amazon.ApplicationAutoScaling;

/// <summary>Application Auto Scaling API reference, ServiceNamespace.</summary>
public class ServiceNamespace(string value) : ConstantClass(value)
{
    public static readonly ServiceNamespace Ecs = new("ecs");

    public static ServiceNamespace FindValue(string value) => FindValue<ServiceNamespace>(value);

    public static implicit operator ServiceNamespace(string value) => FindValue(value);
}

/// <summary>Application Auto Scaling API reference, ScalableDimension.</summary>
public class ScalableDimension(string value) : ConstantClass(value)
{
    public static readonly ScalableDimension EcsServiceDesiredCount = new("ecs:service:DesiredCount");

    public static ScalableDimension FindValue(string value) => FindValue<ScalableDimension>(value);

    public static implicit operator ScalableDimension(string value) => FindValue(value);
}

/// <summary>Application Auto Scaling API reference, PolicyType.</summary>
public class PolicyType(string value) : ConstantClass(value)
{
    public static readonly PolicyType PredictiveScaling = new("PredictiveScaling");
    public static readonly PolicyType StepScaling = new("StepScaling");
    public static readonly PolicyType TargetTrackingScaling = new("TargetTrackingScaling");

    public static PolicyType FindValue(string value) => FindValue<PolicyType>(value);

    public static implicit operator PolicyType(string value) => FindValue(value);
}

/// <summary>Application Auto Scaling API reference, MetricStatistic.</summary>
public class MetricStatistic(string value) : ConstantClass(value)
{
    public static readonly MetricStatistic Average = new("Average");
    public static readonly MetricStatistic Maximum = new("Maximum");
    public static readonly MetricStatistic Minimum = new("Minimum");
    public static readonly MetricStatistic SampleCount = new("SampleCount");
    public static readonly MetricStatistic Sum = new("Sum");

    public static MetricStatistic FindValue(string value) => FindValue<MetricStatistic>(value);

    public static implicit operator MetricStatistic(string value) => FindValue(value);
}

/// <summary>Application Auto Scaling API reference, MetricType.</summary>
public class MetricType(string value) : ConstantClass(value)
{
    public static readonly MetricType ALBRequestCountPerTarget = new("ALBRequestCountPerTarget");
    public static readonly MetricType ECSServiceAverageCPUUtilization = new("ECSServiceAverageCPUUtilization");
    public static readonly MetricType ECSServiceAverageMemoryUtilization = new("ECSServiceAverageMemoryUtilization");

    public static MetricType FindValue(string value) => FindValue<MetricType>(value);

    public static implicit operator MetricType(string value) => FindValue(value);
}
