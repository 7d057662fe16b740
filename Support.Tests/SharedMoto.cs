using NUnit.Framework;
using Support.Aws;
using Support.Tests.Aws;
using Support.Tests.Compat;

namespace Support.Tests;

/// <summary>
/// One emulator of AWS for all tests, started when the first asks for it; each test has names or a region of its own
/// in it.
/// </summary>
[SetUpFixture]
internal sealed class SharedMoto
{
    private static readonly Lazy<Task<MotoServer>> Server = new(StartedAsync);
    private static readonly Lazy<Task<EcsEmulator>> Ecs = new(FilledAsync);

    [OneTimeTearDown]
    public async Task End()
    {
        // A run within the run ends as well, and is one test of it.
        if (AllureTestsSampleFixtureAttribute.IsWanted.Value)
            return;
        if (Server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await Server.Value).DisposeAsync();
    }

    /// <summary>The emulator.</summary>
    internal static Task<MotoServer> GetAsync() => Server.Value;

    /// <summary>Its cluster with a task and a service, which nobody changes.</summary>
    internal static Task<EcsEmulator> EcsAsync() => Ecs.Value;

    /// <summary>Clients that ask at the given address, and again as often as the suite's own do.</summary>
    internal static AwsClients ClientsOf(Uri url, int retries = AwsClients.Retries) => AwsTestClients.For(url, retries);

    /// <summary>Makes a bucket in the emulator's region.</summary>
    internal static async Task MakeBucketAsync(string name) => await (await GetAsync()).MakeBucketAsync(name);

    // It loads a service with its first call, which takes seconds on a busy machine: as long as the suite waits at
    // most.
    private static async Task<MotoServer> StartedAsync()
    {
        var moto = await MotoServer.StartAsync();
        await moto.NetworkAsync();
        await moto.CallAsync("monitoring", "GraniteServiceVersion20100801.DescribeAlarms", "{}");
        await moto.MakeBucketAsync("first");
        return moto;
    }

    private static async Task<EcsEmulator> FilledAsync()
    {
        var ecs = new EcsEmulator(await GetAsync());
        await ecs.FillAsync();
        return ecs;
    }
}
