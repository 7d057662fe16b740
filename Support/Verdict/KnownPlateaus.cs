using Support.Measuring;
using static Support.Verdict.LimitEvidence;

namespace Support.Verdict;

/// <summary>A number at which connections stop growing in many places, and what it mostly is.</summary>
/// <param name="From">The least count that is taken for it.</param>
/// <param name="To">The greatest.</param>
/// <param name="Side">
/// Whose limit it then is: a run whose failures speak for another side did not meet this one.
/// </param>
/// <param name="What">What it probably is, as the end of a sentence.</param>
/// <param name="Next">What to look at.</param>
/// <param name="Source">Where that is known from.</param>
internal sealed record KnownPlateau(int From, int To, BottleneckSide Side, string What, string Next, string Source)
{
    /// <summary>
    /// True where the count is one that ladders and people choose as well: then only an exact limit tells.
    /// </summary>
    public bool NeedsExact { get; init; }

    /// <summary>
    /// The descriptor limit that it comes from; a server that is known to have another did not meet it. Null for
    /// another cause.
    /// </summary>
    public long? Descriptors { get; init; }
}

/// <summary>Known plateaus by number. A match is one sentence of evidence, and never changes the side.</summary>
internal static class KnownPlateaus
{
    // Below the limit itself lies what a server opens for itself: some twenty files, and no more than 64 where the
    // limit is large.
    public static IReadOnlyList<KnownPlateau> All { get; } =
    [
        new(
            10,
            10,
            BottleneckSide.Server,
            "IIS on a client edition of Windows takes 10 connections",
            "Use a server edition, or Kestrel without IIS.",
            "dotnet/AspNetCore.Docs issue 19330") { NeedsExact = true },
        new(
            15,
            16,
            BottleneckSide.Server,
            "a thread pool that grows by one thread a second serves 15, then one more each second",
            "Look for blocking calls in the server's handlers.",
            "dotnet/aspnetcore issue 21454") { NeedsExact = true },
        new(230, 256, BottleneckSide.Server, "a process with a descriptor limit of 256", "Raise nofile of the server.",
            "grafana/k6 issue 1932") { NeedsExact = true, Descriptors = 256 },
        new(
            1_001,
            1_024,
            BottleneckSide.Server,
            "a process with the common soft descriptor limit of 1,024",
            "Raise nofile of the server.",
            "getrlimit(2): the soft limit of most login shells and services") { Descriptors = 1_024 },
        new(
            4_032,
            4_096,
            BottleneckSide.Server,
            "a process with a descriptor limit of 4,096, which was Fargate's hard limit until 2022",
            "Raise nofile of the server.",
            "awsdocs/amazon-ecs-developer-guide issue 201") { Descriptors = 4_096 },
        new(
            15_900,
            16_384,
            BottleneckSide.Server,
            "the 16,384 dynamic ports of Windows, behind IIS as a proxy",
            "Widen the dynamic port range, or let IIS run the server in its own process.",
            "dotnet/aspnetcore issue 5390"),
        new(
            28_100,
            28_232,
            BottleneckSide.Client,
            "Linux' 28,232 local ports towards one address and port (32768 to 60999)",
            "Widen net.ipv4.ip_local_port_range, or spread over several addresses.",
            "net.ipv4.ip_local_port_range in the kernel's ip-sysctl.rst"),
        new(
            28_100,
            28_232,
            BottleneckSide.Server,
            "Linux' 28,232 local ports (32768 to 60999), those of a proxy before the server towards it",
            "Widen net.ipv4.ip_local_port_range on the proxy, or give it several addresses to connect to.",
            "net.ipv4.ip_local_port_range in the kernel's ip-sysctl.rst"),
        new(
            54_500,
            55_000,
            BottleneckSide.Path,
            "the 55,000 connections of a NAT gateway towards one destination",
            "Give the NAT gateway more addresses, or put suite and server on one side of it.",
            "Amazon VPC, NAT gateway basics"),
        new(
            63_900,
            65_535,
            BottleneckSide.Client,
            "all ports of one source address, or a descriptor limit of 65,535",
            "Set Pool.SourceAddresses, or raise nofile of the task that runs the suite.",
            "tcp(7): a port has 16 bits; Fargate's default of nofile"),
        new(
            63_900,
            65_535,
            BottleneckSide.Server,
            "a descriptor limit of 65,535, Fargate's default, or all ports of a proxy's one address",
            "Raise nofile of the server (ulimits, up to 1,048,576 on Fargate).",
            "Amazon ECS API reference, Ulimit; tcp(7)"),
    ];

    /// <summary>The sentences for a limit; none where its number is no known plateau.</summary>
    public static IEnumerable<string> Of(LimitCase limit, BottleneckSide side)
    {
        var exact = limit.Run.Search?.Limit is { IsExact: true } found ? HeldAt(found.Holds, limit.Run) : (int?)null;
        var number = exact ?? limit.Result.Held;
        return All.Where(
            row => row.Side == side && number >= row.From && number <= row.To && (exact is not null || !row.NeedsExact)
                    && OwnLimit(row, limit.Result.Resources.Server))
            .Select(row => Say($"{number} is near a known plateau: {row.What} ({row.Source}). {row.Next}"));
    }

    // A hard cap of 16,384 holds 99 % of 16,387: the cap itself is what was held there.
    private static int HeldAt(
        int sessions, RunEvidence run) => run.Steps.Select(step => step.Result).OfType<StepResult>()
        .Concat(run.Search!.Probes.Select(probe => probe.Result))
        .Where(result => result.Sessions == sessions)
        .Select(result => result.Held).DefaultIfEmpty(sessions).Max();

    private static bool OwnLimit(KnownPlateau row, ServerReading? server) =>
        row.Descriptors is null || server?.DescriptorLimit is not { } most || most == row.Descriptors;
}
