using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Amazon.ApplicationAutoScaling;
using Amazon.ApplicationAutoScaling.Model;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Aws.Scaling;
using Support.Host;

namespace Support.Tests.Aws.Scaling;

/// <summary>
/// Clients and reader against the emulator, through a proxy that sees what is sent. Of the clients only members of the
/// official packages are used.
/// </summary>
[TestFixture]
[CancelAfter(180_000)]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class ScalingReaderTests
{
    private MotoServer moto = null!;
    private ScalingEmulator emulator = null!;
    private FaultProxy proxy = null!;
    private AwsClients clients = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        moto = await SharedMoto.GetAsync();
        emulator = new ScalingEmulator(moto);
        await emulator.FillAsync();
        proxy = FaultProxy.Start(moto.Url);
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

    [Test, Order(1)]
    public async Task What_was_made_is_read(CancellationToken cancellationToken)
    {
        var found = await FactsAsync(cancellationToken);
        var (scaling, balancing) = (Facts(found.AutoScaling), Facts(found.LoadBalancing));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (found.ResourceId, found.Desired, found.HealthCheckGraceSeconds),
                Is.EqualTo(("service/scaled/chat", 8, 60)));
            Assert.That(
                (scaling.Target!.Minimum, scaling.Target.Maximum, scaling.Target.Suspended.Length),
                Is.EqualTo((3, 10, 0)));
            Assert.That(JsonNode.DeepEquals(
                JsonNode.Parse(scaling.Policies.Single().Configuration!),
                emulator.Configuration(2_666)), Is.True, scaling.Policies[0].Configuration);
            Assert.That(balancing.TargetGroups.Single(), Is.EqualTo(new DeployedTargetGroup(emulator.TargetGroup, 90)));
            Assert.That(
                balancing.LoadBalancers.Single(), Is.EqualTo(new DeployedLoadBalancer(emulator.LoadBalancer, 120)));
            Assert.That(found.TargetGroup, Does.Match("^targetgroup/chat/[0-9a-z]+$"));
            Assert.That(found.LoadBalancer, Does.Match("^app/front/[0-9a-z]+$"));
        }
    }

    [Test, Order(2)]
    public async Task What_agrees_with_the_plan_passes(CancellationToken cancellationToken) =>
        Assert.That((await FindingsAsync(cancellationToken)).Where(finding => finding.Outcome > CheckOutcome.Passed)
            .Select(finding => $"{finding.Id}: {finding.Actual}"), Is.Empty);

    [Test, Order(3)]
    public async Task A_target_above_the_safe_limit_is_critical_and_its_command_mends_it(
        CancellationToken cancellationToken)
    {
        await emulator.PutAsync(4_001);
        var found = (await FindingsAsync(cancellationToken))
            .Where(finding => finding.Outcome > CheckOutcome.Passed).ToArray();
        Assert.That(found, Has.Length.EqualTo(1), string.Join('\n', found.AsEnumerable()));
        var wrong = found[0];
        await ShellAsync(wrong.Next[wrong.Next.IndexOf("aws ", StringComparison.Ordinal)..], cancellationToken);
        var mended = await FindingsAsync(cancellationToken);
        var policy = Facts((await FactsAsync(cancellationToken)).AutoScaling).Policies.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (wrong.Id, wrong.Outcome),
                Is.EqualTo(("Scaling.ConnectionsPolicy", CheckOutcome.Critical)),
                wrong.Actual);
            Assert.That(
                wrong.Actual,
                Does.Contain("2,000.5 connections per task").And.Contain("above the safe limit of 2,000"));
            Assert.That(mended.Where(finding => finding.Outcome > CheckOutcome.Passed), Is.Empty);
            Assert.That(
                JsonNode.DeepEquals(JsonNode.Parse(policy.Configuration!), emulator.Configuration(2_666)),
                Is.True,
                "Nothing but the target is changed.");
        }
    }

    // After the others that are ordered, for what it mends has other values than before.
    [Test, Order(4)]
    public async Task The_commands_of_bounds_and_timeouts_mend_them(CancellationToken cancellationToken)
    {
        await emulator.BoundAsync(1, 7, isScalingInSuspended: true);
        await emulator.SetTimeoutsAsync(idle: 30, deregistration: 10);
        var wrong = (await FindingsAsync(cancellationToken))
            .Where(finding => finding.Outcome > CheckOutcome.Passed).ToArray();
        foreach (var finding in wrong)
        {
            foreach (var step in finding.Next.Split("Where it is not suspended for a measurement:"))
                await ShellAsync(step[step.IndexOf("aws ", StringComparison.Ordinal)..], cancellationToken);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                wrong.Select(finding => (finding.Id, finding.Outcome)),
                Is.EqualTo([
                    ("Scaling.Bounds", CheckOutcome.Critical),
                    ("Scaling.DesiredCount", CheckOutcome.Warning),
                    ("Scaling.DeregistrationDelay", CheckOutcome.Warning),
                    ("Scaling.IdleTimeout", CheckOutcome.Critical),
                ]));
            Assert.That(
                string.Concat(wrong.Select(finding => finding.ToString())),
                Does.Not.Contain("123456789012"),
                "No account number.");
            Assert.That(wrong[0].Actual, Is.EqualTo("1 to 7 tasks; suspended: scaling in"));
            Assert.That((await FindingsAsync(cancellationToken))
                .Where(finding => finding.Outcome > CheckOutcome.Passed).Select(finding => finding.Actual), Is.Empty);
        }
    }

    [Test]
    public async Task A_service_that_is_not_there_is_not_found(CancellationToken cancellationToken)
    {
        var reading = await new ScalingReader(clients)
            .ReadAsync(ScalingEmulator.Cluster, "none", null, cancellationToken);

        Assert.That(reading.Fault!, Has.Property("Kind")
            .EqualTo(AwsFaultKind.NotFound).And.Property("What").Contains("service none in cluster scaled"));
    }

    [Test]
    public async Task A_load_balancer_that_is_not_there_leaves_the_rest(CancellationToken cancellationToken)
    {
        var reading = await new ScalingReader(clients)
            .ReadAsync(ScalingEmulator.Cluster, ScalingEmulator.Service, "app/none/1", cancellationToken);
        var facts = Facts(reading);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.LoadBalancing.Fault!.Kind, Is.EqualTo(AwsFaultKind.NotFound));
            Assert.That(Facts(facts.AutoScaling).Policies, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task Errors_are_the_exceptions_of_their_names(CancellationToken cancellationToken)
    {
        proxy.Fail(Fault.Denied("application-autoscaling:DescribeScalingPolicies"));
        var denied = Assert.ThrowsAsync<AmazonApplicationAutoScalingException>(
            () => clients.AutoScaling.DescribeScalingPoliciesAsync(
                new() { ServiceNamespace = ServiceNamespace.Ecs }, cancellationToken));
        proxy.Fail(new Fault.Error(HttpStatusCode.BadRequest, "ValidationException", "1 validation error"));
        var invalid = Assert.ThrowsAsync<ValidationException>(() => clients.AutoScaling.DescribeScalableTargetsAsync(
            new() { ServiceNamespace = ServiceNamespace.Ecs }, cancellationToken));
        proxy.Fail(new Fault.Error(
            HttpStatusCode.Forbidden,
            "AccessDenied",
            "is not authorized to perform: elasticloadbalancing:DescribeTargetGroups"));
        var forbidden = Assert.ThrowsAsync<AmazonElasticLoadBalancingV2Exception>(
            () => clients.LoadBalancing.DescribeTargetGroupsAsync(new(), cancellationToken));
        proxy.Fail(Fault.WebPage);
        var page = await new ScalingReader(clients).ReadAsync("scaled", "chat", null, cancellationToken);
        proxy.Fail(null);
        var missing = Assert.ThrowsAsync<LoadBalancerNotFoundException>(
            () => clients.LoadBalancing.DescribeLoadBalancersAsync(new() { Names = ["none"] }, cancellationToken));
        var group = Assert.ThrowsAsync<TargetGroupNotFoundException>(
            () => clients.LoadBalancing.DescribeTargetGroupsAsync(
                new() { TargetGroupArns = [$"{emulator.TargetGroup}0"] }, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (denied!.ErrorCode, invalid!.ErrorCode, forbidden!.ErrorCode, forbidden.StatusCode),
                Is.EqualTo(("AccessDeniedException", "ValidationException", "AccessDenied", HttpStatusCode.Forbidden)));
            Assert.That(
                (missing!.ErrorCode, group!.ErrorCode), Is.EqualTo(("LoadBalancerNotFound", "TargetGroupNotFound")));
            Assert.That(page.Fault!.Kind, Is.EqualTo(AwsFaultKind.WrongEndpoint));
        }
    }

    [Test]
    public async Task A_web_page_is_no_answer_of_the_query_protocol(CancellationToken cancellationToken)
    {
        proxy.Fail(Fault.WebPage);
        var error = Assert.CatchAsync(() => clients.LoadBalancing.DescribeTargetGroupsAsync(new(), cancellationToken));
        proxy.Fail(Fault.Hang);
        using var hasty = AwsTestClients.For(proxy.Url, timeout: TimeSpan.FromMilliseconds(300));
        var silent = await new ScalingReader(hasty).ReadAsync("scaled", "chat", null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                AwsFault.Of(error!, "elasticloadbalancing:DescribeTargetGroups").Kind,
                Is.EqualTo(AwsFaultKind.WrongEndpoint));
            Assert.That(silent.Fault!.Kind, Is.EqualTo(AwsFaultKind.NoAnswer));
        }
    }

    [Test]
    public async Task A_request_of_the_query_protocol_is_a_signed_form(CancellationToken cancellationToken)
    {
        var answer = await clients.LoadBalancing.DescribeTargetGroupsAsync(
            new() { TargetGroupArns = [emulator.TargetGroup], PageSize = 10 }, cancellationToken);
        var seen = proxy.Seen[^1];
        var group = answer.TargetGroups!.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WebUtility.UrlDecode(seen.Text).Split('&'), Is.EquivalentTo([
                "Action=DescribeTargetGroups",
                "Version=2015-12-01",
                "PageSize=10",
                $"TargetGroupArns.member.1={emulator.TargetGroup}",
            ]));
            Assert.That(seen.Header("Content-Type"), Does.StartWith("application/x-www-form-urlencoded"));
            Assert.That(seen.Header("Authorization"), Does.Contain("/eu-west-1/elasticloadbalancing/aws4_request"));
            Assert.That(
                (group.TargetGroupName, group.Port, group.Protocol), Is.EqualTo(("chat", 8080, ProtocolEnum.HTTP)));
            Assert.That(group.LoadBalancerArns, Is.EqualTo([emulator.LoadBalancer]));
            Assert.That(answer.ResponseMetadata.RequestId, Is.Not.Empty);
        }
    }

    [Test]
    public async Task Pages_of_policies_are_all_read(CancellationToken cancellationToken)
    {
        await using var answering = FaultProxy.Start();
        answering.Fail(Fault.Json("""{"services":[{"serviceName":"chat"}],"ScalableTargets":[],"ScalingPolicies":["""
            + """{"PolicyName":"p","PolicyType":"NewerThanThis"}],"NextToken":"next"}"""));
        await using var first = FaultProxy.Start(answering.Url);
        using var paged = AwsTestClients.For(first.Url);
        var found = Facts(await new ScalingReader(paged).ReadAsync("main", "chat", null, cancellationToken));
        var pages = first.Seen.Where(seen => seen.Header("X-Amz-Target")!
            .EndsWith("DescribeScalingPolicies", StringComparison.Ordinal)).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Facts(found.AutoScaling).Policies,
                Has.Length.EqualTo(20),
                "A list that never ends is left at 20 pages.");
            Assert.That(pages[0].Text, Does.Not.Contain("NextToken"));
            Assert.That(pages[1].Text, Does.Contain("\"NextToken\":\"next\""));
            Assert.That(pages[1].Text, Does.Contain("\"ScalableDimension\":\"ecs:service:DesiredCount\"").And
                .Contain("\"ResourceId\":\"service/main/chat\""));
        }
    }

    private static T Facts<T>(Reading<T> reading)
        where T : class => reading.Value ?? throw new AssertionException($"{reading.Fault}");

    private async Task<DeployedScaling> FactsAsync(CancellationToken cancellationToken) =>
        Facts(await new ScalingReader(clients)
            .ReadAsync(ScalingEmulator.Cluster, ScalingEmulator.Service, null, cancellationToken));

    private async Task<List<Finding>> FindingsAsync(CancellationToken cancellationToken)
    {
        var context = new DeployedContext(
            new DeployedReader(clients),
            new ScalingReader(clients)) { Cluster = ScalingEmulator.Cluster, Service = ScalingEmulator.Service };
        var findings = new List<Finding>();
        foreach (var check in ScalingChecks.For(
            context.ScalingAsync, () => ScalingSamples.Planned, given: ScalingSamples.Given))
            findings.Add(await check.RunAsync(cancellationToken));
        return findings;
    }

    private async Task ShellAsync(string command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in moto.Environment)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        Assert.That(shell.ExitCode, Is.Zero, $"{command}: {await error}");
    }
}
