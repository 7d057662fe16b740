using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Metrics;
using Support.Reports;
using Support.Tests.Pool.Faults;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

/// <summary>Against a real emulator, and against one that fails.</summary>
internal sealed class MetricsPublisherTests
{
    private static readonly FakeTimeProvider Clock = new(SampleReports.Started.AddMinutes(10));

    [Test]
    [CancelAfter(120_000)]
    public async Task What_was_published_is_read_back_equal_and_once(CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var report = SampleReports.LimitFound();
        var source = MetricSources.Of("ReadBack");
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync(report, source, cancellationToken);
        var requests = proxy.Requests;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.Published), published.Detail);
            Assert.That(await ReadAsync(clients.CloudWatch, source, "Held", "SampleCount"), Is.EqualTo(6));
            Assert.That(
                await ReadAsync(clients.CloudWatch, source, "Held", "Sum"), Is.EqualTo(10 + 25 + 50 + 100 + 200 + 350));
            Assert.That(await ReadAsync(clients.CloudWatch, source, "SuccessRate", "Minimum"), Is.EqualTo(70));
            Assert.That(await ReadAsync(clients.CloudWatch, source, "SafeLimit", "Maximum"), Is.EqualTo(280));
            Assert.That(published.Detail, Is.EqualTo(
                string.Create(CultureInfo.InvariantCulture, $"{Values(report)} values in {requests} requests")));
            Assert.That(
                proxy.Seen.Take(requests).Select(request => request.Body.Length),
                Is.All.LessThan(10_240),
                "what is larger is compressed, and not every receiver undoes that");
            Assert.That(proxy.Seen.Select(request => request.Header("Content-Encoding")), Is.All.Empty);
        }
    }

    [Test]
    public async Task A_run_that_was_throttled_for_a_moment_is_published_once([Values] bool serverFault)
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        proxy.Fail(serverFault ? Fault.Unavailable : Fault.Throttled, times: 1);
        var source = MetricSources.Of("Throttled" + serverFault);
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([SetOf(3)], source, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.Published), published.Detail);
            Assert.That(proxy.Requests, Is.EqualTo(2));
            Assert.That(await ReadAsync(clients.CloudWatch, source, "Metric0", "SampleCount"), Is.EqualTo(1));
        }
    }

    private static IEnumerable<TestCaseData> Faults() =>
    [
        new TestCaseData(Fault.Throttled, AwsFaultKind.Throttled, 3).SetArgDisplayNames("throttled"),
        new TestCaseData(Fault.Broken, AwsFaultKind.ServiceFault, 3).SetArgDisplayNames("5xx"),
        new TestCaseData(Fault.ExpiredToken, AwsFaultKind.ExpiredCredentials, 1)
            .SetArgDisplayNames("expired credentials"),
        new TestCaseData(Fault.Denied("cloudwatch:PutMetricData"), AwsFaultKind.MissingPermission, 1)
            .SetArgDisplayNames("no permission"),
        new TestCaseData(Fault.SkewedClock, AwsFaultKind.ClockSkew, 1).SetArgDisplayNames("clock skew"),
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task What_AWS_refuses_is_measured_and_not_published(object fault, object kind, int mostRequests)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail((Fault)fault);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([SetOf(1)], MetricSources.Of(), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.NotPublished));
            Assert.That(published.Detail, Does.StartWith(
                "measured, not published: 0 of 1 requests (0 of 1 values) were taken: cloudwatch:PutMetricData: "));
            Assert.That(published.Detail, Does.Contain(WordOf((AwsFaultKind)kind)));
            Assert.That(published.Next, Is.Not.Empty);
            Assert.That(proxy.Requests, Is.LessThanOrEqualTo(mostRequests));
        }
    }

    [Test]
    public async Task Where_no_answer_came_nothing_is_sent_again_and_the_doubt_is_said()
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        proxy.Fail(Fault.Closed, times: 1);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([SetOf(1)], MetricSources.Of("Doubt"), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(proxy.Requests, Is.EqualTo(1));
            Assert.That(published.Detail, Does.Contain(
                "0 of 1 requests (0 of 1 values) were taken, the values of one more may or may not be there: "));
        }
    }

    private static IEnumerable<TestCaseData> Silences() =>
    [
        new TestCaseData(Fault.Hang).SetArgDisplayNames("no answer"),
        new TestCaseData(Fault.Silence).SetArgDisplayNames("head, then silence"),
    ];

    [TestCaseSource(nameof(Silences))]
    [CancelAfter(60_000)]
    public async Task Who_never_answers_holds_nobody_up(object silence, CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail((Fault)silence);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var clock = new FakeTimeProvider(Clock.GetUtcNow());
        var publishing = new MetricsPublisher(() => clients.CloudWatch, clock)
            .PublishAsync([SetOf(1)], MetricSources.Of(), CancellationToken.None);
        await TestPool.UntilAsync(() => proxy.Requests > 0, cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(15));
        var published = await publishing;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(published.Outcome, Is.EqualTo(PublicationOutcome.NotPublished));
            Assert.That(published.Detail, Does.Contain("the 15 s that publishing may take were over"));
        }
    }

    [Test]
    public async Task A_refused_connection_and_a_missing_region_have_words()
    {
        var proxy = FaultProxy.Start();
        var closed = proxy.Url;
        await proxy.DisposeAsync();
        using var clients = SharedMoto.ClientsOf(closed, retries: 0);
        var refused = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([SetOf(1)], MetricSources.Of(), CancellationToken.None);
        var nowhere = await new MetricsPublisher(
            () => throw new AmazonClientException("No RegionEndpoint or ServiceURL configured"),
            Clock).PublishAsync([SetOf(1)], MetricSources.Of(), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Detail, Does.Contain("no connection").And.Not.Contain("may or may not"));
            Assert.That(nowhere.Detail, Does.Contain("no region"));
        }
    }

    [Test]
    public async Task A_stopped_run_is_said_to_be_one()
    {
        await using var proxy = FaultProxy.Start();
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([SetOf(1)], MetricSources.Of(), new CancellationToken(canceled: true));
        Assert.That(published.Detail, Does.EndWith("the run was stopped meanwhile"));
    }

    [Test]
    public async Task What_is_too_old_for_CloudWatch_is_not_sent_and_said()
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        var old = SetOf(2) with { At = Clock.GetUtcNow() - TimeSpan.FromDays(15) };
        var published = await new MetricsPublisher(() => clients.CloudWatch, Clock)
            .PublishAsync([old, SetOf(3)], MetricSources.Of("Old"), CancellationToken.None);
        Assert.That(published.Detail, Does.StartWith("measured, not published: 2 of 5 values were of a time that "
            + "CloudWatch does not take").And.EndWith("3 were sent"));
    }

    [Test]
    public void Every_value_is_in_one_request_and_none_is_over_a_limit()
    {
        var longest = new string('n', 255);
        var source = new MetricSource(longest, new(longest, longest, longest, longest), "", "");
        ImmutableArray<MetricSet> sets = [.. Enumerable.Range(0, 100).Select(_ => SetOf(20))];
        var batches = MetricBatches.Of(sets, source);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(batches.Sum(batch => batch.Length), Is.EqualTo(2000));
            Assert.That(batches.SelectMany(batch => batch).Distinct().Count(), Is.EqualTo(2000));
            Assert.That(batches.Select(batch => batch.Length), Is.All.LessThanOrEqualTo(1000).And.All.GreaterThan(0));
            Assert.That(batches.Select(batch => JsonSerializer.SerializeToUtf8Bytes(
                new { Namespace = longest, MetricData = batch.Select(Plain) }).Length), Is.All.LessThan(10_240));
        }
    }

    private static object Plain(MetricDatum datum) =>
        new
        {
            datum.MetricName, datum.Dimensions, datum.Timestamp, Unit = datum.Unit!.Value, datum.Value,
            datum.StorageResolution,
        };

    private static int Values(CapacityReport report) =>
        report.Steps.Select(MetricSets.OfStep)
            .Append(MetricSets.OfVerdict(report)).OfType<MetricSet>().Sum(set => set.Values.Length);

    private static MetricSet SetOf(int values) =>
        new(SampleReports.Started, 10, [.. Enumerable.Range(0, values)
            .Select(number => new MetricValue($"Metric{number}", "Count", number + 0.123456789012345))]);

    private static string WordOf(AwsFaultKind kind) => kind switch
    {
        AwsFaultKind.Throttled => "throttled",
        AwsFaultKind.ServiceFault => "500",
        AwsFaultKind.ExpiredCredentials => "expired",
        AwsFaultKind.MissingPermission => "no permission",
        _ => "clock",
    };

    private static async Task<double> ReadAsync(
        IAmazonCloudWatch client, MetricSource source, string name, string statistic)
    {
        var answer = await client.GetMetricDataAsync(new()
        {
            StartTime = SampleReports.Started.UtcDateTime.AddHours(-1),
            EndTime = SampleReports.Started.UtcDateTime.AddHours(1),
            MetricDataQueries =
            [
                new()
                {
                    Id = "read",
                    MetricStat = new()
                    {
                        Metric = new()
                        {
                            Namespace = source.Namespace,
                            MetricName = name,
                            Dimensions = [.. source.Dimensions.Known.Select(
                                known => new Dimension { Name = known.Name, Value = known.Value })],
                        },
                        Period = 7200,
                        Stat = statistic,
                    },
                },
            ],
        });
        return answer.MetricDataResults!.Single().Values!.Single();
    }
}
