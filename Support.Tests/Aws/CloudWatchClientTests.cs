using System.Text.Json.Nodes;
using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using NUnit.Framework;
using Support.Aws;

namespace Support.Tests.Aws;

/// <summary>The client of CloudWatch against the emulator. Only members of the official package are used.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class CloudWatchClientTests
{
    private static readonly DateTime Minute = new(
        (TimeProvider.System.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute - 5) * TimeSpan.TicksPerMinute,
        DateTimeKind.Utc);

    private FaultProxy proxy = null!;
    private AwsClients clients = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        clients = AwsTestClients.For(proxy.Url);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        clients?.Dispose();
        if (proxy is not null)
            await proxy.DisposeAsync();
    }

    [TearDown]
    public void PassOn() => proxy.Fail(null);

    [Test]
    public async Task What_is_put_is_got()
    {
        List<Dimension> dimensions = [new() { Name = "Cluster", Value = "main" }];
        var put = await clients.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "WebSocketCapacity",
            MetricData =
            [
                new() { MetricName = "Held", Dimensions =
                    dimensions, Timestamp = Minute, Value = 350.5, Unit = StandardUnit.Count, StorageResolution = 60 },
                new() { MetricName = "Latency", Dimensions = dimensions, Timestamp = Minute, Values = [
                    1,
                    2,
                ], Counts = [3, 1], Unit = StandardUnit.Milliseconds },
                new()
                {
                    MetricName = "Memory",
                    Dimensions = dimensions,
                    Timestamp = Minute,
                    StatisticValues = new() { SampleCount = 2, Sum = 30, Minimum = 10, Maximum = 20 },
                    Unit = StandardUnit.Bytes,
                },
            ],
        });
        var got = await clients.CloudWatch.GetMetricDataAsync(new GetMetricDataRequest
        {
            StartTime = Minute.AddMinutes(-1),
            EndTime = Minute.AddMinutes(2),
            ScanBy = ScanBy.TimestampAscending,
            MetricDataQueries = [Query("held", "Held", "Average"), Query(
                "latency", "Latency", "SampleCount"), Query("memory", "Memory", "Sum")],
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.ResponseMetadata.RequestId, Is.Not.Empty);
            Assert.That(
                got.MetricDataResults!.Select(result => (result.Id, result.Values!.Single())),
                Is.EqualTo([("held", 350.5), ("latency", 4.0), ("memory", 30.0)]));
            Assert.That(
                got.MetricDataResults!.Select(result => result.StatusCode), Has.All.EqualTo(StatusCode.Complete));
            Assert.That(got.MetricDataResults![0].Timestamps!.Single().ToUniversalTime(), Is.EqualTo(Minute));
            Assert.That(got.NextToken, Is.Null);
        }

        MetricDataQuery Query(string id, string metric, string statistic) => new()
        {
            Id = id,
            ReturnData = true,
            MetricStat = new()
            {
                Metric = new() { Namespace = "WebSocketCapacity", MetricName = metric, Dimensions = dimensions },
                Period = 60,
                Stat = statistic,
            },
        };
    }

    [Test]
    public async Task A_request_is_signed_for_monitoring_and_moments_are_seconds()
    {
        await clients.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest
        {
            Namespace = "N",
            MetricData = [new() { MetricName = "M", Timestamp = new DateTime(
                2026, 11, 22, 3, 0, 0, 250, DateTimeKind.Utc), Value = 1, Unit = StandardUnit.CountSecond }],
        });
        var seen = proxy.Seen[^1];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Header("X-Amz-Target"), Is.EqualTo("GraniteServiceVersion20100801.PutMetricData"));
            Assert.That(seen.Header("Content-Type"), Does.StartWith("application/x-amz-json-1.0"));
            Assert.That(seen.Header("Authorization"), Does.Contain("/eu-west-1/monitoring/aws4_request"));
            Assert.That(
                JsonNode.DeepEquals(JsonNode.Parse(seen.Text), JsonNode.Parse("""{"MetricData":["""
                    + """{"MetricName":"M","Timestamp":1795316400.25,"Unit":"Count/Second","Value":1}]"""
                    + ""","Namespace":"N"}""")),
                Is.True, seen.Text);
        }
    }

    [Test]
    public void A_wrong_value_is_the_exception_of_its_name()
    {
        proxy.Fail(new Fault.Error(
            System.Net.HttpStatusCode.BadRequest,
            "InvalidParameterValueException",
            "The value NaN for parameter MetricData.member.1.Value is invalid."));
        var error = Assert.ThrowsAsync<InvalidParameterValueException>(
            () => clients.CloudWatch.PutMetricDataAsync(new PutMetricDataRequest { Namespace = "N", MetricData = [] }));

        Assert.That(error!.Message, Does.Contain("NaN"));
    }

    [Test]
    public async Task A_page_and_its_token_are_read()
    {
        proxy.Fail(Fault.Json("""{"MetricDataResults":[{"Id":"a","StatusCode":"PartialData","Timestamps":"""
            + """[1795316400],"Values":[1e3],"Messages":[{"Code":"C","Value":"V"}]}],"NextToken":"next","Messages":"""
            + """[]}"""));
        var got = await clients.CloudWatch.GetMetricDataAsync(
            new GetMetricDataRequest { StartTime = Minute, EndTime = Minute, MetricDataQueries = [] });
        var result = got.MetricDataResults!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(got.NextToken, Is.EqualTo("next"));
            Assert.That(result.StatusCode, Is.EqualTo(StatusCode.PartialData));
            Assert.That(result.Values, Is.EqualTo([1000.0]));
            Assert.That(result.Messages!.Single().Code, Is.EqualTo("C"));
        }
    }
}
