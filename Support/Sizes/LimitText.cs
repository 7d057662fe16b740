using Support.Host;

namespace Support.Sizes;

/// <summary>Limits and causes in words.</summary>
internal static class LimitText
{
    /// <summary>
    /// As in <c>975 to 985</c>, <c>980</c> where all runs agree, and <c>at least 975</c>, the least of the runs, where
    /// it may be more.
    /// </summary>
    internal static string Of(LimitInterval limit) => limit switch
    {
        { IsLowerBound: true } => $"at least {Words.Count(limit.Low)}",
        { Spread: 0 } => Words.Count(limit.Low),
        _ => $"{Words.Count(limit.Low)} to {Words.Count(limit.High)}",
    };

    /// <summary>As in <c>limited by memory</c>.</summary>
    internal static string SetBy(SizeRow row) => row switch
    {
        { BoundBy: { } word } => $"limited by {word}",
        { Limit.IsLowerBound: true } => "no limit reached",
        _ => "the bottleneck is not known",
    };
}
