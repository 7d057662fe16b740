using System.Collections.Immutable;

namespace Support.Host;

/// <summary>The checks in the order that they run and are reported in.</summary>
public static class EnvironmentChecks
{
    /// <summary>All of them. Making the list reads nothing, so that a test runner can list it at discovery.</summary>
    public static ImmutableArray<EnvironmentCheck> All { get; } =
    [
        new("Platform", "Platform is known", Plain(MachineChecks.Platform)),
        new("CpuLimit", "Processor limit leaves room to open connections", Plain(MachineChecks.CpuLimit), linuxOnly: true),
        new("MemoryLimit", "Memory covers the ladder", Plain(MemoryChecks.MemoryLimit), linuxOnly: true),
        new("FileDescriptors", "File descriptor limit covers the ladder", Plain(BudgetChecks.FileDescriptors), linuxOnly: true),
        new("EphemeralPorts", "Local ports to the target cover the ladder", Plain(BudgetChecks.EphemeralPorts), linuxOnly: true),
        new("ListenBacklog", "Accept queue covers the handshakes in flight", Plain(NetworkChecks.ListenBacklog), linuxOnly: true),
        new("ConnectionTracking", "Connection tracking covers the ladder", Plain(NetworkChecks.ConnectionTracking), linuxOnly: true),
        new("SocketMemory", "TCP buffer memory covers the ladder", Plain(MemoryChecks.SocketMemory), linuxOnly: true),
        new("TargetName", "Name of the target resolves", Plain(TargetChecks.Name)),
        new("TargetTrust", "Certificates of the target are checked", Plain(TargetChecks.Trust)),
        new("TargetHandshake", "Target answers a WebSocket handshake", TargetChecks.HandshakeAsync),
    ];

    private static Func<EnvironmentFacts, CheckContext, CancellationToken, Task<Answer>> Plain(
        Func<EnvironmentFacts, CheckContext, Answer> check) =>
        (facts, context, _) => Task.FromResult(check(facts, context));
}
