using Support.Settings;

namespace Support.Plan;

/// <summary>What a task costs on Fargate.</summary>
public static class TaskPrices
{
    /// <summary>The hours of a month in every figure, as in AWS's own calculator: 365 days ÷ 12.</summary>
    public const double HoursOfAMonth = 730;

    // https://aws.amazon.com/fargate/pricing/, us-east-1, Linux; as sources of March and April 2026 give it.
    private static readonly TaskPrice X86 = new(0.04048, 0.004445, "Fargate, Linux on x86, us-east-1, as published in April 2026");
    private static readonly TaskPrice Arm = new(0.03238, 0.00356, "Fargate, Linux on ARM, us-east-1, as published in April 2026");

    /// <summary>The price of a Linux task: what is set, and for the rest the default of its architecture.</summary>
    /// <param name="architecture">As a task definition gives it; <c>ARM64</c>, and for everything else, null included, x86 is taken, as ECS does.</param>
    /// <param name="settings">What is set.</param>
    public static TaskPrice Of(string? architecture, PriceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var price = string.Equals(architecture, "ARM64", StringComparison.OrdinalIgnoreCase) ? Arm : X86;
        return settings switch
        {
            { VcpuHour: { } vcpu, GigabyteHour: { } gigabyte } => new(vcpu, gigabyte, "as set"),
            { VcpuHour: { } vcpu } => new(vcpu, price.GigabyteHour, $"vCPU as set; memory: {price.Of}"),
            { GigabyteHour: { } gigabyte } => new(price.VcpuHour, gigabyte, $"memory as set; vCPU: {price.Of}"),
            _ => price,
        };
    }

    /// <summary>The cost of one task a month, in US dollars: (vCPU × price + GB × price) × 730 h. 1 vCPU and 2 GB at the default are $36.04.</summary>
    public static double CostPerMonth(this TaskPrice price, TaskSize size)
    {
        ArgumentNullException.ThrowIfNull(price);
        ArgumentNullException.ThrowIfNull(size);
        return ((size.Cpu / 1024.0 * price.VcpuHour) + (size.Memory / 1024.0 * price.GigabyteHour)) * HoursOfAMonth;
    }

    /// <summary>The cost a month of 1,000 connections, in US dollars.</summary>
    /// <param name="costPerMonth">Of one task.</param>
    /// <param name="held">What one task holds; null or 0: it can't be said, and the answer is null.</param>
    public static double? CostPerThousand(double costPerMonth, int? held) => held is > 0 ? costPerMonth / (held.Value / 1000.0) : null;
}
