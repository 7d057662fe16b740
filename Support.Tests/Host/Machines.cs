using System.Collections.Immutable;
using System.Net;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

/// <summary>Facts and contexts that a test changes in one place.</summary>
internal static class Machines
{
    internal static RuntimeFacts Linux { get; } = new()
    {
        IsLinux = true,
        System = "Linux",
        Framework = ".NET 10.0.0",
        Architecture = "X64",
        Processors = 2,
        PageBytes = 4096,
    };

    /// <summary>A machine that has plenty of everything, and a target elsewhere.</summary>
    internal static EnvironmentFacts Roomy { get; } = new()
    {
        Runtime = Linux,
        Cpu = new CpuInfo("model", 2),
        Memory = new MemInfo(8L << 30, 4L << 30, 1 << 20),
        Cgroup = CgroupFacts.Without("none here"),
        OpenFiles = Files(1_048_576),
        DescriptorsOpen = 44,
        Ports = new PortRange(1024, 65535, 0),
        TimeWaitReuse = Number(2),
        AcceptQueue = Number(4096),
        SynBacklog = Number(4096),
        TcpMem = new TcpMem(100_000, 200_000, 400_000),
        Sockets = new SocketFacts(0, 0, 0),
        Target = new ResolvedTarget
        {
            Host = "198.51.100.7",
            Port = 80,
            IsAddress = true,
            Addresses = [IPAddress.Parse("198.51.100.7")],
        },
    };

    internal static ResolvedTarget Loopback { get; } = new()
    {
        Host = "127.0.0.1",
        Port = 8080,
        IsAddress = true,
        IsLocal = true,
        Addresses = [IPAddress.Loopback],
    };

    internal static OpenFileLimits Files(long limit) => new(Number(limit), Number(limit));

    internal static Limit Number(long value) => new Limit.Number(value, "test");

    internal static CapacitySettings Remote { get; } =
        new() { Target = new TargetSettings { Url = new Uri("ws://198.51.100.7/") } };

    internal static CheckContext Context(
        int top, CapacitySettings? settings = null, ImmutableArray<int>? steps = null) => new()
    {
        Settings = (settings ?? Remote) with { Ladder = new LadderSettings { Steps = steps ?? [10, top] } },
        LadderTop = top,
        Handshake = _ => Task.FromResult(new HandshakeProbe(true, "101", "")),
    };
}
