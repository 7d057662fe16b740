using NUnit.Framework;
using Support.Aws;

namespace Support.Tests.Aws.Publishing;

/// <summary>
/// One emulator for all tests of publishing, started when the first asks for it; each test has names of its own in it.
/// </summary>
[SetUpFixture]
internal sealed class SharedMoto
{
    private static readonly Lazy<Task<MotoServer>> Server = new(() => MotoServer.StartAsync());

    [OneTimeTearDown]
    public async Task End()
    {
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
    }

    /// <summary>The emulator.</summary>
    internal static Task<MotoServer> GetAsync() => Server.Value;

    /// <summary>Clients that ask at the given address, and again as often as the suite's own do.</summary>
    internal static AwsClients ClientsOf(Uri url, int retries = AwsClients.Retries) => AwsTestClients.For(url, retries);

    /// <summary>Makes a bucket in the emulator's region.</summary>
    internal static async Task MakeBucketAsync(string name) => await (await GetAsync()).AwsAsync(
        "s3api", "create-bucket", "--bucket", name, "--create-bucket-configuration",
        $"LocationConstraint={MotoServer.Region}");
}
