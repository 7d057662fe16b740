namespace Support.Sizes;

/// <summary>What was read of the server's control group in one run; null is "not known".</summary>
/// <param name="BytesPerConnection">What a held connection adds to what the group is charged for, in bytes.</param>
/// <param name="ThrottledShare">The share of the quota's periods in which the server was stopped, at the run's worst step; 0 to 1.</param>
public sealed record SizeReadings(double? BytesPerConnection, double? ThrottledShare)
{
    /// <summary>Nothing was read.</summary>
    public static SizeReadings None { get; } = new(null, null);
}
