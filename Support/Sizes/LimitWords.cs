using Support.Environments;

namespace Support.Sizes;

/// <summary>Limits and causes in words.</summary>
internal static class LimitWords
{
    /// <summary>As in <c>980 (975 to 985)</c>, <c>980</c> where all runs agree, and <c>at least 980</c> where it may be more.</summary>
    internal static string Of(LimitInterval limit) => limit.Spread == 0
        ? Median(limit)
        : $"{Median(limit)} ({Words.Count(limit.Low)} to {Words.Count(limit.High)})";

    /// <summary>As in <c>980</c> and <c>at least 980</c>.</summary>
    internal static string Median(LimitInterval limit) => $"{(limit.IsLowerBound ? "at least " : "")}{Words.Count(limit.Median)}";

    /// <summary>As in <c>memory is what binds</c>.</summary>
    internal static string Binds(string? boundBy) => boundBy is null
        ? "what binds is not known"
        : $"{boundBy} {(boundBy.EndsWith('s') ? "are" : "is")} what binds";
}
