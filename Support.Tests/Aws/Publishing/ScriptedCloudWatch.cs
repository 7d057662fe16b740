using Amazon;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;

namespace Support.Tests.Aws.Publishing;

/// <summary>
/// A client whose answers are written down, for what no emulator does: pages, parts, minutes that come late.
/// </summary>
internal sealed class ScriptedCloudWatch(Func<int, GetMetricDataResponse> answer)
    : AmazonCloudWatchClient(new BasicAWSCredentials("test", "test"), RegionEndpoint.EUWest1)
{
    /// <summary>What was asked, in order.</summary>
    public List<GetMetricDataRequest> Asked { get; } = [];

    public override Task<GetMetricDataResponse> GetMetricDataAsync(
        GetMetricDataRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add(request);
        return Task.FromResult(answer(Asked.Count));
    }

    /// <summary>An answer with values of some metrics.</summary>
    public static GetMetricDataResponse Page(string? next, params MetricDataResult[] results) =>
        new() { NextToken = next, MetricDataResults = [.. results] };

    /// <summary>Values of one metric, in the order given.</summary>
    public static MetricDataResult Result(
        string id, StatusCode status, params (DateTimeOffset At, double Value)[] points) => new()
    {
        Id = id,
        StatusCode = status,
        Timestamps = [.. points.Select(point => point.At.UtcDateTime)],
        Values = [.. points.Select(point => point.Value)],
    };
}
