using System.Diagnostics;
using System.Net;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Settings;

namespace Support.Tests.Aws;

/// <summary>
/// Credentials, region and endpoint from the variables of a process: of a test process of its own, for those of this
/// one are shared by every test, and the SDK remembers what it found.
/// </summary>
[TestFixture]
[CancelAfter(180_000)]
internal sealed class DefaultChainTests
{
    /// <summary>The variable by which the process below knows that it is one, and what it is to find.</summary>
    internal const string Expected = "SUPPORT_TESTS_AWS_CHAIN";

    [Test]
    public async Task The_credentials_of_the_task_role_sign_a_request_to_the_endpoint_of_the_service(
        CancellationToken cancellationToken)
    {
        await using var role = FaultProxy.Start();
        await using var ecs = FaultProxy.Start();
        await using var others = FaultProxy.Start();
        role.Fail(Fault.Json("""{"RoleArn":"arn:aws:iam::123456789012:"""
            + """role/task","AccessKeyId":"ASIAROLE","SecretAccessKey":"role-secret","Token":"role"""
            + """-token","Expiration":"2099-01-01T00:00:00Z"}"""));
        ecs.Fail(Fault.Json("""{"tasks":[{"taskArn":"a"}]}"""));
        await RunAsync(
            "facts",
            new()
            {
                ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(role.Url, "/v2/credentials/1").AbsoluteUri,
                ["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "the-task",
                ["AWS_ENDPOINT_URL"] = others.Url.AbsoluteUri,
                ["AWS_ENDPOINT_URL_ECS"] = ecs.Url.AbsoluteUri,
            },
            cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                role.Seen.Select(seen => (seen.Method, seen.Path, seen.Header("Authorization"))),
                Is.EqualTo([("GET", "/v2/credentials/1", "the-task")]));
            Assert.That(
                ecs.Seen.Single().Header("Authorization"),
                Does.StartWith("AWS4-HMAC-SHA256 Credential=ASIAROLE/").And.Contain("/eu-central-1/ecs/aws4_request"));
            Assert.That(ecs.Seen.Single().Header("X-Amz-Security-Token"), Is.EqualTo("role-token"));
            Assert.That(others.Requests, Is.Zero, "The variable of the service outweighs that of all.");
        }
    }

    [Test]
    public async Task Without_credentials_nothing_is_sent(CancellationToken cancellationToken)
    {
        await using var ecs = FaultProxy.Start();
        await RunAsync("NoCredentials", new() { ["AWS_ENDPOINT_URL"] = ecs.Url.AbsoluteUri }, cancellationToken);

        Assert.That(ecs.Requests, Is.Zero);
    }

    [Test]
    public async Task A_task_role_that_fails_is_no_credentials(CancellationToken cancellationToken)
    {
        await using var role = FaultProxy.Start();
        role.Fail(new Fault.Error(HttpStatusCode.BadRequest, "NoCredentialsAssociated", "no"));

        await RunAsync(
            "NoCredentials",
            new() { ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = role.Url.AbsoluteUri },
            cancellationToken);
    }

    [Test]
    public Task Without_a_region_that_is_said(CancellationToken cancellationToken) =>
        RunAsync("NoRegion", new() { ["AWS_ACCESS_KEY_ID"] = "a", ["AWS_SECRET_ACCESS_KEY"] = "b" }, cancellationToken);

    private static async Task RunAsync(
        string expected, Dictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var assembly = typeof(DefaultChainTests).Assembly.Location;
        var start = new ProcessStartInfo(
            "dotnet", ["vstest", assembly, $"--TestCaseFilter:FullyQualifiedName~{nameof(DefaultChainProcess)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal))
            .ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment[Expected] = expected;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        Assert.That(process.ExitCode, Is.Zero, $"{output}{await error}");
    }
}

/// <summary>The other process: reads a task with what its variables say.</summary>
[DefaultChainFixture]
internal sealed class DefaultChainProcess
{
    [Test]
    public async Task What_is_found_is_what_was_expected()
    {
        var expected = ProcessEnvironment.Read()[DefaultChainTests.Expected];
        using var clients = new AwsClients(expected == "NoRegion" ? null : "eu-central-1");
        var reading = await new DeployedReader(clients).TaskAsync("main", "a", CancellationToken.None);

        Assert.That(reading.Fault?.Kind.ToString() ?? "facts", Is.EqualTo(expected), $"{reading}");
    }
}

/// <summary>Makes a class a fixture only in the process that <see cref="DefaultChainTests"/> starts.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class DefaultChainFixtureAttribute : NUnitAttribute, IFixtureBuilder
{
    // Not none: for none, NUnit 4 builds the class as any other.
    public IEnumerable<TestSuite> BuildFrom(ITypeInfo typeInfo) =>
        ProcessEnvironment.Read().ContainsKey(DefaultChainTests.Expected)
            ? new TestFixtureAttribute().BuildFrom(typeInfo)
            : [new TestFixture(typeInfo)];
}
