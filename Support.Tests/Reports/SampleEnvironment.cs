using System.Collections.Immutable;
using Support.Host;

namespace Support.Tests.Reports;

/// <summary>What a run finds on a machine that is fit for it, and one finding on a machine that is not.</summary>
internal static class SampleEnvironment
{
    public static Finding FewDescriptors { get; } = new(
        "Environment.FileDescriptors", "File descriptor limit covers the ladder", CheckOutcome.Critical,
        "at least 1,200: 1,000 connections and 200 in reserve",
        "256 (/proc/self/limits, hard)", "Raise nofile to 65,535, in a task definition under ulimits.");

    public static ImmutableArray<Finding> Checks { get; } =
    [
        FewDescriptors with { Outcome = CheckOutcome.Passed, Actual = "65,535 (/proc/self/limits, hard)", Next = "" },
        new("Environment.Platform", "Platform is known", CheckOutcome.Passed, "Linux, .NET 10",
            "Linux 6.18, .NET 10.0.12, 2 cores, concurrent server GC", ""),
        new(
            "Environment.ListenBacklog",
            "Listen backlog takes the handshakes in flight",
            CheckOutcome.Warning,
            "at least 100",
            "net.core.somaxconn 64",
            "Set net.core.somaxconn to 4096, in a task definition under systemControls."),
        new("Environment.ConnectionTracking", "Connection tracking has room", CheckOutcome.NotApplicable,
            "1,000 free entries", "no nf_conntrack in this network namespace", ""),
        new("Environment.Target", "Target answers one handshake", CheckOutcome.Passed, "101 Switching Protocols",
            "101 in 3.1 ms from 127.0.0.1:41873", ""),
    ];

    public static CeilingTable Ceilings { get; } = new(
    [
        new(
            Resource.Ports,
            "ephemeral ports",
            "client",
            28_232,
            "ip_local_port_range 32768-60999 to one address and port",
            "Widen net.ipv4.ip_local_port_range or set Pool.SourceAddresses."),
        new(Resource.Descriptors, "file descriptors", "client", 65_335, "nofile 65,535 less 200 in reserve",
            "Raise nofile."),
        new(Resource.Memory, "memory", "both", 21_400, "2 GiB less 310 MB in use, 81 KB a connection of both ends",
            "Give the task more memory."),
        new(Resource.ConnectionTracking, "connection tracking", "client", null,
            "no nf_conntrack in this network namespace", ""),
    ]);
}
