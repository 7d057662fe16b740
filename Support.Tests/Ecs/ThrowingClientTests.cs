using NUnit.Framework;
using Support.Ecs;

namespace Support.Tests.Ecs;

/// <summary>What no server can cause and a client still may: the reader ends with a value.</summary>
[CancelAfter(60_000)]
internal sealed class ThrowingClientTests
{
    [Test]
    public async Task A_client_that_throws_anything_is_unavailable(CancellationToken cancellationToken)
    {
        using var broken = new Broken();
        var environment = new Dictionary<string, string> { [MetadataEndpoint.Version4] = "http://127.0.0.1:1/v4/x" };
        var metadata = await new TaskMetadataReader(environment, broken).ReadAsync(cancellationToken);

        Assert.That(
            (metadata as TaskMetadata.Unavailable)?.Why, Is.EqualTo("no answer: InvalidOperationException: broken"));
    }

    private sealed class Broken : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }
}
