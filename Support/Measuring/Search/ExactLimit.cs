namespace Support.Measuring.Search;

/// <summary>The search's answer.</summary>
/// <param name="Holds">This many were held at 99 % or better.</param>
/// <param name="Breaks">
/// This many were not; null where no limit was reached, and then <paramref name="Holds"/> is a lower bound.
/// </param>
public sealed record ExactLimit(int Holds, int? Breaks)
{
    /// <summary>Whether the two lie as close as an exact limit has to: 1 % of <see cref="Holds"/>, or 1.</summary>
    public bool IsExact => Breaks is { } breaks && breaks - Holds <= Math.Max(1, Holds / 100);
}
