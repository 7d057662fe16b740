using System.Net;
using NUnit.Framework;
using Support.Ecs;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Ecs;

/// <summary>
/// A real server on loopback that is slow, throttling, broken or lying: the reader ends with a value, within its 3 s,
/// by a clock that the test moves.
/// </summary>
[CancelAfter(60_000)]
internal sealed class TaskMetadataReaderTests
{
    private FakeMetadataServer server = null!;
    private ManualClock clock = null!;

    [SetUp]
    public void Start() => (server, clock) = (new FakeMetadataServer(), new ManualClock());

    [TearDown]
    public async Task Stop() => await server.DisposeAsync();

    [Test]
    public async Task A_task_is_read_with_its_own_container_and_its_memory(CancellationToken cancellationToken)
    {
        var task = await ReadTaskAsync(server.Fargate(), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.Family, task.This!.Name, task.MemoryInUseBytes, task.Gaps.Length),
                Is.EqualTo(("sample-fargate", "curl-image", 3_416_064, 0)));
            Assert.That(server.Asked, Is.EqualTo(new[] { "/task", "", "/task/stats" }));
            Assert.That(Passed, Is.EqualTo(TimeSpan.Zero), "a good answer waits for nothing");
        }
    }

    [Test]
    public async Task Of_several_containers_the_endpoint_says_which_is_this_and_all_memory_counts(
        CancellationToken cancellationToken)
    {
        server.On("/task", FakeMetadataServer.Captured("ec2-task.json"))
            .On("", FakeMetadataServer.Captured("ec2-container.json"))
            .On("/task/stats", FakeMetadataServer.Captured("stats-v2-task.json"));
        var task = await ReadTaskAsync(server, cancellationToken);

        Assert.That(
            (task.This!.Name, task.This.MemoryInUseBytes, task.MemoryInUseBytes),
            Is.EqualTo(("curl", 41_943_040, 41_943_040 + 528_384)));
    }

    [Test]
    public async Task Without_a_variable_nothing_is_asked_and_with_one_of_another_host_neither(
        CancellationToken cancellationToken)
    {
        using var never = new NeverAsked();
        var outside = await new TaskMetadataReader(new Dictionary<string, string>(), never, clock)
            .ReadAsync(cancellationToken);
        var refused = await new TaskMetadataReader(
            new Dictionary<string, string> { [MetadataEndpoint.Version4] = "http://169.254.169.254/latest" },
            never,
            clock).ReadAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outside, Is.EqualTo(new TaskMetadata.Outside()));
            Assert.That((refused as TaskMetadata.Unavailable)?.Why, Does.Contain("names the host '169.254.169.254'"));
        }
    }

    [Test]
    public async Task A_throttled_and_a_broken_answer_are_tried_again(CancellationToken cancellationToken)
    {
        server.Fargate().On(
            "/task",
            FakeMetadataServer.Captured("error-429.txt", 429), FakeMetadataServer.Captured("error-500.json", 500),
            FakeMetadataServer.Body("{\"Clu"), FakeMetadataServer.Captured("fargate-task.json"));
        var task = await ReadTaskAsync(server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Family, Is.EqualTo("sample-fargate"));
            Assert.That(server.Asked.Count(path => path == "/task"), Is.EqualTo(4));
            Assert.That(
                Passed,
                Is.InRange(TimeSpan.FromSeconds(1.3), TimeSpan.FromSeconds(1.6)),
                "0.1, 0.3 and 0.9 s between the tries");
        }
    }

    [Test]
    public async Task Statistics_that_are_not_there_in_the_first_second_are_asked_for_again(
        CancellationToken cancellationToken)
    {
        server.On("/task", FakeMetadataServer.Captured("ec2-task.json")).On(
            "", FakeMetadataServer.Captured("ec2-container.json"))
            .On("/task/stats", FakeMetadataServer.Body("{}"), FakeMetadataServer.Captured("stats-early-task.json"),
                FakeMetadataServer.Captured("stats-v2-task.json"));
        var task = await ReadTaskAsync(server, cancellationToken);

        Assert.That((task.MemoryInUseBytes, task.Gaps.Length), Is.EqualTo((41_943_040 + 528_384, 0)));
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case(
            "429 'You have reached maximum request limit.'", 4, FakeMetadataServer.Captured("error-429.txt", 429));
        yield return Case(
            "500 '\"Unable to generate metadata for v4 task…'", 4, FakeMetadataServer.Captured("error-500.json", 500));
        yield return Case("500 '{}'", 4, FakeMetadataServer.Body("{}", 500));
        yield return Case(
            "404 '\"V4 task metadata handler: unable to get…'", 1, FakeMetadataServer.Captured("error-404.json", 404));
        yield return Case(
            "301 '', and redirects are not followed",
            1,
            FakeMetadataServer.Body("", 301, "Location: /v4/x-1/elsewhere\r\n"));
        yield return Case(
            "307 '', and redirects are not followed",
            1,
            FakeMetadataServer.Body("", 307, "Location: http://169.254.169.254/latest\r\n"));
        yield return Case("documents: '{}'", 4, FakeMetadataServer.Body("{}"));
        yield return Case("documents: 'null'", 4, FakeMetadataServer.Body("null"));
        yield return Case("documents: ''", 4, FakeMetadataServer.Body(""));
        yield return Case("documents: '<html>'", 4, FakeMetadataServer.Body("<html>"));
        yield return Case("documents: '{\"TaskARN\":\"x\"}'", 4, FakeMetadataServer.Body("{\"TaskARN\":\"x\"}"));
        yield return Case(
            "documents: '{\"\\ud800\":1,",
            4,
            FakeMetadataServer.Body("{\"\\ud800\":1,\"TaskARN\":\"arn:aws:ecs:us-east-1:123456789012:task/x/y\"}"));
        yield return Case("documents: '\"'", 4, FakeMetadataServer.Raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=nonsense\r\nContent-Length: 1\r\n\r\n\""));
        // The transport itself asks again where a server closes without a byte.
        yield return Case("no answer: ", null, FakeMetadataServer.Close);
        yield return Case("no answer: ", 4, FakeMetadataServer.Raw("SSH-2.0-OpenSSH_9.2\r\n"));
        yield return Case(
            "no answer: ", 4, FakeMetadataServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"TaskARN\":"));
        yield return Case("the answer is longer than 1 MiB", 1, FakeMetadataServer.Endless);
        yield return Case(
            "the answer is longer than 1 MiB",
            1,
            FakeMetadataServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n{"));
    }

    [TestCaseSource(nameof(Broken))]
    public async Task A_broken_endpoint_is_unavailable_with_the_reason(
        string why, int? tries, Delegate answer, CancellationToken cancellationToken)
    {
        server.Fargate().On("/task", (FakeAnswer)answer);
        var metadata = await ReadAsync(server.Environment, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((metadata as TaskMetadata.Unavailable)?.Why, Does.Contain(why));
            Assert.That(
                server.Asked.Distinct(),
                Is.EqualTo(new[] { "/task" }),
                "nothing else is asked, and no redirect is followed");
            Assert.That(server.Asked, Has.Count.EqualTo(tries ?? server.Asked.Count));
            Assert.That(Passed, Is.LessThan(TaskMetadataReader.Deadline));
        }
    }

    private static IEnumerable<TestCaseData> Silent()
    {
        yield return new TestCaseData((FakeAnswer)FakeMetadataServer.Hang).SetArgDisplayNames("hangs");
        yield return new TestCaseData((FakeAnswer)FakeMetadataServer.Stall).SetArgDisplayNames("stalls in the body");
    }

    [TestCaseSource(nameof(Silent))]
    public async Task A_silent_endpoint_is_given_up_after_three_seconds_and_not_before(
        Delegate answer, CancellationToken cancellationToken)
    {
        server.Fargate().On("/task", (FakeAnswer)answer);
        var reading = Reader(server.Environment).ReadAsync(cancellationToken);
        await server.NextAsync(cancellationToken);
        clock.Advance(TaskMetadataReader.Deadline - TimeSpan.FromMilliseconds(1));
        var before = reading.IsCompleted;
        clock.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.False);
            Assert.That(
                (await reading as TaskMetadata.Unavailable)?.Why,
                Is.EqualTo("no usable answer within the 3 s that all of it may take"));
        }
    }

    [Test]
    public async Task Statistics_that_never_come_cost_the_statistics_alone(CancellationToken cancellationToken)
    {
        server.Fargate().On("/task/stats", FakeMetadataServer.Hang);
        var reading = Reader(server.Environment).ReadAsync(cancellationToken);
        for (var request = 0; request < 3; request++)
            await server.NextAsync(cancellationToken);
        clock.Advance(TaskMetadataReader.Deadline);
        var task = (await reading).Task!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.Family, task.This!.Name, task.MemoryInUseBytes),
                Is.EqualTo(("sample-fargate", "curl-image", (long?)null)));
            Assert.That(
                task.Gaps, Is.EqualTo(new[] { "statistics: no usable answer within the 3 s that all of it may take" }));
        }
    }

    [Test]
    public async Task Tries_of_all_paths_share_one_deadline(CancellationToken cancellationToken)
    {
        var busy = FakeMetadataServer.Captured("error-429.txt", 429);
        server.On("/task", busy, busy, busy, FakeMetadataServer.Captured("ec2-task.json"))
            .On("", busy).On("/task/stats", busy);
        var task = await ReadTaskAsync(server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Gaps, Has.Length.EqualTo(1), "of the task's only container there is no doubt");
            Assert.That(Passed, Is.EqualTo(TaskMetadataReader.Deadline), "1.3 s for each of the three would be 3.9 s");
        }
    }

    [Test]
    public async Task An_endpoint_that_names_another_container_leaves_open_which_this_is(
        CancellationToken cancellationToken)
    {
        server.Fargate().On("", FakeMetadataServer.Body("{\"DockerId\":\"another\"}"));
        var task = await ReadTaskAsync(server, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.This, Is.Null);
            Assert.That(task.Gaps, Is.EqualTo(
                new[] { "which container this is: the one that the endpoint names is not among the task's" }));
        }
    }

    [Test]
    public async Task It_is_read_once_and_a_caller_that_gives_up_costs_the_others_nothing(
        CancellationToken cancellationToken)
    {
        using var impatient = new CancellationTokenSource();
        var reader = Reader(server.Fargate().Environment);
        await impatient.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => reader.ReadAsync(impatient.Token));
        var both = await Task.WhenAll(reader.ReadAsync(cancellationToken), reader.ReadAsync(cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(both[0], Is.SameAs(both[1]));
            Assert.That(server.Asked, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task A_closed_port_is_unavailable_by_the_clock_of_the_machine_too(CancellationToken cancellationToken)
    {
        var other = new FakeMetadataServer();
        var closed = other.Environment;
        await other.DisposeAsync();
        var metadata = await new TaskMetadataReader(closed).ReadAsync(cancellationToken);

        Assert.That((metadata as TaskMetadata.Unavailable)?.Why, Does.StartWith("no answer: "));
    }

    private TimeSpan Passed => clock.GetUtcNow() - clock.Start;

    private static TestCaseData Case(string why, int? tries, FakeAnswer answer) =>
        new TestCaseData(why, tries, answer).SetArgDisplayNames($"{why} {answer.Method.Name}");

    private TaskMetadataReader Reader(IReadOnlyDictionary<string, string> environment) => new(environment, time: clock);

    private async Task<EcsTask> ReadTaskAsync(FakeMetadataServer from, CancellationToken cancellationToken) =>
        (await ReadAsync(from.Environment, cancellationToken)).Task!;

    // The clock moves while the reader pauses between two tries and only then: how fast the machine is makes no
    // difference.
    private async Task<TaskMetadata> ReadAsync(
        IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var reading = Reader(environment).ReadAsync(cancellationToken);
        while (!reading.IsCompleted)
        {
            if (clock.Waiting > 1)
                clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, cancellationToken);
        }

        return await reading;
    }

    private sealed class NeverAsked : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"asked for {request.RequestUri}");
    }
}
