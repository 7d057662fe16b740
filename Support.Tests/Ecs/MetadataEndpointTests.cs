using NUnit.Framework;
using Support.Ecs;

namespace Support.Tests.Ecs;

/// <summary>Where the suite asks, and where it never does.</summary>
internal sealed class MetadataEndpointTests
{
    [TestCase("http://169.254.170.2/v4/abc-123", "http://169.254.170.2/v4/abc-123/task")]
    [TestCase(
        "http://169.254.170.2/v4/abc-123/",
        "http://169.254.170.2/v4/abc-123/task",
        Description = "a doubled slash is redirected")]
    [TestCase("http://169.254.170.2/v4/abc-123//", "http://169.254.170.2/v4/abc-123/task")]
    [TestCase(" http://127.0.0.1:51678/v4/x ", "http://127.0.0.1:51678/v4/x/task")]
    [TestCase("http://[::1]:8080/v4/x", "http://[::1]:8080/v4/x/task")]
    [TestCase("http://localhost:8080", "http://localhost:8080/task")]
    [TestCase("http://[fd00:ec2::170:2]/v4/x", "http://[fd00:ec2::170:2]/v4/x/task")]
    public void The_agent_and_loopback_are_asked(string value, string task)
    {
        var endpoint = MetadataEndpoint.From(V4(value))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.Problem, Is.Null);
            Assert.That(endpoint.At("/task").AbsoluteUri, Is.EqualTo(task));
        }
    }

    [TestCase("http://169.254.169.254/latest", "'169.254.169.254'")]
    [TestCase("http://169.254.170.20/v4/x", "'169.254.170.20'")]
    [TestCase("http://169.254.170.2.example.com/v4/x", "'169.254.170.2.example.com'")]
    [TestCase("http://localhost.example.com/", "'localhost.example.com'")]
    [TestCase("http://10.0.0.1/", "'10.0.0.1'")]
    [TestCase("http://[fd00:ec3::1]/", "'[fd00:ec3::1]'")]
    [TestCase("http://[::ffff:10.0.0.1]/", "names the host")]
    [TestCase("https://169.254.170.2/v4/x", "'https'")]
    [TestCase("file:///etc/passwd", "'file'")]
    [TestCase("http://169.254.170.2@example.com/", "user name or password")]
    [TestCase("http://u:hunter2@127.0.0.1/", "user name or password")]
    [TestCase("http://127.0.0.1/?a=b", "query")]
    [TestCase("169.254.170.2/v4/x", "not an absolute URL")]
    [TestCase("/v4/x", "has the scheme 'file'")]
    [TestCase("http://", "not an absolute URL")]
    public void Nothing_else_is_asked_and_the_reason_is_told(string value, string reason)
    {
        var endpoint = MetadataEndpoint.From(V4(value))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.Base, Is.Null);
            Assert.That(
                endpoint.Problem,
                Does.StartWith("ECS_CONTAINER_METADATA_URI_V4 ").And.Contain(reason).And.Not.Contain("hunter2"));
        }
    }

    [Test]
    public void Version_4_comes_before_version_3_and_an_empty_variable_is_none()
    {
        Dictionary<string, string> both = new()
        {
            [MetadataEndpoint.Version4] = "http://169.254.170.2/v4/a",
            [MetadataEndpoint.Version3] = "http://169.254.170.2/v3/a",
        };
        Dictionary<string, string> old = new(both) { [MetadataEndpoint.Version4] = " " };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                MetadataEndpoint.From(both),
                Is.EqualTo(new MetadataEndpoint(4, new("http://169.254.170.2/v4/a"), null)));
            Assert.That(
                MetadataEndpoint.From(old),
                Is.EqualTo(new MetadataEndpoint(3, new("http://169.254.170.2/v3/a"), null)));
        }
    }

    // CodeBuild sets the variable of the credentials as well, and Lambda that of the execution environment.
    [Test]
    public void A_process_is_in_ECS_where_the_agent_says_so_and_nowhere_else()
    {
        Dictionary<string, string> elsewhere = new()
        {
            [MetadataEndpoint.Version4] = "", ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/x",
            ["AWS_EXECUTION_ENV"] = "AWS_Lambda_dotnet10",
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(TaskMetadata.IsInEcs(elsewhere), Is.False);
            Assert.That(TaskMetadata.IsInEcs(V4("http://169.254.170.2/v4/a")), Is.True);
            Assert.That(
                TaskMetadata.IsInEcs(V4("http://example.com/")),
                Is.True,
                "an endpoint that is not asked is no reason to say that this is not ECS");
        }
    }

    private static Dictionary<string, string> V4(string value) => new() { [MetadataEndpoint.Version4] = value };
}
