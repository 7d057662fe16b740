using System.Globalization;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>What the server's resources beside memory allow: one row a resource, with its arithmetic.</summary>
internal static class ServerCeilings
{
    /// <summary>Ports that one source address has towards one task, 1,024 to 65,535: a load balancer's node is one such address.</summary>
    internal const int PortsOfSource = 64_512;

    /// <summary>The share of the processor above which waiting grows out of hand: at 80 % the response time is five times the service time (M/M/1: 1 ÷ (1 − 0.8)).</summary>
    internal const double MostBusy = 0.8;

    internal static Ceiling Descriptors(EstimateInput task)
    {
        const string next = "Set ulimits in the container definition: \"ulimits\": [{ \"name\": \"nofile\", \"softLimit\": 1048576, \"hardLimit\": 1048576 }].";
        if ((task.Descriptors ?? (task.Size.IsTask ? OpenFileLimits.FargateDefault : null)) is not { } limit)
            return new(Resource.Descriptors, "file descriptors", "server", null, "not known: an instance's limit is what its system and service set", next);
        var left = Math.Max(0, limit - ClientBudget.WorkerDescriptors);
        var from = task.Descriptors is null ? "Fargate's default" : "nofile";
        return new(Resource.Descriptors, "file descriptors", "server", left, $"{Words.Count(limit)} ({from}) − {ClientBudget.WorkerDescriptors} in reserve, as for this suite's own workers = {Words.Count(left)}",
            limit < OpenFileLimits.Most ? next : "");
    }

    internal static Ceiling Ports(PlanSettings plan)
    {
        long most = (long)plan.Zones * PortsOfSource;
        return new(
            Resource.Ports,
            "ports",
            "server",
            most,
            $"{Count(plan.Zones, "load balancer node")}, one a zone, × {Words.Count(PortsOfSource)} ports (1,024 to 65,535) towards a task's address and port = {Words.Count(most)}",
            "Spread the load balancer over more zones, or let the server listen on a second port; a proxy beside it needs net.ipv4.ip_local_port_range \"1024 65535\" (systemControls).");
    }

    internal static Ceiling Processor(MachineSize size, PlanSettings plan)
    {
        const string next = "Give the task more vCPUs, or send fewer messages; Plan.MessageTime is what one takes on your server.";
        if (plan.MessageRate == 0)
            return new(Resource.Processor, "processor", "server", null, "no limit: Plan.MessageRate is 0, and an idle connection takes no processor time", "");
        var most = Whole(size.Vcpus * size.BaselineCpu * MostBusy / (plan.MessageRate * plan.MessageTime.TotalSeconds));
        var baseline = size.BaselineCpu < 1 ? string.Create(CultureInfo.InvariantCulture, $" × {size.BaselineCpu * 100:0.#} % baseline (more only while it has credits)") : "";
        return new(Resource.Processor, "processor", "server", most, string.Create(CultureInfo.InvariantCulture,
            $"{size.Vcpus:0.##} vCPU{baseline} × {MostBusy * 100:0} % ÷ ({Messages(plan)} a second × {plan.MessageTime.TotalMicroseconds:#,0.###} µs) = {most:N0}"), next);
    }

    internal static Ceiling Bandwidth(MachineSize size, PlanSettings plan)
    {
        const string next = "Take a size with more bandwidth, or send fewer or smaller messages.";
        if (plan.MessageRate == 0)
            return new(Resource.Bandwidth, "bandwidth", "server", null, "no limit: Plan.MessageRate is 0", "");
        if ((size.BaselineGbps ?? size.BurstGbps) is not { } gigabits)
            return new(Resource.Bandwidth, "bandwidth", "server", null, size.IsTask ? "not known: AWS publishes no bandwidth for tasks on Fargate" : "not known for this instance type", "");
        var bytes = WireBytes.Of(plan.MessageBytes);
        var most = Whole(gigabits * 1e9 / (plan.MessageRate * bytes * 8));
        var burst = (size.BaselineGbps, size.BurstGbps) switch
        {
            (null, _) => "; only the burst is known, which lasts for minutes",
            (_, { } high) => string.Create(CultureInfo.InvariantCulture, $"; up to {high:0.###} for minutes at a time"),
            _ => "",
        };
        return new(Resource.Bandwidth, "bandwidth", "server", most, string.Create(CultureInfo.InvariantCulture,
            $"{gigabits:0.###} Gbit/s{burst} ÷ ({Messages(plan)} a second × {bytes:N0} bytes × 8) = {most:N0}, if all go one way; {plan.MessageBytes:N0} bytes of payload are {bytes:N0} with frame, TCP and IP headers"), next);
    }

    /// <summary>The rate, as in <c>2.5 messages</c>.</summary>
    internal static string Messages(PlanSettings plan) =>
        string.Create(CultureInfo.InvariantCulture, $"{plan.MessageRate:#,0.####} {(plan.MessageRate == 1 ? "message" : "messages")}");

    private static string Count(int value, string what) => value == 1 ? $"1 {what}" : $"{Words.Count(value)} {what}s";

    // What a quotient of doubles misses of a whole number is made up for; above 10^15 a number says nothing any more, and a cast would be undefined.
    private static long Whole(double value) => (long)Math.Min(value * (1 + 1e-12), 1e15);
}
