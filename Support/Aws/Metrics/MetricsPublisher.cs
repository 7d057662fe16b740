using System.Collections.Immutable;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Support.Reports;

namespace Support.Aws.Metrics;

/// <summary>Sends the metrics of a finished run by PutMetricData, once, in one go.</summary>
/// <remarks>
/// No value is put twice: <see cref="AwsClients.CloudWatch"/> sends a request again only where an error was answered.
/// Where no answer came, the values of that one request may or may not be there, and the publication says so.
/// </remarks>
/// <param name="client">Gives the client; may throw where no region is known.</param>
/// <param name="time">For the time limit, and for what is too old to be taken.</param>
internal sealed class MetricsPublisher(Func<IAmazonCloudWatch> client, TimeProvider time)
{
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Sends steps and verdict; never throws for anything that AWS or the network does.</summary>
    public Task<Publication> PublishAsync(
        CapacityReport report, MetricSource source, CancellationToken cancellationToken)
    {
        var steps = report.Rebuilt is null ? report.Steps.Select(MetricSets.OfStep) : [];
        return PublishAsync(
            [.. steps.Append(MetricSets.OfVerdict(report)).OfType<MetricSet>()], source, cancellationToken);
    }

    internal async Task<Publication> PublishAsync(
        ImmutableArray<MetricSet> sets, MetricSource source, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var batches = MetricBatches.Of(MetricBatches.Accepted(sets, startedAt), source);
        var sent = new Sent(Wanted: sets.Sum(set => set.Values.Length), source.Namespace, batches.Length);
        using var budget = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(budget.Token, cancellationToken);
        try
        {
            foreach (var batch in batches)
            {
                await AwsCalls.WithTimeoutAsync(
                    token => client().PutMetricDataAsync(
                        new() { Namespace = source.Namespace, MetricData = [.. batch] }, token),
                    either.Token).ConfigureAwait(false);
                sent = sent with { Values = sent.Values + batch.Length, Requests = sent.Requests + 1 };
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return sent.Stopped(
                cancellationToken.IsCancellationRequested
                    ? "the run was stopped meanwhile"
                    : Say($"the {Within.TotalSeconds:0.#} s that publishing may take were over"));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return sent.Failed(AwsFault.Of(fault, "cloudwatch:PutMetricData"), IsInDoubt(fault));
        }

        return sent.Done();
    }

    // What was sent and not answered; what found no connection, or no credentials, was not sent.
    private static bool IsInDoubt(Exception fault) =>
        !AtMostOnceCloudWatchClient.IsAnswered(fault) && AwsFaultKinds.Of(fault) switch
    {
        AwsFaultKind.NoAnswer or AwsFaultKind.WrongEndpoint => true,
        AwsFaultKind.Unreachable => AwsFaultKinds.Find<HttpRequestException>(fault) is not
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        },
        _ => false,
    };

    private sealed record Sent(int Wanted, string Namespace, int Batches)
    {
        public int Values { get; init; }
        public int Requests { get; init; }

        private string Where => $"CloudWatch namespace {Namespace}, PutMetricData";

        public Publication Done() => Values == Wanted
            ? new(
                "metrics", PublicationOutcome.Published, Where,
                Wanted == 0
                    ? "nothing was measured, so there was nothing to send"
                    : Say($"{Values} values in {Requests} requests"))
            : Not(
                Say($"{Wanted - Values} of {Wanted} values were of a time that CloudWatch does not take, ")
                    + Say($"more than 14 days ago or 2 hours ahead; {Values} were sent"),
                "Set the clock of this machine.");

        public Publication Stopped(string why) =>
            Not(
                $"{Taken(inDoubt: true)}: {why}",
                "Look at the network between this task and CloudWatch (route, NAT or VPC endpoint for monitoring); "
                    + "the values are in capacity.json.");

        public Publication Failed(AwsFault fault, bool inDoubt) => Not($"{Taken(inDoubt)}: {fault}", fault.Next);

        private string Taken(bool inDoubt) =>
            Say($"{Requests} of {Batches} requests ({Values} of {Wanted} values) were taken")
                + (inDoubt ? ", the values of one more may or may not be there" : "");

        private Publication Not(string detail, string next) => new(
            "metrics", PublicationOutcome.NotPublished, Where, "measured, not published: " + detail, next);
    }
}

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

    /// <summary>The values of moments that CloudWatch takes, by this machine's clock.</summary>
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
