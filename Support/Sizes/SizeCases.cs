using System.Collections.Immutable;
using Support.Settings;
using Support.Targets;

namespace Support.Sizes;

/// <summary>Puts sizes in their order, each once. Pure.</summary>
internal static class SizeCases
{
    /// <summary>Before, definition, named; what has the same size and the same limits is one case.</summary>
    internal static ImmutableArray<SizeCase> Of(
        PlannedDefinition? before, PlannedDefinition? definition, ImmutableArray<TaskSize> named, SizeMachine machine)
    {
        var wanted = new List<(TaskSize Size, GroupLimits Limits, SizeOrigin Origin)>();
        if (before is not null)
            wanted.Add((before.Size, before.Limits, SizeOrigin.Before));
        if (definition is not null)
            wanted.Add((definition.Size, definition.Limits, SizeOrigin.Definition));
        wanted.AddRange(named.Select(size => (size, DeclaredLimits.Of(size), SizeOrigin.Named)));
        return Labelled(
        [
            .. wanted.GroupBy(one => (one.Size, one.Limits)).Select((group, index) =>
                new SizeCase(
                    index + 1, group.Key.Size, group.Key.Limits, [.. group.Select(one => one.Origin).Distinct()])
                {
                    TooLarge = machine.TooSmallFor(group.Key.Size),
                }),
        ]);
    }

    // The gated size keeps the plain label, which is its key in the baseline file whatever else is measured beside it.
    private static ImmutableArray<SizeCase> Labelled(ImmutableArray<SizeCase> cases)
    {
        var plain = cases.GroupBy(one => one.Size)
            .ToDictionary(group => group.Key, group => group.MinBy(one => one.Origins.Contains(SizeOrigin.Definition)
                ? 0
                : one.Origins.Contains(SizeOrigin.Named) ? 1 : 2)!);
        return [.. cases.Select(one => plain[one.Size] == one
            ? one
            : one with { Label = one.Size + Difference(one.Declared, plain[one.Size].Declared) })];
    }

    private static string Difference(GroupLimits limits, GroupLimits other)
    {
        var said = "";
        if (limits.MemoryBytes != other.MemoryBytes)
            said += Say($" memory {limits.MemoryBytes / 1_048_576}");
        if ((limits.DescriptorsSoft, limits.DescriptorsHard) != (other.DescriptorsSoft, other.DescriptorsHard))
            said += Say($" nofile {limits.DescriptorsSoft}:{limits.DescriptorsHard}");
        return said;
    }
}
