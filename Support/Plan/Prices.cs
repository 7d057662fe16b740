using Support.Settings;

namespace Support.Plan;

/// <summary>What a task on Fargate costs, in US dollars.</summary>
/// <param name="VcpuHour">Per vCPU and hour.</param>
/// <param name="GigabyteHour">Per GB of memory and hour.</param>
/// <param name="Of">
/// Where the two come from, with the date, as in <c>Fargate, Linux on x86, us-east-1, as published in April 2026</c>,
/// or <c>as set</c>.
/// </param>
public sealed record TaskPrice(double VcpuHour, double GigabyteHour, string Of)
{
    /// <summary>The hours of a month in every figure, as in AWS's own calculator: 365 days ÷ 12.</summary>
    internal const double HoursOfAMonth = 730;

    // https://aws.amazon.com/fargate/pricing/, us-east-1, Linux; as sources of March and April 2026 give it.
    private static readonly TaskPrice X86 = new(0.04048, 0.004445,
        "Fargate, Linux on x86, us-east-1, as published in April 2026");
    private static readonly TaskPrice Arm = new(0.03238, 0.00356,
        "Fargate, Linux on ARM, us-east-1, as published in April 2026");

    /// <summary>
    /// What is set, and for the rest the default of the architecture: <c>ARM64</c>, else x86, as ECS does.
    /// </summary>
    internal static TaskPrice For(string? architecture, PriceSettings settings)
    {
        var price = string.Equals(architecture, "ARM64", StringComparison.OrdinalIgnoreCase) ? Arm : X86;
        return settings switch
        {
            { VcpuHour: { } vcpu, GigabyteHour: { } gigabyte } => new(vcpu, gigabyte, "as set"),
            { VcpuHour: { } vcpu } => new(vcpu, price.GigabyteHour, $"vCPU as set; memory: {price.Of}"),
            { GigabyteHour: { } gigabyte } => new(price.VcpuHour, gigabyte, $"memory as set; vCPU: {price.Of}"),
            _ => price,
        };
    }

    /// <summary>(vCPU × price + GB × price) × 730 h: 1 vCPU and 2 GB at the default are $36.04.</summary>
    internal double CostPerMonth(TaskSize size) =>
        ((size.Cpu / 1024.0 * VcpuHour) + (size.Memory / 1024.0 * GigabyteHour)) * HoursOfAMonth;

    /// <summary>Per month, for 1,000 connections; null where it is not known what one task holds, or it is 0.</summary>
    internal static double? CostPerThousand(double costPerMonth, int? held) =>
        held is > 0 ? costPerMonth / (held.Value / 1000.0) : null;
}

/// <summary>What an application load balancer costs, in US dollars.</summary>
/// <param name="Hour">Per load balancer and hour.</param>
/// <param name="LcuHour">Per load balancer capacity unit (LCU) and hour.</param>
/// <param name="Of">Where they come from, with the date, or <c>as set</c>.</param>
internal sealed record LoadBalancerPrice(double Hour, double LcuHour, string Of)
{
    /// <summary>Elastic Load Balancing quotas page; can be raised on request.</summary>
    public const int TargetsEach = 1_000;

    // Active connections that one LCU pays for; with mutual TLS it would be half of them (Elastic Load Balancing
    // pricing page).
    private const double ConnectionsOfUnit = 3_000;

    // The same page: 1 GB an hour for a unit. GB as 1,000,000,000 bytes, the dearer reading.
    private const double BytesOfUnitHour = 1e9;

    // https://aws.amazon.com/elasticloadbalancing/pricing/, us-east-1; as sources of March and April 2026 give it.
    private static readonly LoadBalancerPrice Default =
        new(0.0225, 0.008, "application load balancer, us-east-1, as published in April 2026");

    /// <summary>The price: what is set, and for the rest the default.</summary>
    public static LoadBalancerPrice For(PriceSettings settings) => settings switch
    {
        { LoadBalancerHour: { } hour, LcuHour: { } unit } => new(hour, unit, "load balancer as set"),
        { LoadBalancerHour: { } hour } =>
            new(hour, Default.LcuHour, $"load balancer as set; its capacity units: {Default.Of}"),
        { LcuHour: { } unit } => new(Default.Hour, unit, $"capacity units as set; {Default.Of}"),
        _ => Default,
    };

    /// <summary>Load balancers that so many targets take; at least 1.</summary>
    public static long CountFor(long targets) => Math.Max(1, PlanMath.DivideUp(targets, TargetsEach));

    /// <summary>
    /// LCUs of a service, as AWS bills them: the greatest of what connections and bytes (payload and frames) ask for.
    /// New connections are left out, as they come once and stay, and so are rules.
    /// </summary>
    public static double UnitsFor(long connections, PlanSettings plan)
    {
        var bytesAnHour = connections * plan.MessageRate * (plan.MessageBytes
            + WireBytes.FrameOf(plan.MessageBytes)) * 3600;
        return Math.Max(connections / ConnectionsOfUnit, bytesAnHour / BytesOfUnitHour);
    }

    /// <summary>(load balancers × price + LCUs × price) × 730 h: 100,000 idle connections on one are $211.</summary>
    public double CostPerMonth(long loadBalancers, double units) =>
        ((loadBalancers * Hour) + (units * LcuHour)) * TaskPrice.HoursOfAMonth;
}
