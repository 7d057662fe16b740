using System.Collections.Immutable;
using Amazon.CloudWatch.Model;

namespace Support.Aws.Metrics;

/// <summary>Cuts values into requests of PutMetricData. Pure.</summary>
internal static class MetricBatches
{
    /// <summary>The most values of a request (CloudWatch API reference, PutMetricData: 1,000).</summary>
    public const int MostValues = 1000;

    /// <summary>
    /// The most bytes of a body. 1 MB are allowed; from 10,240 on the SDKs compress a body (SDKs and tools reference
    /// guide, request compression), which not every receiver in CloudWatch's place undoes, and the few requests more
    /// cost nothing here.
    /// </summary>
    public const int MostBytes = 10_000;

    // Names of members, brackets, a timestamp in seconds, a resolution, a unit, a number of 17 digits: 185 are less
    // than 200.
    private const int BytesBeside = 200;
    private const int BytesOfADimension = 24;

    // API reference, MetricDatum: two weeks in the past to two hours in the future.
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    /// <summary>The values of moments that CloudWatch takes.</summary>
    /// <param name="sets">The values by moment.</param>
    /// <param name="now">The time by this machine's clock.</param>
    public static ImmutableArray<MetricSet> Accepted(ImmutableArray<MetricSet> sets, DateTimeOffset now) =>
        [.. sets.Where(set => set.At > now - Oldest && set.At < now + Newest)];

    /// <summary>The requests' values, in order; every value is in one request.</summary>
    public static ImmutableArray<ImmutableArray<MetricDatum>> Of(ImmutableArray<MetricSet> sets, MetricSource source)
    {
        var dimensions = source.Dimensions.Known;
        var fixedBytes = BytesBeside + dimensions.Sum(one => one.Name.Length + one.Value.Length + BytesOfADimension);
        var batches = ImmutableArray.CreateBuilder<ImmutableArray<MetricDatum>>();
        var batch = ImmutableArray.CreateBuilder<MetricDatum>();
        var bytes = 0;
        foreach (var (set, value) in sets.SelectMany(set => set.Values.Select(value => (set, value))))
        {
            var size = fixedBytes + value.Name.Length;
            var isFull = batch.Count == MostValues || bytes + size > MostBytes - source.Namespace.Length - BytesBeside;
            if (batch.Count > 0 && isFull)
            {
                batches.Add(batch.DrainToImmutable());
                bytes = 0;
            }

            batch.Add(Datum(set, value, dimensions));
            bytes += size;
        }

        if (batch.Count > 0)
            batches.Add(batch.DrainToImmutable());
        return batches.ToImmutable();
    }

    private static MetricDatum Datum(
        MetricSet set, MetricValue value, ImmutableArray<MetricDimension> dimensions) => new()
    {
        MetricName = value.Name,
        Unit = value.Unit,
        Value = value.Value,
        StorageResolution = set.Resolution,
        Timestamp = set.At.UtcDateTime,
        Dimensions = [.. dimensions.Select(dimension => dimension.ToSdk())],
    };
}
