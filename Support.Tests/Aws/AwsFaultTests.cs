using System.Net;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Deployed;

namespace Support.Tests.Aws;

/// <summary>Every fault as it happens on the wire, and the words that it gets.</summary>
[TestFixture]
[CancelAfter(60_000)]
internal sealed class AwsFaultTests
{
    private const string Denied = "is not authorized to perform: ecs:DescribeTasks on resource: * with an explicit "
        + "deny in a service control policy";

    private static IEnumerable<TestCaseData> Answers()
    {
        yield return Case(
            "no permission",
            Fault.Denied("ecs:DescribeTasks"),
            AwsFaultKind.MissingPermission,
            "arn:aws:sts::123456789012:assumed-role/task/1 has no permission",
            """{"Effect": "Allow", "Action": "ecs:DescribeTasks", "Resource": "*"}""");
        yield return Case(
            "no permission for another action",
            Fault.Denied("kms:Decrypt"),
            AwsFaultKind.MissingPermission,
            "no permission",
            "\"kms:Decrypt\"");
        yield return Case(
            "denied expressly",
            new Fault.Error(HttpStatusCode.BadRequest, "AccessDeniedException", Denied),
            AwsFaultKind.MissingPermission,
            "a policy denies it expressly",
            "out of the Deny statement");
        yield return Case(
            "403 without a name",
            new Fault.Error(HttpStatusCode.Forbidden, "", ""),
            AwsFaultKind.MissingPermission,
            "the caller has no permission",
            "\"ecs:DescribeTasks\"");
        yield return Case("expired", Fault.ExpiredToken, AwsFaultKind.ExpiredCredentials,
            "expired (ExpiredTokenException)", "aws sso login");
        yield return Case("unknown key", Fault.UnknownKey, AwsFaultKind.RejectedCredentials,
            "rejected (UnrecognizedClientException)", "belong together");
        yield return Case("wrong clock", Fault.SkewedClock, AwsFaultKind.ClockSkew, "5 minutes apart", "Set the clock");
        yield return Case(
            "throttled", Fault.Throttled, AwsFaultKind.Throttled, "throttled (ThrottlingException)", "later");
        yield return Case("throttled at the front", Fault.TooManyRequests, AwsFaultKind.Throttled,
            "throttled (TooManyRequestsException)", "later");
        yield return Case(
            "500", Fault.Broken, AwsFaultKind.ServiceFault, "failed with 500 (ServerException)", "Health Dashboard");
        yield return Case("503", Fault.Unavailable, AwsFaultKind.ServiceFault, "failed with 503 (ServiceUnavailable)",
            "Health Dashboard");
        yield return Case(
            "a web page", Fault.WebPage, AwsFaultKind.WrongEndpoint, "does not speak the protocol", "AWS_ENDPOINT_URL");
        yield return Case(
            "closed", Fault.Closed, AwsFaultKind.Unreachable, "no connection", "com.amazonaws.REGION.ecs");
        yield return Case(
            "refused",
            new Fault.Error(
                HttpStatusCode.BadRequest,
                "InvalidParameterException",
                "Identifier was for cluster other. Your cluster is main"),
            AwsFaultKind.Refused,
            "refused (InvalidParameterException): Identifier was for cluster other",
            "what AWS names");
    }

    [TestCaseSource(nameof(Answers))]
    public async Task A_fault_has_a_kind_and_a_next_step(object fault, object kind, string what, string next)
    {
        var found = await OfAsync((Fault)fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Kind, Is.EqualTo(kind), found.What);
            Assert.That(found.ToString(), Does.StartWith("ecs:DescribeTasks: ").And.Contain(what));
            Assert.That(found.Next, Does.Contain(next));
        }
    }

    [TestCase(
        "s3:PutObject",
        """{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::BUCKET/PREFIX/*"}""")]
    [TestCase("cloudwatch:PutMetricData", """{"Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource":"""
        + """ "*", "Condition": {"StringEquals": {"cloudwatch:namespace": "NAMESPACE"}}}""")]
    public void A_statement_grants_no_more_than_the_suite_uses(
        string action, string statement) => Assert.That(AwsFaultText.Statement(action), Is.EqualTo(statement));

    [Test]
    public async Task No_answer_is_not_no_connection()
    {
        var found = await OfAsync(Fault.Hang, timeout: TimeSpan.FromMilliseconds(300));

        Assert.That(found.Kind, Is.EqualTo(AwsFaultKind.NoAnswer), found.What);
    }

    [Test]
    public async Task Where_nobody_listens_there_is_no_connection()
    {
        Uri nowhere;
        await using (var gone = FaultProxy.Start())
            nowhere = gone.Url;
        using var clients = AwsTestClients.For(nowhere);

        Assert.That((await ReadAsync(clients)).What, Does.StartWith("no connection: ").And.Contain("refused"));
    }

    [Test]
    public async Task A_name_that_does_not_resolve_is_no_connection()
    {
        using var clients = AwsTestClients.For(new Uri("http://ecs.nowhere.invalid/"));

        Assert.That((await ReadAsync(clients)).Kind, Is.EqualTo(AwsFaultKind.Unreachable));
    }

    [Test]
    public async Task Keys_and_tokens_are_never_quoted()
    {
        const string Token = "IQoJb3JpZ2luX2VjEAAaCWV1LXdlc3QtMSJHMEUCIQDtoken+/==";
        var rejected = await OfAsync(new Fault.Error(
            HttpStatusCode.BadRequest,
            "SignatureDoesNotMatch",
            $"The Canonical String should have been 'x-amz-security-token:{Token}'"));
        var refused = await OfAsync(new Fault.Error(
            HttpStatusCode.BadRequest,
            "InvalidParameterException",
            $"ASIAIOSFODNN7EXAMPLE sent {Token}\r\nand wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rejected.What, Is.EqualTo("the credentials were rejected (SignatureDoesNotMatch)"));
            Assert.That(refused.What, Is.EqualTo("refused (InvalidParameterException): … sent … and …"));
        }
    }

    [Test]
    public async Task What_does_not_pass_is_tried_three_times()
    {
        await using var proxy = FaultProxy.Start();
        using var clients = AwsTestClients.For(proxy.Url, AwsClients.Retries);
        proxy.Fail(Fault.Throttled);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (await ReadAsync(clients)).What, Is.EqualTo("throttled (ThrottlingException), and so were 2 retries"));
            Assert.That(proxy.Requests, Is.EqualTo(3));
        }
    }

    [Test]
    public async Task An_answer_that_breaks_off_is_not_asked_for_more_often()
    {
        await using var proxy = FaultProxy.Start();
        using var clients = AwsTestClients.For(proxy.Url, AwsClients.Retries);
        proxy.Fail(Fault.Closed);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ReadAsync(clients)).Kind, Is.EqualTo(AwsFaultKind.Unreachable));
            Assert.That(proxy.Requests, Is.LessThanOrEqualTo(3));
        }
    }

    [Test]
    public async Task What_passes_is_tried_again()
    {
        await using var answering = FaultProxy.Start();
        await using var proxy = FaultProxy.Start(answering.Url);
        using var clients = AwsTestClients.For(proxy.Url, AwsClients.Retries);
        answering.Fail(Fault.Json("""{"tasks":[{"taskArn":"a"}]}"""));
        proxy.Fail(Fault.Broken, times: 1);
        var reading = await new DeployedReader(clients).TaskAsync("main", "a", CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reading.Value?.Arn, Is.EqualTo("a"));
            Assert.That(proxy.Requests, Is.EqualTo(2));
        }
    }

    private static TestCaseData Case(string name, Fault fault, AwsFaultKind kind, string what, string next) =>
        new TestCaseData(fault, kind, what, next).SetName($"A_fault_has_a_kind_and_a_next_step({name})");

    private static async Task<AwsFault> OfAsync(Fault fault, TimeSpan? timeout = null)
    {
        await using var proxy = FaultProxy.Start();
        proxy.Fail(fault);
        using var clients = AwsTestClients.For(proxy.Url, timeout: timeout);
        return await ReadAsync(clients);
    }

    private static async Task<AwsFault> ReadAsync(AwsClients clients) =>
        await new DeployedReader(clients).TaskAsync("main", "a", CancellationToken.None) is { Fault: { } fault }
            ? fault
            : throw new AssertionException("It was read.");
}
