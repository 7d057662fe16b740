using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Host;
using Support.Targets;

namespace Support.Tests.Targets;

/// <summary>Servers that are shell commands, in and without groups of their own.</summary>
internal sealed class ServerRun : IDisposable
{
    public static readonly GroupLimits Small = new(64L << 20, 256, 100, 200);

    private static readonly Lazy<CgroupSupport> Ability =
        new(() => CgroupSupport.ProbeAsync().GetAwaiter().GetResult());

    private readonly Lazy<int> port = new(FreePorts.Next);

    /// <summary>Where the server is run, and what it may write to.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("server").FullName;

    public Uri Url => new($"ws://127.0.0.1:{port.Value}/");

    /// <summary>The machine's way; without one the test has nothing to test.</summary>
    public static CgroupDriver Way()
    {
        var ability = Ability.Value;
        if (ability.Driver == CgroupDriver.None)
            Assert.Ignore($"{ability.Why} {ability.Next}");
        return ability.Driver;
    }

    public ServerCommand Command(string line) => new(line, Url, Folder);

    /// <summary>A server that counts as started at once.</summary>
    public Task<ServerProcess> StartAsync(string line, GroupLimits? limits, CancellationToken cancellationToken) =>
        ServerProcess.StartAsync(Command(line), limits, limits is null
            ? CgroupDriver.None
            : Way(), _ => Task.FromResult(true), cancellationToken);

    /// <summary>A server that has started once it has written <c>out</c> to its end.</summary>
    public Task<ServerProcess> StartWritingAsync(
        string line, GroupLimits? limits, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        Command($"{{ {line}; }} > part && mv part out; sleep 600"), limits, limits is null ? CgroupDriver.None : Way(),
        _ => Task.FromResult(File.Exists(In("out"))), cancellationToken);

    public string In(string name) => Path.Combine(Folder, name);

    public string[] Written() => File.ReadAllLines(In("out"));

    /// <summary>The folder of one controller's group that a process is in.</summary>
    public static string GroupOf(int processId, string controller) => CgroupLocator
        .Locate(
            controller,
            File.ReadAllText($"/proc/{processId}/cgroup"),
            File.ReadAllText("/proc/self/mountinfo"))!.Folders.First();

    /// <summary>The groups that servers of this test process have left.</summary>
    public static string[] Groups() =>
    [
        .. new[] { "/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu", "/sys/fs/cgroup/unified" }
        .Where(Directory.Exists)
            .SelectMany(folder => Directory.GetDirectories(folder, $"capacity-{Environment.ProcessId}-*")),
    ];

    /// <summary>No such process, or one that only waits to be collected.</summary>
    public static bool IsGone(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static async Task<bool> ListensAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, url.Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
