using System.Net;
using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.ECS.Model;
using NUnit.Framework;
using Support.Aws;
using Task = System.Threading.Tasks.Task;

namespace Support.Tests.Aws;

/// <summary>
/// The client of ECS against the emulator, through a proxy that sees what is sent. Only members of the official package
/// are used.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class EcsClientTests
{
    private EcsEmulator ecs = null!;
    private FaultProxy proxy = null!;
    private AwsClients clients = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        ecs = await SharedMoto.EcsAsync();
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
    public async Task A_task_is_read_and_numbers_for_texts_are_texts()
    {
        var answer = await clients.Ecs.DescribeTasksAsync(
            new DescribeTasksRequest { Cluster = EcsEmulator.Cluster, Tasks = [ecs.Task] });
        var task = answer.Tasks!.Single();
        var container = task.Containers!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.HttpStatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(task.TaskArn, Is.EqualTo(ecs.Task));
            Assert.That(task.LaunchType, Is.EqualTo(LaunchType.FARGATE));
            Assert.That(task.LastStatus, Is.EqualTo("RUNNING"));
            Assert.That(container.HealthStatus, Is.EqualTo(HealthStatus.HEALTHY));
            Assert.That((container.Cpu, container.Memory), Is.EqualTo(("256", "400")));
        }
    }

    [Test]
    public async Task What_an_answer_lacks_is_null_and_moments_are_seconds()
    {
        proxy.Fail(Fault.Json("""{"tasks":[{"taskArn":"a","createdAt":1763780400.5"""
            + ""","stopCode":"SpotInterruption","launchType":"NEWER_THAN_THIS","version":9000000000,"unheardOf":"""
            + """{"a":[1]}}]}"""));
        var answer = await clients.Ecs.DescribeTasksAsync(new DescribeTasksRequest { Tasks = ["a"] });
        var task = answer.Tasks!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Failures, Is.Null);
            Assert.That(task.Containers, Is.Null);
            Assert.That(task.EnableExecuteCommand, Is.Null);
            Assert.That(
                task.CreatedAt?.ToUniversalTime(),
                Is.EqualTo(new DateTime(2025, 11, 22, 3, 0, 0, 500, DateTimeKind.Utc)));
            Assert.That(task.StopCode, Is.EqualTo(TaskStopCode.SpotInterruption));
            Assert.That(task.LaunchType!.Value, Is.EqualTo("NEWER_THAN_THIS"));
            Assert.That(task.Version, Is.EqualTo(9_000_000_000));
        }
    }

    [Test]
    public async Task A_service_is_read()
    {
        var answer = await clients.Ecs.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = EcsEmulator.Cluster, Services = [EcsEmulator.Service] });
        var service = answer.Services!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.ServiceName, Is.EqualTo(EcsEmulator.Service));
            Assert.That(service.DesiredCount, Is.EqualTo(2));
            Assert.That(
                service.NetworkConfiguration!.AwsvpcConfiguration!.AssignPublicIp, Is.EqualTo(AssignPublicIp.DISABLED));
            Assert.That(service.Deployments!.Single().Status, Is.EqualTo("PRIMARY"));
            Assert.That(
                service.Deployments!.Single().CreatedAt,
                Is.GreaterThan(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        }
    }

    [Test]
    public async Task A_service_that_is_not_there_is_a_failure_and_no_error()
    {
        var answer = await clients.Ecs.DescribeServicesAsync(
            new DescribeServicesRequest { Cluster = EcsEmulator.Cluster, Services = ["none"] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Services, Is.Empty);
            Assert.That(answer.Failures!.Single().Reason, Is.EqualTo("MISSING"));
        }
    }

    [Test]
    public void An_error_is_the_exception_of_its_name()
    {
        var error = Assert.ThrowsAsync<ClusterNotFoundException>(
            () => clients.Ecs.DescribeServicesAsync(
                new DescribeServicesRequest { Cluster = "nowhere", Services = ["chat"] }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.ErrorCode, Is.EqualTo("ClusterNotFoundException"));
            Assert.That(error.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(error, Is.InstanceOf<AmazonECSException>());
        }
    }

    [Test]
    public async Task A_request_is_signed_and_says_its_operation()
    {
        await clients.Ecs.DescribeTaskDefinitionAsync(new DescribeTaskDefinitionRequest
        {
            TaskDefinition = EcsEmulator.Family,
            Include = [TaskDefinitionField.TAGS],
        });
        var seen = proxy.Seen[^1];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Method + seen.Path, Is.EqualTo("POST/"));
            Assert.That(
                seen.Header("X-Amz-Target"), Is.EqualTo("AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition"));
            Assert.That(seen.Header("Content-Type"), Does.StartWith("application/x-amz-json-1.1"));
            Assert.That(seen.Header("Authorization"), Does.Match(@"^AWS4-HMAC-SHA256 "
                + @"Credential=test/\d{8}/eu-west-1/ecs/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$"));
            Assert.That(seen.Header("X-Amz-Security-Token"), Is.EqualTo("a-token-of-the-test"));
            Assert.That(JsonNode.DeepEquals(
                JsonNode.Parse(seen.Text),
                JsonNode.Parse("""{"include":["TAGS"],"taskDefinition":"web"}""")), Is.True, seen.Text);
        }
    }
}
