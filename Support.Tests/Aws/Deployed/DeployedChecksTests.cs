using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Aws.Deployed;

/// <summary>What the checks of task and service say about facts, and about no facts.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed partial class DeployedChecksTests
{
    private const string OldOne = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:6";

    private static DeployedTask GoodTask { get; } = new()
    {
        Arn = "arn:aws:ecs:eu-west-1:123456789012:task/main/1",
        LastStatus = "RUNNING",
        DesiredStatus = "RUNNING",
        Health = "UNKNOWN",
        Exec = false,
        LaunchType = "FARGATE",
        CapacityProvider = "FARGATE",
        PlatformVersion = "1.4.0",
        Group = "family:capacity",
    };

    private static DeployedService GoodService { get; } = new()
    {
        Name = "chat",
        Cluster = "main",
        Status = "ACTIVE",
        Desired = 1,
        Running = 1,
        Pending = 0,
        LaunchType = "FARGATE",
        Rollouts = [
            new("PRIMARY", "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7", 1, 0, "COMPLETED", null),
        ],
        TargetGroups = 1,
        HealthCheckGraceSeconds = 60,
        Network = new(2, 1, "DISABLED"),
    };

    private static IEnumerable<TestCaseData> Tasks()
    {
        yield return Case("good", GoodTask, TaskChecks.State, CheckOutcome.Passed, "RUNNING");
        yield return Case(
            "starting", GoodTask with { LastStatus = "PENDING" }, TaskChecks.State, CheckOutcome.Passed, "PENDING");
        yield return Case("stopping", GoodTask with
        {
            DesiredStatus = "STOPPED",
            StopCode = "SpotInterruption",
            StoppedReason = "Your Spot Task was interrupted.",
        }, TaskChecks.State, CheckOutcome.Critical, "SpotInterruption, Your Spot Task was interrupted.");
        yield return Case(
            "unhealthy", GoodTask with { Health = "UNHEALTHY" }, TaskChecks.State, CheckOutcome.Warning, "UNHEALTHY");
        yield return Case("all run", GoodTask, TaskChecks.Containers, CheckOutcome.Passed, "none has stopped");
        yield return Case(
            "one killed",
            GoodTask with { Stopped = [new("agent", 137, "OutOfMemoryError: Container killed due to memory usage")] },
            TaskChecks.Containers,
            CheckOutcome.Warning,
            "agent stopped with exit code 137 (OutOfMemoryError");
        yield return Case(
            "one never ran",
            GoodTask with { Stopped = [new("agent", null, null)] },
            TaskChecks.Containers,
            CheckOutcome.Warning,
            "agent stopped with no exit code");
        yield return Case("spot", GoodTask with { CapacityProvider = "FARGATE_SPOT" }, TaskChecks.Interruption,
            CheckOutcome.Warning, "two minutes");
        yield return Case("no provider", GoodTask with { CapacityProvider = null }, TaskChecks.Interruption,
            CheckOutcome.Passed, "FARGATE");
        yield return Case("exec", GoodTask with { Exec = true }, TaskChecks.Exec, CheckOutcome.Warning, "agent");
        yield return Case(
            "exec not known", GoodTask with { Exec = null }, TaskChecks.Exec, CheckOutcome.Passed, "does not say");
        yield return Case("old platform", GoodTask with { PlatformVersion = "1.3.0" }, TaskChecks.Platform,
            CheckOutcome.Warning, "1.3.0");
        yield return Case("latest platform", GoodTask with { PlatformVersion = "LATEST" }, TaskChecks.Platform,
            CheckOutcome.Passed, "LATEST");
        yield return Case(
            "an instance",
            GoodTask with { LaunchType = "EC2", PlatformVersion = null },
            TaskChecks.Platform,
            CheckOutcome.NotApplicable,
            "EC2");
        yield return Case("alone", GoodTask, TaskChecks.Once, CheckOutcome.Passed, "family:capacity");
        yield return Case("in a service", GoodTask with { Group = "service:capacity" }, TaskChecks.Once,
            CheckOutcome.Warning, "starts it again");
    }

    private static IEnumerable<TestCaseData> Services()
    {
        yield return Case(
            "steady", GoodService, ServiceChecks.Running, CheckOutcome.Passed, "1 running, 0 pending, 1 desired");
        yield return Case(
            "too few",
            GoodService with { Desired = 2, Pending = 1, LastEvent = "(service chat) was unable to place a task." },
            ServiceChecks.Running,
            CheckOutcome.Warning,
            "unable to place");
        yield return Case("none wanted", GoodService with { Desired = 0, Running = 0 }, ServiceChecks.Running,
            CheckOutcome.Warning, "0 running");
        yield return Case("draining", GoodService with { Status = "DRAINING" }, ServiceChecks.Running,
            CheckOutcome.Warning, "DRAINING");
        yield return Case("nothing said", new DeployedService { Name = "chat" }, ServiceChecks.Running,
            CheckOutcome.Warning, "status not known: ? running");
        yield return Case("one", GoodService, ServiceChecks.OneTask, CheckOutcome.Passed, "1 running");
        yield return Case("none", GoodService with { Running = 0 }, ServiceChecks.OneTask, CheckOutcome.NotApplicable,
            "no task runs");
        yield return Case("not told", GoodService with { Running = null }, ServiceChecks.OneTask,
            CheckOutcome.NotApplicable, "not known");
        yield return Case(
            "three", GoodService with { Running = 3 }, ServiceChecks.OneTask, CheckOutcome.Warning, "3 tasks run");
        yield return Case("deployed", GoodService, ServiceChecks.Deployment, CheckOutcome.Passed, "web:7");
        yield return Case(
            "two at once",
            GoodService with { Rollouts = GoodService.Rollouts.Add(new("ACTIVE", OldOne, 1, 0, "COMPLETED", null)) },
            ServiceChecks.Deployment,
            CheckOutcome.Warning,
            "ACTIVE of web:6: 1 running");
        yield return Case(
            "an old one without tasks",
            GoodService with { Rollouts = GoodService.Rollouts.Add(new("ACTIVE", OldOne, 0, 0, "COMPLETED", null)) },
            ServiceChecks.Deployment,
            CheckOutcome.Passed,
            "web:7");
        yield return Case(
            "in progress",
            GoodService with { Rollouts = [GoodService.Rollouts[0] with { State = "IN_PROGRESS" }] },
            ServiceChecks.Deployment,
            CheckOutcome.Warning,
            "IN_PROGRESS");
        yield return Case("none failed", GoodService, ServiceChecks.Failures, CheckOutcome.Passed, "none");
        yield return Case("some failed", GoodService with { Rollouts = [
            GoodService.Rollouts[0] with { FailedTasks = 4, State = "FAILED", StateReason = "circuit breaker" },
        ] }, ServiceChecks.Failures, CheckOutcome.Warning, "4 failed, FAILED: circuit breaker");
        yield return Case("grace", GoodService, ServiceChecks.HealthGrace, CheckOutcome.Passed, "60 s");
        yield return Case("no grace", GoodService with { HealthCheckGraceSeconds = null }, ServiceChecks.HealthGrace,
            CheckOutcome.Warning, "0 s");
        yield return Case(
            "no load balancer",
            GoodService with { TargetGroups = 0, HealthCheckGraceSeconds = null },
            ServiceChecks.HealthGrace,
            CheckOutcome.NotApplicable,
            "no load balancer");
        yield return Case("stays", GoodService, ServiceChecks.Interruption, CheckOutcome.Passed, "FARGATE");
        yield return Case(
            "partly spot",
            GoodService with { CapacityProviders = ["FARGATE", "FARGATE_SPOT"] },
            ServiceChecks.Interruption,
            CheckOutcome.Warning,
            "FARGATE, FARGATE_SPOT");
        yield return Case("awsvpc", GoodService, ServiceChecks.Network, CheckOutcome.Passed,
            "2 subnets, 1 security group, public address DISABLED");
        yield return Case(
            "bridge", GoodService with { Network = null }, ServiceChecks.Network, CheckOutcome.Warning, "share ports");
    }

    [TestCaseSource(nameof(Tasks))]
    public void A_task_is_judged(object task, object check, CheckOutcome outcome, string actual) =>
        Judged(((Func<DeployedTask, Answer>)check)((DeployedTask)task), outcome, actual);

    [TestCaseSource(nameof(Services))]
    public void A_service_is_judged(object service, object check, CheckOutcome outcome, string actual) =>
        Judged(((Func<DeployedService, Answer>)check)((DeployedService)service), outcome, actual);

    // Without it the aws CLI looks into the cluster "default", and finds nothing or another service of that name.
    [TestCaseSource(nameof(Services))]
    public void A_command_of_ECS_names_the_cluster(object asked, object check, CheckOutcome outcome, string actual)
    {
        var service = (DeployedService)asked;
        var next = ((Func<DeployedService, Answer>)check)(service).Next;

        Assert.That(next.Split("aws ecs ").Skip(1), Has.All.Contains($" --cluster {service.Cluster} "), next);
    }

    [Test]
    public void A_suite_in_a_service_is_not_told_to_stop_that_service() =>
        Assert.That(
            TaskChecks.Once(GoodTask with { Group = "service:chat" }).Next,
            Is.EqualTo("Start it with aws ecs run-task, from a task definition of its "
                + "own, and take the suite out of service:chat."));

    [Test]
    public void Ids_and_titles_are_unique_and_state_the_fact()
    {
        using var clients = new AwsClients();
        var checks = All(new DeployedContext(new DeployedReader(clients)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(checks.Select(check => check.Id), Is.Unique.And.All.Match(@"^(Task|Service)\.[A-Z][A-Za-z]+$"));
            Assert.That(checks.Select(check => check.Title), Is.Unique);
            Assert.That(checks.Where(check => check.Title.Length is 0 or > 70 || Wishes().IsMatch(check.Title))
                .Select(check => check.Title), Is.Empty);
        }
    }

    [Test]
    public void No_check_of_the_deployed_has_the_id_of_one_of_its_task_definition()
    {
        using var clients = new AwsClients();
        var needs = new DefinitionNeeds { Connections = 1 };
        var checks = new[] { "Task", "Service" }
            .SelectMany(scope => DefinitionChecks.For(scope, _ => throw new NotSupportedException(), needs))
                .Concat(All(new DeployedContext(new DeployedReader(clients))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(checks.Select(check => check.Id), Is.Unique);
            Assert.That(checks.Select(check => check.Title), Is.Unique);
        }
    }

    [Test]
    public async Task Without_a_task_and_a_service_nothing_is_asked(CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start();
        using var clients = AwsTestClients.For(proxy.Url);
        var findings = await RunAsync(new DeployedContext(new DeployedReader(clients)), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Select(finding => finding.Outcome), Has.All.EqualTo(CheckOutcome.NotApplicable));
            Assert.That(proxy.Requests, Is.Zero);
        }
    }

    [Test]
    public async Task A_missing_permission_is_one_warning_that_names_the_action(CancellationToken cancellationToken)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail(Fault.Denied("ecs:DescribeTasks"));
        using var clients = AwsTestClients.For(proxy.Url);
        var findings = await RunAsync(
            new DeployedContext(new DeployedReader(clients)) { Task = GoodTask.Arn }, cancellationToken);
        var warning = findings.Single(finding => finding.Outcome == CheckOutcome.Warning);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(warning.Id, Is.EqualTo("Task.Api"));
            Assert.That(warning.Actual, Does.StartWith("ecs:DescribeTasks: "));
            Assert.That(warning.Next, Does.Contain("""{"Effect": "Allow", "Action": "ecs:DescribeTasks", "Resource":"""
                + """ "*"}; deploy/iam/task-role-policy.json has all of them."""));
            Assert.That(
                findings.Where(finding => finding != warning).Select(finding => finding.Outcome),
                Has.All.EqualTo(CheckOutcome.NotApplicable));
            Assert.That(proxy.Requests, Is.EqualTo(1), "Read once, whatever came of it.");
        }
    }

    [TestCase("chat", null, null, "default")]
    [TestCase("chat", null, "arn:aws:ecs:eu-west-1:123456789012:task/main/1", "main")]
    [TestCase(
        "arn:aws:ecs:eu-west-1:123456789012:service/other/chat",
        null,
        "arn:aws:ecs:eu-west-1:123456789012:task/main/1",
        "other")]
    [TestCase("arn:aws:ecs:eu-west-1:123456789012:service/chat", null, null, "default")]
    [TestCase("chat", "named", "arn:aws:ecs:eu-west-1:123456789012:task/main/1", "named")]
    public async Task The_cluster_is_the_one_that_is_named_nearest(
        string service, string? cluster, string? task, string expected)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail(Aws.Fault.Json("""{"services":[{"serviceName":"chat"}]}"""));
        using var clients = AwsTestClients.For(proxy.Url);
        await new DeployedContext(new DeployedReader(clients)) { Service = service, Cluster = cluster, Task = task }
            .ServiceAsync(CancellationToken.None);

        Assert.That(proxy.Seen.Single().Text, Does.Contain($"\"cluster\":\"{expected}\""));
    }

    private static DeferredCheck[] All(DeployedContext context) =>
        [
            .. DeployedChecks.OfTask(_ => Task.FromResult(context)),
            .. DeployedChecks.OfService(_ => Task.FromResult(context)),
        ];

    private static async Task<List<Finding>> RunAsync(DeployedContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var check in All(context))
            findings.Add(await check.RunAsync(cancellationToken));
        return findings;
    }

    private static void Judged(Answer answer, CheckOutcome outcome, string actual)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Outcome, Is.EqualTo(outcome), answer.Actual);
            Assert.That(answer.Actual, Does.Contain(actual));
            Assert.That(
                answer.Next,
                outcome >= CheckOutcome.Warning ? Is.Not.Empty : Is.Empty,
                "A next step where there is something to do, and only there.");
        }
    }

    private static TestCaseData Case<T>(
        string name, T facts, Func<T, Answer> check, CheckOutcome outcome, string actual) =>
        new TestCaseData(facts, check, outcome, actual).SetArgDisplayNames(check.Method.Name, name);

    [GeneratedRegex(@"\b(should|verify|verifies|test that|tests that|make sure|must)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wishes();
}
