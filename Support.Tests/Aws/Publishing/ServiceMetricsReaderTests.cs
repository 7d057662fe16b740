using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using Support.Aws.Services;
using Support.Ecs;
using Support.Tests.Verdict;
using Support.Verdict;
using static Support.Tests.Aws.Publishing.ScriptedCloudWatch;

namespace Support.Tests.Aws.Publishing;

internal sealed class ServiceMetricsReaderTests
{
    private static readonly DateTimeOffset First = new(2026, 11, 15, 9, 30, 0, TimeSpan.Zero);
    private static readonly RunWindow ThreeMinutes =
        new(First, First.AddMinutes(3), 350, First.AddMinutes(1), [First.AddMinutes(1), First.AddMinutes(2)]);
    private static readonly RunWindow OneMinute = new(First, First.AddMinutes(1), 350, First, [First]);
    private static readonly ServiceScope Service = new("prod", "chat", null);
    private static readonly ServiceScope LoadBalancer = new(null, null, "app/my-alb/50dc6c495c0c9188");
    private static readonly RunEvidence LongRun =
        Given.Run(Given.Step(10, 10).But(result => result with { Seconds = 180 }));
    private static readonly string[] OfTheService = ["cpuAverage", "cpuMaximum", "memoryMaximum"];

    [Test]
    public async Task Pages_are_followed_and_values_are_told_apart_by_their_minute()
    {
        using var client = new ScriptedCloudWatch(asked => asked == 1
            ? Page("more", [.. OfTheService.Select(
                id => Result(id, StatusCode.PartialData, (First.AddMinutes(2), 30), (First.AddMinutes(1), 20)))])
            : Page(null, [.. OfTheService.Select(id => Result(
                id, StatusCode.Complete, (First, 10), (First.AddMinutes(3), 99), (First.AddMinutes(-1), 98)))]));
        var metrics = await ReadAsync(client, Service, ThreeMinutes);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Asked.Select(request => request.NextToken), Is.EqualTo(new[] { null, "more" }));
            Assert.That(metrics.Metrics[0].Points, Is.EqualTo(new[]
            {
                new MetricPoint(First, 10),
                new(First.AddMinutes(1), 20),
                new(First.AddMinutes(2), 30),
            }), "what is outside of the window is not the run's");
            Assert.That(metrics.Metrics.Select(metric => metric.Problem), Is.All.Null);
            Assert.That(metrics.Service, Is.EqualTo("prod/chat"));
        }
    }

    [Test]
    public async Task The_request_has_the_run_window_and_names_in_the_order_that_AWS_documents()
    {
        using var client = new ScriptedCloudWatch(_ => Page(null));
        await ReadAsync(client, new(
            "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
            "arn:aws:ecs:eu-west-1:123456789012:service/prod/chat",
            LoadBalancer.LoadBalancer), ThreeMinutes);
        var request = client.Asked.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (request.StartTime, request.EndTime), Is.EqualTo((First.UtcDateTime, First.AddMinutes(3).UtcDateTime)));
            Assert.That(
                request.MetricDataQueries!.Select(query => query.Id), Is.Unique.And.All.Match("^[a-z][A-Za-z0-9_]*$"));
            Assert.That(
                request.MetricDataQueries!.Select(query => query.MetricStat!.Unit),
                Is.All.Null,
                "with a unit that does not match, CloudWatch answers nothing");
            Assert.That(request.MetricDataQueries!.Select(query => query.MetricStat!.Period), Is.All.EqualTo(60));
            Assert.That(
                Dimensions(request.MetricDataQueries![0]),
                Is.EqualTo("AWS/ECS CPUUtilization ClusterName=prod ServiceName=chat"));
            Assert.That(
                Dimensions(request.MetricDataQueries![3]),
                Is.EqualTo("AWS/ApplicationELB ActiveConnectionCount LoadBalancer=app/my-alb/50dc6c495c0c9188"));
        }
    }

    [Test]
    public async Task Late_minutes_are_waited_for_and_said()
    {
        using var client = new ScriptedCloudWatch(asked => Page(null, [.. OfTheService.Select(id =>
            Result(
                id,
                StatusCode.Complete,
                [.. Enumerable.Range(0, asked).Select(minute => (First.AddMinutes(minute), 10.0))]))]));
        var said = new List<string>();
        var metrics = await ReadAsync(client, Service, ThreeMinutes, TimeSpan.FromMinutes(1), said);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Asked, Has.Count.EqualTo(3));
            Assert.That(metrics.Metrics.Select(metric => metric.Points.Length), Is.All.EqualTo(3));
            Assert.That(said, Has.Count.EqualTo(2));
            Assert.That(said[0], Does.StartWith("waiting for CloudWatch: 6 minutes of CPUUtilization, "
                + "MemoryUtilization are still missing; at most ").And.EndWith("s more (Aws.MetricsWait)"));
        }
    }

    [Test]
    public async Task Waiting_ends_and_no_data_is_no_data()
    {
        using var once = new ScriptedCloudWatch(_ => Page(null));
        using var bounded = new ScriptedCloudWatch(_ => Page(null));
        var metrics = await ReadAsync(once, Service, ThreeMinutes);
        await new ServiceMetricsReader(
            () => bounded,
            new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(10) }) { Between = TimeSpan.Zero }
            .ReadAsync(Service, ThreeMinutes, TimeSpan.FromSeconds(60), _ => { }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(once.Asked, Has.Count.EqualTo(1));
            Assert.That(bounded.Asked, Has.Count.EqualTo(6), "at 0, and then while less than 60 s have passed");
            Assert.That(metrics.Problem, Is.Null);
            Assert.That(
                metrics.Metrics.Select(metric => (metric.Greatest, metric.IsOver)),
                Is.All.EqualTo(((double?)null, (bool?)null)));
        }
    }

    [Test]
    public async Task A_load_balancer_is_waited_for_until_every_minute_with_load_is_there_and_asked_once_more()
    {
        using var client = new ScriptedCloudWatch(asked => Page(null, Result(
            "active",
            StatusCode.Complete,
            asked == 1 ? [(First.AddMinutes(1), 700)] : [(First.AddMinutes(1), 700), (First.AddMinutes(2), 20)])));
        var metrics = await ReadAsync(client, LoadBalancer, ThreeMinutes, TimeSpan.FromMinutes(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Asked, Has.Count.EqualTo(3));
            Assert.That(
                metrics.Metrics[0].Note,
                Does.EndWith("in the minute of 09:31 UTC 700 ÷ 2 = 350, and the run held 350"));
            Assert.That(ServiceJudge.Findings(new() { Service = metrics }), Is.Empty);
        }
    }

    [Test]
    public async Task A_metric_that_CloudWatch_failed_to_read_is_asked_for_again_and_one_that_is_forbidden_says_so()
    {
        using var client = new ScriptedCloudWatch(asked => Page(
            null,
            Result("cpuAverage", asked == 1 ? StatusCode.InternalError : StatusCode.Complete, (First, 10)),
            Result("cpuMaximum", StatusCode.Complete, (First, 10)),
            Result("memoryMaximum", StatusCode.Forbidden)));
        var metrics = await ReadAsync(client, Service, OneMinute, TimeSpan.FromMinutes(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Asked, Has.Count.EqualTo(2), "what is forbidden stays so");
            Assert.That(metrics.Metrics[0].Problem, Is.Null);
            Assert.That(metrics.Metrics[2].Problem, Is.EqualTo("CloudWatch does not allow it to be read"));
            Assert.That(metrics.Metrics[2].Next, Does.Contain("deploy/iam/task-role-policy.json"));
            Assert.That(
                ServiceJudge.Findings(LongRun with { Service = metrics }).Select(finding => finding.Id),
                Is.EqualTo(new[] { "Service.MemoryUtilization.Maximum" }));
        }
    }

    [Test]
    public async Task A_round_that_fails_later_costs_nothing_of_what_is_there()
    {
        using var mended = new ScriptedCloudWatch(
            asked => asked == 2 ? throw new IOException("broken off") : Page(null, Of(asked == 1 ? 1 : 3)));
        using var broken = new ScriptedCloudWatch(
            asked => asked > 1 ? throw new IOException("broken off") : Page(null, Of(1)));
        var whole = await ReadAsync(mended, Service, ThreeMinutes, TimeSpan.FromMinutes(1));
        var part = await ReadAsync(broken, Service, ThreeMinutes, TimeSpan.FromMilliseconds(50));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((whole.Problem, whole.Metrics[0].Points.Length), Is.EqualTo(((string?)null, 3)));
            Assert.That((part.IsRead, part.Metrics[0].Points.Length), Is.EqualTo((true, 1)));
            Assert.That(part.Problem, Does.StartWith("cloudwatch:GetMetricData: no connection"));
        }

        static MetricDataResult[] Of(int minutes) => [.. OfTheService.Select(id => Result(
            id,
            StatusCode.Complete,
            [.. Enumerable.Range(0, minutes).Select(minute => (First.AddMinutes(minute), 10.0))]))];
    }

    [Test]
    public async Task A_service_that_always_names_another_page_does_not_hold_the_run()
    {
        using var client = new ScriptedCloudWatch(_ => Page("again"));
        var metrics = await ReadAsync(client, Service, OneMinute, TimeSpan.FromMinutes(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics.Problem, Does.StartWith("CloudWatch named yet another page after 50"));
            Assert.That(client.Asked, Has.Count.EqualTo(50));
        }
    }

    [Test]
    public async Task What_is_put_into_an_emulator_is_read_from_it()
    {
        await using var proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        await PutAsync(clients.CloudWatch, "AWS/ECS", "CPUUtilization",
            [new() { Name = "ClusterName", Value = "prod" }, new() { Name = "ServiceName", Value = "chat" }], 91.5);
        await PutAsync(clients.CloudWatch, "AWS/ApplicationELB", "ActiveConnectionCount",
            [new() { Name = "LoadBalancer", Value = LoadBalancer.LoadBalancer }], 700);
        var metrics = await new ServiceMetricsReader(() => clients.CloudWatch, TimeProvider.System)
            .ReadAsync(Service with { LoadBalancer = LoadBalancer.LoadBalancer }, OneMinute, TimeSpan.Zero, _ => { },
                CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics.Problem, Is.Null);
            Assert.That(metrics.Metrics.Where(metric => !metric.Points.IsEmpty)
                .Select(metric => (metric.Name, metric.Statistic, metric.Greatest)), Is.EqualTo(new[]
            {
                ("CPUUtilization", "Average", 91.5), ("CPUUtilization", "Maximum", 91.5),
                ("ActiveConnectionCount", "Sum", (double?)700),
            }));
            Assert.That(metrics.Metrics[0].IsOver, Is.True);
            Assert.That(ServiceJudge.Exceeded(metrics), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task Without_permission_or_answer_the_problem_is_named_with_what_to_do()
    {
        await using var proxy = FaultProxy.Start();
        using var clients = SharedMoto.ClientsOf(proxy.Url);
        proxy.Fail(Fault.Denied("cloudwatch:GetMetricData"));
        var denied = await ReadAsync(clients.CloudWatch, Service, OneMinute, TimeSpan.FromMinutes(1));
        proxy.Fail(Fault.Hang);
        var hanging = await new ServiceMetricsReader(
            () => clients.CloudWatch, TimeProvider.System) { AnswersWithin = TimeSpan.FromMilliseconds(300) }
            .ReadAsync(Service, OneMinute, TimeSpan.FromMinutes(1), _ => { }, CancellationToken.None);
        proxy.Fail(Fault.Silence);
        var silent = await new ServiceMetricsReader(
            () => clients.CloudWatch, TimeProvider.System) { AnswersWithin = TimeSpan.FromMilliseconds(300) }
            .ReadAsync(Service, OneMinute, TimeSpan.FromMinutes(1), _ => { }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(silent.Problem, Is.EqualTo(hanging.Problem), "the head of an answer is none");
            Assert.That(
                denied.Problem,
                Does.StartWith("cloudwatch:GetMetricData: ").And.Contain("\"Action\": \"cloudwatch:GetMetricData\""));
            Assert.That(hanging.Problem, Does.StartWith("CloudWatch did not answer within 0.3 s: look at the network"));
            Assert.That(denied.Metrics.Select(metric => metric.Points.Length), Is.All.Zero);
        }
    }

    [Test]
    public void The_window_is_that_of_all_that_was_attempted_in_whole_minutes()
    {
        var step = Given.Step(100, 90).But(result =>
            result with { StartedAt = First.AddSeconds(59), OpenSeconds = 2, Seconds = 62, CloseSeconds = 1 });
        using (Assert.EnterMultipleScope())
        {
            var window = RunWindow.Of([step, Given.Skipped(200, "not attempted")], null)!;
            Assert.That(
                (window.From, window.Until, window.Held, window.HeldAt),
                Is.EqualTo((First, First.AddMinutes(3), 90, First.AddMinutes(2))));
            Assert.That(
                window.Loaded,
                Is.EqualTo(new[] { First.AddMinutes(1), First.AddMinutes(2) }),
                "from when all were opened to the count");
            Assert.That(RunWindow.Of([Given.Skipped(200, "not attempted")], null), Is.Null);
        }
    }

    private static Task<ServiceMetrics> ReadAsync(
        IAmazonCloudWatch client, ServiceScope scope, RunWindow window, TimeSpan wait = default,
        List<string>? said = null) =>
        new ServiceMetricsReader(() => client, TimeProvider.System) { Between = TimeSpan.FromMilliseconds(1) }
            .ReadAsync(scope, window, wait, sentence => said?.Add(sentence), CancellationToken.None);

    private static Task<PutMetricDataResponse> PutAsync(IAmazonCloudWatch client, string @namespace, string name,
        List<Dimension> dimensions, double value) => client.PutMetricDataAsync(new()
    {
        Namespace = @namespace,
        MetricData = [new()
        {
            MetricName = name,
            Dimensions = dimensions,
            Timestamp = First.UtcDateTime.AddSeconds(20),
            Value = value,
        }],
    });

    private static string Dimensions(MetricDataQuery query) => string.Join(
        ' ', [
            query.MetricStat!.Metric!.Namespace!,
            query.MetricStat.Metric.MetricName!,
            .. query.MetricStat.Metric.Dimensions!.Select(dimension => $"{dimension.Name}={dimension.Value}"),
        ]);
}
