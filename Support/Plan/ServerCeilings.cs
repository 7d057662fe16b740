using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>What the server's resources beside memory allow: one row a resource, with its arithmetic.</summary>
internal static class ServerCeilings
{
    /// <summary>1,024 to 65,535, towards one task: a load balancer's node is one source address.</summary>
    internal const int PortsOfSource = 64_512;

    /// <summary>
    /// Above it waiting grows out of hand: the response time is five times the service time (M/M/1: 1 ÷ (1 − 0.8)).
    /// </summary>
    internal const double MostBusy = 0.8;

    internal static Ceiling Descriptors(EstimateInput task)
    {
        var next = $"Set ulimits in the container definition: {OpenFileLimits.Ulimits(OpenFileLimits.Most)}.";
        if ((task.Descriptors ?? (task.Size.IsTask ? OpenFileLimits.FargateDefault : null)) is not { } limit)
            return Files(null, "not known: an instance's limit is what its system and service set", next);
        var left = Math.Max(0, limit - ClientBudget.WorkerDescriptors);
        var from = task.Descriptors is null ? "Fargate's default" : "nofile";
        return Files(
            left,
            $"{Words.Count(limit)} ({from}) − {ClientBudget.WorkerDescriptors} in reserve, as for this suite's own "
                + $"workers = {Words.Count(left)}",
            limit < OpenFileLimits.Most ? next : "");
    }

    internal static Ceiling Ports(PlanSettings plan)
    {
        var most = (long)plan.Zones * PortsOfSource;
        return Row(
            Resource.Ports, most,
            $"{(plan.Zones == 1 ? "1 load balancer node" : $"{Words.Count(plan.Zones)} load balancer nodes")}, one per "
                + $"zone, × {Words.Count(PortsOfSource)} ports (1,024 to 65,535) towards a task's address and port = "
                + $"{Words.Count(most)}",
            "Spread the load balancer over more zones, or let the server listen on a second port; a proxy beside it "
                + "needs net.ipv4.ip_local_port_range \"1024 65535\" (systemControls).");
    }

    internal static Ceiling Processor(MachineSize size, PlanSettings plan)
    {
        if (plan.MessageRate == 0)
            return Row(Resource.Processor, null,
                "no limit: Plan.MessageRate is 0, and an idle connection takes no processor time", "");
        var most = Whole(size.Vcpus * size.BaselineCpu * MostBusy / (plan.MessageRate * plan.MessageTime.TotalSeconds));
        var baseline = size.BaselineCpu < 1
            ? Say($" × {size.BaselineCpu * 100:0.#} % baseline (more only while it has credits)")
            : "";
        return Row(
            Resource.Processor, most,
            Say($"{size.Vcpus:0.##} vCPU{baseline} × {MostBusy * 100:0} % ÷ ({Messages(plan)} per second × "
                + $"{plan.MessageTime.TotalMicroseconds:#,0.###} µs) = {most:N0}"),
            "Give the task more vCPUs, or send fewer messages; Plan.MessageTime is what one takes on your server.");
    }

    internal static Ceiling Bandwidth(MachineSize size, PlanSettings plan)
    {
        if (plan.MessageRate == 0)
            return Row(Resource.Bandwidth, null, "no limit: Plan.MessageRate is 0", "");
        if ((size.BaselineGbps ?? size.BurstGbps) is not { } gigabits)
        {
            var why = size.IsTask
                ? "not known: AWS publishes no bandwidth for tasks on Fargate"
                : "not known for this instance type";
            return Row(Resource.Bandwidth, null, why, "");
        }

        var bytes = WireBytes.Of(plan.MessageBytes);
        var most = Whole(gigabits * 1e9 / (plan.MessageRate * bytes * 8));
        var burst = (size.BaselineGbps, size.BurstGbps) switch
        {
            (null, _) => "; only the burst is known, which lasts for minutes",
            (_, { } high) => Say($"; up to {high:0.###} for minutes at a time"),
            _ => "",
        };
        return Row(
            Resource.Bandwidth, most,
            Say($"{gigabits:0.###} Gbit/s{burst} ÷ ({Messages(plan)} per second × {bytes:N0} bytes × 8) = {most:N0}, "
                + $"if all go one way; {plan.MessageBytes:N0} bytes of payload are {bytes:N0} with frame, TCP and IP "
                + $"headers"),
            "Take a size with more bandwidth, or send fewer or smaller messages.");
    }

    /// <summary>The rate, as in <c>2.5 messages</c>.</summary>
    internal static string Messages(PlanSettings plan) =>
        Say($"{plan.MessageRate:#,0.####} {(plan.MessageRate == 1 ? "message" : "messages")}");

    private static Ceiling Row(Resource resource, long? connections, string basis, string next) =>
        new(resource, resource.Name(), "server", connections, basis, next);

    private static Ceiling Files(long? connections, string basis, string next) =>
        Row(Resource.Descriptors, connections, basis, next) with { Resource = "file descriptors" };

    // What a quotient of doubles misses of a whole number is made up for; above 10^15 a number says nothing any more,
    // and a cast would be undefined.
    private static long Whole(double value) => (long)Math.Min(value * (1 + 1e-12), 1e15);
}

/// <summary>What a WebSocket message takes on the wire, in bytes.</summary>
internal static class WireBytes
{
    /// <summary>
    /// IPv4 20 (RFC 791, 3.1), TCP 20 (RFC 9293, 3.1), its timestamps with padding 12 (RFC 7323, appendix A).
    /// </summary>
    private const int SegmentHeaders = 52;

    /// <summary>Payload of a full segment: 1,500 of Ethernet less <see cref="SegmentHeaders"/>.</summary>
    private const int SegmentPayload = 1_448;

    /// <summary>
    /// Around a payload (RFC 6455, 5.2), masked as a client sends it: 6, 8 from 126 bytes, 14 from 65,536.
    /// </summary>
    public static int FrameOf(int payload) => payload switch { <= 125 => 6, <= ushort.MaxValue => 8, _ => 14 };

    /// <summary>With frame and segment headers: 260 for 200. Acknowledgements of their own don't count.</summary>
    public static long Of(int payload)
    {
        var framed = (long)payload + FrameOf(payload);
        return framed + (PlanMath.DivideUp(framed, SegmentPayload) * SegmentHeaders);
    }
}
