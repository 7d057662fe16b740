using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Support.Aws;

/// <summary>
/// CloudWatch, with values that are never put twice: PutMetricData is tried again only where an error was answered
/// (throttled, 5xx). Where no answer came, or a broken one, CloudWatch may have the values, and would count them again
/// (API reference: it knows no idempotency token).
/// </summary>
/// <param name="config">The client's configuration; its retries hold for what is only read.</param>
internal sealed class AtMostOnceCloudWatchClient(AmazonCloudWatchConfig config) : AmazonCloudWatchClient(config)
{
    /// <inheritdoc/>
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

    /// <summary>Whether the service itself said no.</summary>
    public static bool IsAnswered(Exception error) =>
        error is AmazonServiceException { StatusCode: not 0 } and not AmazonUnmarshallingException;
}
