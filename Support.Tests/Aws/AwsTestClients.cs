using Amazon.Runtime;
using Support.Aws;

namespace Support.Tests.Aws;

/// <summary>
/// The suite's clients, led to a server of the test: nothing of the machine's own configuration is used.
/// </summary>
internal static class AwsTestClients
{
    /// <summary>Clients with a key of the test.</summary>
    /// <param name="url">Where they call.</param>
    /// <param name="retries">Default: 0, so that a fault is seen at once.</param>
    /// <param name="timeout">Default: a minute, for an emulator on a busy machine.</param>
    public static AwsClients For(Uri url, int retries = 0, TimeSpan? timeout = null) => new(MotoServer.Region, config =>
    {
        config.ServiceURL = url.AbsoluteUri;
        config.AuthenticationRegion = MotoServer.Region;
        config.DefaultAWSCredentials = new SessionAWSCredentials("test", "a-secret-of-the-test", "a-token-of-the-test");
        config.MaxErrorRetry = retries;
        config.Timeout = timeout ?? TimeSpan.FromMinutes(1);
    });
}
