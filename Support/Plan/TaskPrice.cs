namespace Support.Plan;

/// <summary>What Fargate costs, in US dollars.</summary>
/// <param name="VcpuHour">A vCPU an hour.</param>
/// <param name="GigabyteHour">A GB of memory an hour.</param>
/// <param name="Of">Where the two come from, with the date, as in <c>Fargate, Linux on x86, us-east-1, as published in April 2026</c>, or <c>as set</c>.</param>
public sealed record TaskPrice(double VcpuHour, double GigabyteHour, string Of);
