using Support.Settings;

namespace Support.Plan;

/// <summary>What an application load balancer costs, in US dollars.</summary>
/// <param name="Hour">A load balancer an hour.</param>
/// <param name="LcuHour">A load balancer capacity unit (LCU) an hour.</param>
/// <param name="Of">Where the two come from, with the date, or <c>as set</c>.</param>
public sealed record LoadBalancerPrice(double Hour, double LcuHour, string Of);

/// <summary>What application load balancers cost, and how many connections and targets they take.</summary>
public static class LoadBalancerPrices
{
    /// <summary>Active connections that one LCU pays for; with mutual TLS it would be half of them (Elastic Load Balancing pricing page).</summary>
    public const int ConnectionsOfUnit = 3_000;

    /// <summary>Targets that one application load balancer can have (Elastic Load Balancing quotas page; can be raised on request).</summary>
    public const int TargetsEach = 1_000;

    // The same page: 1 GB an hour for a unit. GB as 1,000,000,000 bytes, the dearer reading.
    private const double BytesOfUnitHour = 1e9;

    // https://aws.amazon.com/elasticloadbalancing/pricing/, us-east-1; as sources of March and April 2026 give it.
    private static readonly LoadBalancerPrice Default = new(0.0225, 0.008, "application load balancer, us-east-1, as published in April 2026");

    /// <summary>The price: what is set, and for the rest the default.</summary>
    public static LoadBalancerPrice Of(PriceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings switch
        {
            { LoadBalancerHour: { } hour, LcuHour: { } unit } => new(hour, unit, "load balancer as set"),
            { LoadBalancerHour: { } hour } => new(hour, Default.LcuHour, $"load balancer as set; its capacity units: {Default.Of}"),
            { LcuHour: { } unit } => new(Default.Hour, unit, $"capacity units as set; {Default.Of}"),
            _ => Default,
        };
    }

    /// <summary>Load balancers that so many targets take; at least 1.</summary>
    public static long CountFor(long targets) => Math.Max(1, PlanMath.DivideUp(targets, TargetsEach));

    /// <summary>LCUs of a service, as AWS bills them: the greatest of what connections and bytes ask for. New connections are left out, as they
    /// come once and stay, and so are rules.</summary>
    /// <param name="connections">Active connections.</param>
    /// <param name="plan">The messages on each: payload and frame count, as the load balancer counts what it processes.</param>
    public static double UnitsFor(long connections, PlanSettings plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var bytesAnHour = connections * plan.MessageRate * (plan.MessageBytes + WireBytes.FrameOf(plan.MessageBytes)) * 3600;
        return Math.Max(connections / (double)ConnectionsOfUnit, bytesAnHour / BytesOfUnitHour);
    }

    /// <summary>The cost of load balancers a month, in US dollars: (load balancers × price + units × price) × 730 h. 100,000 idle connections on one are $211.</summary>
    /// <param name="price">Of one.</param>
    /// <param name="loadBalancers">How many.</param>
    /// <param name="units">LCUs of all together.</param>
    public static double CostPerMonth(this LoadBalancerPrice price, long loadBalancers, double units)
    {
        ArgumentNullException.ThrowIfNull(price);
        return ((loadBalancers * price.Hour) + (units * price.LcuHour)) * TaskPrices.HoursOfAMonth;
    }
}
