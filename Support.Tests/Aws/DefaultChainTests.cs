using System.Diagnostics;
using System.Net;
using NUnit.Framework;
using Support.Targets;
using Support.Tests.Reports;

namespace Support.Tests.Aws;

/// <summary>
/// Credentials, region and endpoint from the variables of a process: of the upload's, for those of this one are shared
/// by every test, and the SDK remembers what it found.
/// </summary>
[TestFixture]
[CancelAfter(180_000)]
internal sealed class DefaultChainTests
{
    private static readonly (string, string) Region = ("AWS_REGION", "eu-central-1");

    private TemporaryFolder temporary = null!;

    [SetUp]
    public void Make()
    {
        temporary = new TemporaryFolder();
        temporary.Folder.Write("capacity.json", """{ "run": { "id": "a-run" } }""");
    }

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public async Task The_credentials_of_the_task_role_sign_a_request_to_the_endpoint_of_the_service(
        CancellationToken cancellationToken)
    {
        await using var role = FaultProxy.Start();
        await using var s3 = FaultProxy.Start();
        await using var others = FaultProxy.Start();
        role.Fail(Fault.Json("""{"RoleArn":"arn:aws:iam::123456789012:"""
            + """role/task","AccessKeyId":"ASIAROLE","SecretAccessKey":"role-secret","Token":"role"""
            + """-token","Expiration":"2099-01-01T00:00:00Z"}"""));
        s3.Fail(Fault.Json("{}"));
        var (code, line) = await RunAsync(
            cancellationToken,
            Region,
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", new Uri(role.Url, "/v2/credentials/1").AbsoluteUri),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "the-task"),
            ("AWS_ENDPOINT_URL", others.Url.AbsoluteUri),
            ("AWS_ENDPOINT_URL_S3", s3.Url.AbsoluteUri));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, line);
            Assert.That(
                role.Seen.Select(seen => (seen.Method, seen.Path, seen.Header("Authorization"))),
                Is.EqualTo([("GET", "/v2/credentials/1", "the-task")]));
            Assert.That(
                s3.Seen.Single().Header("Authorization"),
                Does.StartWith("AWS4-HMAC-SHA256 Credential=ASIAROLE/").And.Contain("/eu-central-1/s3/aws4_request"));
            Assert.That(s3.Seen.Single().Header("X-Amz-Security-Token"), Is.EqualTo("role-token"));
            Assert.That(others.Requests, Is.Zero, "The variable of the service outweighs that of all.");
        }
    }

    [Test]
    public async Task Without_credentials_nothing_is_sent(CancellationToken cancellationToken)
    {
        await using var s3 = FaultProxy.Start();
        var (code, line) = await RunAsync(cancellationToken, Region, ("AWS_ENDPOINT_URL", s3.Url.AbsoluteUri));

        Assert.That((code, s3.Requests), Is.EqualTo((1, 0)), line);
        Assert.That(line, Does.Contain("no credentials"));
    }

    [Test]
    public async Task A_task_role_that_fails_is_no_credentials(CancellationToken cancellationToken)
    {
        await using var role = FaultProxy.Start();
        role.Fail(new Fault.Error(HttpStatusCode.BadRequest, "NoCredentialsAssociated", "no"));
        var (code, line) = await RunAsync(
            cancellationToken, Region, ("AWS_CONTAINER_CREDENTIALS_FULL_URI", role.Url.AbsoluteUri));

        Assert.That((code, role.Requests > 0), Is.EqualTo((1, true)), line);
        Assert.That(line, Does.Contain("no credentials"));
    }

    [Test]
    public async Task Without_a_region_that_is_said(CancellationToken cancellationToken)
    {
        var (code, line) = await RunAsync(
            cancellationToken, ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b"));

        Assert.That(code, Is.EqualTo(1));
        Assert.That(line, Does.Contain("no region"));
    }

    private async Task<(int ExitCode, string Line)> RunAsync(
        CancellationToken cancellationToken, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(
            "dotnet", [new HelperProcess("ReportUpload", "the upload", "").Find()]) { RedirectStandardOutput = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal))
            .ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["CAPACITY_AWS_REPORTSBUCKET"] = "a-bucket";
        start.Environment["CAPACITY_REPORTS_DIRECTORY"] = temporary.Folder.Directory;
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, line);
    }
}
