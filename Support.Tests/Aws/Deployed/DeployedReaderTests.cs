using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Aws.Deployed;

/// <summary>What is deployed, read from the emulator: facts or words, never an exception.</summary>
[TestFixture]
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class DeployedReaderTests
{
    private EcsEmulator ecs = null!;
    private FaultProxy proxy = null!;
    private AwsClients clients = null!;
    private DeployedReader reader = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        ecs = await SharedMoto.EcsAsync();
        proxy = FaultProxy.Start((await SharedMoto.GetAsync()).Url);
        clients = AwsTestClients.For(proxy.Url);
        reader = new DeployedReader(clients);
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
    public async Task A_task_definition_comes_as_the_text_that_describe_prints(CancellationToken cancellationToken)
    {
        var described =
            JsonNode.Parse(Value(await reader.TaskDefinitionAsync("web:1", cancellationToken)))!["taskDefinition"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(described["taskDefinitionArn"]!.GetValue<string>(), Does.EndWith(":task-definition/web:1"));
            Assert.That(described["revision"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(
                Missing(EcsEmulator.Definition, described, ""),
                Is.Empty,
                "Every member that was registered is there, name and value.");
        }
    }

    [Test]
    public async Task A_task_is_read(CancellationToken cancellationToken)
    {
        var task = Value(await reader.TaskAsync(EcsEmulator.Cluster, ecs.Task, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Arn, Is.EqualTo(ecs.Task));
            Assert.That(
                (task.LastStatus, task.DesiredStatus, task.LaunchType), Is.EqualTo(("RUNNING", "RUNNING", "FARGATE")));
            Assert.That(task.Group, Is.EqualTo("family:web"));
            Assert.That(
                (task.StopCode, task.StoppedReason, task.Exec),
                Is.EqualTo(((string?)null, (string?)null, (bool?)null)),
                "An empty text is none.");
        }
    }

    [Test]
    public async Task A_service_is_read(CancellationToken cancellationToken)
    {
        var service = Value(await reader.ServiceAsync(EcsEmulator.Cluster, EcsEmulator.Service, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (service.Name, service.Cluster, service.Status, service.Desired, service.Running),
                Is.EqualTo((EcsEmulator.Service, EcsEmulator.Cluster, "ACTIVE", (int?)2, (int?)0)));
            Assert.That(
                (service.HealthCheckGraceSeconds, service.TargetGroups),
                Is.EqualTo(((int?)null, 0)),
                "The emulator keeps neither.");
            Assert.That(service.Network, Is.EqualTo(new DeployedNetwork(1, 0, "DISABLED")));
            Assert.That(service.Rollouts.Single().TaskDefinition, Does.EndWith("web:1"));
        }
    }

    [Test]
    public async Task What_is_not_there_is_a_fault_that_names_it(CancellationToken cancellationToken)
    {
        var task = Fault(await reader.TaskAsync(EcsEmulator.Cluster, "0123456789", cancellationToken));
        var service = Fault(await reader.ServiceAsync(EcsEmulator.Cluster, "none", cancellationToken));
        var cluster = Fault(await reader.ServiceAsync("nowhere", "none", cancellationToken));
        var definition = Fault(await reader.TaskDefinitionAsync("none:1", cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new[] { task.Kind, service.Kind, cluster.Kind, definition.Kind },
                Has.All.EqualTo(AwsFaultKind.NotFound));
            Assert.That(
                service.ToString(), Is.EqualTo("ecs:DescribeServices: service none in cluster main is not there"));
            Assert.That(
                cluster.ToString(),
                Is.EqualTo("ecs:DescribeServices: not found (ClusterNotFoundException): Cluster not found."));
            Assert.That(definition.ToString(), Is.EqualTo(
                "ecs:DescribeTaskDefinition: not found (ClientException): Unable to describe task definition."));
            Assert.That((service.Next, cluster.Next), Is.EqualTo(
                (cluster.Next, "Check Aws.Cluster, Aws.Service and AWS_REGION: aws "
                    + "ecs list-services --cluster CLUSTER.")));
            Assert.That(
                task.Next,
                Does.StartWith("The task's own cluster was not found").And.Not.Contain("Aws.Cluster"),
                "It is not the service's.");
            Assert.That(definition.Next, Does.Contain("aws ecs list-task-definitions"));
        }
    }

    [Test]
    public async Task A_service_that_hangs_is_given_up_at_the_deadline(CancellationToken cancellationToken)
    {
        var clock = new ManualClock();
        proxy.Fail(Aws.Fault.Hang);
        var before = proxy.Requests;
        var reading = new DeployedReader(clients, clock).TaskAsync(EcsEmulator.Cluster, ecs.Task, cancellationToken);
        while (proxy.Requests == before)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        clock.Advance(DeployedReader.Deadline);

        Assert.That(Fault(await reading).Kind, Is.EqualTo(AwsFaultKind.NoAnswer));
    }

    [Test]
    public async Task The_callers_cancellation_is_thrown(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        proxy.Fail(Aws.Fault.Hang);
        var before = proxy.Requests;
        var reading = reader.TaskAsync(EcsEmulator.Cluster, ecs.Task, ending.Token);
        while (proxy.Requests == before)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        await ending.CancelAsync();

        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
    }

    private static T Value<T>(Reading<T> reading)
        where T : class => reading.Value ?? throw new AssertionException($"{reading}");

    private static AwsFault Fault<T>(Reading<T> reading)
        where T : class => reading.Fault ?? throw new AssertionException($"{reading}");

    private static IEnumerable<string> Missing(
        JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject members, JsonObject found) =>
            members.SelectMany(member => Missing(member.Value, found[member.Key], $"{path}.{member.Key}")),
        (JsonArray items, JsonArray found) when items.Count == found.Count =>
            items.SelectMany((item, index) => Missing(item, found[index], $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(expected, actual) ? [] : [$"{path}: {actual?.ToJsonString() ?? "missing"}"],
    };
}
