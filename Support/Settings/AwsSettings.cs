namespace Support.Settings;

/// <summary>What is read from AWS, and what is left there. Region and credentials are those of the AWS SDK: its variables, its profile, the task role.</summary>
public sealed record AwsSettings
{
    /// <summary>The task definition to check, as a file: what <c>register-task-definition</c> takes or what <c>describe-task-definition</c> prints.</summary>
    /// <value>Absolute. Default: null, no file is checked.</value>
    public string? TaskDefinition { get; init; }

    /// <summary>The cluster of the service under test: its name or ARN.</summary>
    /// <value>Default: null, the cluster that this task runs in, else <c>default</c>.</value>
    public string? Cluster { get; init; }

    /// <summary>The service under test: its name or ARN.</summary>
    /// <value>Default: null, no service is read.</value>
    public string? Service { get; init; }

    /// <summary>The load balancer before the service, as CloudWatch names it: <c>app/NAME/ID</c>.</summary>
    /// <value>Default: null, no load balancer is read.</value>
    public string? LoadBalancer { get; init; }

    /// <summary>How long to wait for minutes of the service's metrics that CloudWatch does not have yet.</summary>
    /// <value>0 to 15 min; 0 asks once. Default: 3 min, the longest that a load balancer's metrics are late.</value>
    public TimeSpan MetricsWait { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How metrics get to CloudWatch.</summary>
    /// <value>Default: null, embedded metric format in an ECS task and nothing elsewhere.</value>
    public MetricChannel? Publish { get; init; }

    /// <summary>The CloudWatch namespace of the metrics.</summary>
    /// <value>1 to 255 characters, not starting with <c>AWS/</c>. Default: <c>WebSocketCapacity</c>.</value>
    public string Namespace { get; init; } = "WebSocketCapacity";

    /// <summary>Whether a dashboard of the metrics is written among the reports. Default: false.</summary>
    public bool Dashboard { get; init; }

    /// <summary>The S3 bucket that the reports are uploaded to.</summary>
    /// <value>Default: null, they are not.</value>
    public string? ReportsBucket { get; init; }

    /// <summary>What the keys in the bucket start with, before the run's id; without slashes at its ends.</summary>
    /// <value>Default: <c>capacity</c>.</value>
    public string ReportsPrefix { get; init; } = "capacity";
}

/// <summary>How metrics get to CloudWatch.</summary>
public enum MetricChannel
{
    /// <summary>They don't.</summary>
    Off,

    /// <summary>As embedded metric format: lines of a file that the entry point puts on the container's output, for the log driver to deliver.</summary>
    Emf,

    /// <summary>By PutMetricData.</summary>
    Api,
}
