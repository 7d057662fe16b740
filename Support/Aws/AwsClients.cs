using Amazon;
using Amazon.ApplicationAutoScaling;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.ECS;
using Amazon.ElasticLoadBalancingV2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace Support.Aws;

/// <summary>
/// The clients of AWS, each made when it is first used and with timeouts: AWS never holds a measurement up.
/// Credentials are those of the SDK's own chain: variables, profile, task role, instance role.
/// </summary>
internal sealed class AwsClients : IDisposable
{
    /// <summary>How long one attempt waits for the head of the answer, but for S3: 5 s.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long one attempt of S3 may take: 15 s, for a report goes up with it.</summary>
    public static readonly TimeSpan UploadTimeout = TimeSpan.FromSeconds(15);

    /// <summary>How often a call is tried again, with the standard mode's growing pauses: 2 times.</summary>
    public const int Retries = 2;

    private readonly string? fallbackRegion;
    private readonly Action<ClientConfig> configure;
    private readonly Lazy<IAmazonECS> ecs;
    private readonly Lazy<IAmazonCloudWatch> cloudWatch;
    private readonly Lazy<IAmazonS3> s3;
    private readonly Lazy<IAmazonApplicationAutoScaling> autoScaling;
    private readonly Lazy<IAmazonElasticLoadBalancingV2> loadBalancing;

    /// <param name="fallbackRegion">The region where neither a variable nor a profile names one; null: none.</param>
    public AwsClients(string? fallbackRegion = null)
        : this(fallbackRegion, _ => { })
    {
    }

    internal AwsClients(string? fallbackRegion, Action<ClientConfig> configure)
    {
        (this.fallbackRegion, this.configure) = (fallbackRegion, configure);
        ecs = new(() => new AmazonECSClient(Configured(new AmazonECSConfig())));
        cloudWatch = new(() => new AtMostOnceCloudWatchClient(Configured(new AmazonCloudWatchConfig())));
        s3 = new(() => new AmazonS3Client(PathStyle(Configured(new AmazonS3Config(), UploadTimeout))));
        autoScaling = new(() => new AmazonApplicationAutoScalingClient(
            Configured(new AmazonApplicationAutoScalingConfig())));
        loadBalancing = new(() => new AmazonElasticLoadBalancingV2Client(
            Configured(new AmazonElasticLoadBalancingV2Config())));
    }

    /// <summary>
    /// That of a variable or a profile, else the fallback, as <c>eu-west-1</c>; null where none is known.
    /// </summary>
    // Not the instance metadata: outside of EC2 nobody answers there, and a task knows its region by its ARN.
    public string? Region =>
        FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName ?? fallbackRegion;

    /// <summary>As all of them, throws <see cref="AmazonClientException"/> where no region is known.</summary>
    public IAmazonECS Ecs => ecs.Value;

    public IAmazonCloudWatch CloudWatch => cloudWatch.Value;

    public IAmazonS3 S3 => s3.Value;

    public IAmazonApplicationAutoScaling AutoScaling => autoScaling.Value;

    public IAmazonElasticLoadBalancingV2 LoadBalancing => loadBalancing.Value;

    public void Dispose()
    {
        DisposeOf(ecs);
        DisposeOf(cloudWatch);
        DisposeOf(s3);
        DisposeOf(autoScaling);
        DisposeOf(loadBalancing);
    }

    private static void DisposeOf<T>(Lazy<T> client)
        where T : IDisposable
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }

    private T Configured<T>(T config, TimeSpan? timeout = null)
        where T : ClientConfig
    {
        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = Retries;
        // Ten more, by default, for an answer that breaks off: what was received would be sent eleven times. HttpClient
        // itself renews a stale connection.
        config.MaxStaleConnectionRetries = 0;
        config.Timeout = timeout ?? CallTimeout;
        if (Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            // Beside a URL from AWS_ENDPOINT_URL the region is forgotten, and the signature is made for us-east-1.
            config.AuthenticationRegion = region;
        }

        configure(config);
        return config;
    }

    // A bucket is no label of the host where the host is not that of S3.
    private static AmazonS3Config PathStyle(AmazonS3Config config)
    {
        config.ForcePathStyle = !string.IsNullOrEmpty(config.ServiceURL);
        return config;
    }
}

/// <summary>
/// CloudWatch, with values that are never put twice: PutMetricData has no idempotency token (API reference), so
/// that it is tried again only where an error was answered (throttled, 5xx).
/// </summary>
internal sealed class AtMostOnceCloudWatchClient(AmazonCloudWatchConfig config) : AmazonCloudWatchClient(config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new AnsweredOnly(Config)));
    }

    private sealed class AnsweredOnly(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
        {
            if (executionContext.RequestContext.OriginalRequest is PutMetricDataRequest && !IsAnswered(exception))
                return false;
            return await base.RetryForExceptionAsync(executionContext, exception).ConfigureAwait(false);
        }
    }

    public static bool IsAnswered(Exception error) =>
        error is AmazonServiceException { StatusCode: not 0 } and not AmazonUnmarshallingException;
}
