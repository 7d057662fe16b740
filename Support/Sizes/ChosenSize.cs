using System.Collections.Immutable;

namespace Support.Sizes;

/// <summary>Which size the verdict speaks of. Pure.</summary>
internal static class ChosenSize
{
    /// <summary>
    /// The task definition's; else the least that was measured to reach what is required; else the largest that was
    /// measured; else the largest.
    /// </summary>
    internal static JudgedSize? Of(ImmutableArray<JudgedSize> sizes, int? required)
    {
        if (sizes.FirstOrDefault(size => size.IsGated) is { } gated)
            return gated;
        var named = sizes.Where(size => size.Case.Origins.Contains(SizeOrigin.Named))
            .OrderBy(size => size.Case.Size.Cpu).ThenBy(size => size.Case.Size.Memory).ToList();
        var measured = named.Where(size => size.Row.Source == SizeSource.Measured).ToList();
        return (required is { } wanted ? measured.Find(size => size.Row.SafeLimit >= wanted) : null)
            ?? measured.LastOrDefault() ?? named.LastOrDefault();
    }
}
