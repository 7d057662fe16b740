using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>What a task is expected to hold, worked out before it is measured.</summary>
public sealed record CapacityEstimate
{
    /// <summary>What the task is.</summary>
    public required MachineSize Size { get; init; }

    /// <summary>Where the size comes from, as in <c>Plan.Size</c>.</summary>
    public required string SizeFrom { get; init; }

    /// <summary>Memory that is not there for connections, in bytes.</summary>
    public required long ReservedBytes { get; init; }

    /// <summary>Where that comes from.</summary>
    public required string ReservedFrom { get; init; }

    /// <summary>Memory for one connection, in bytes.</summary>
    public required double BytesPerConnection { get; init; }

    /// <summary>Where that comes from.</summary>
    public required string BytesFrom { get; init; }

    /// <summary>(memory − reserved) ÷ bytes per connection; 0 where nothing is left.</summary>
    public required long Theoretical { get; init; }

    /// <summary>The lower end of what holds in practice.</summary>
    public required long PracticalFrom { get; init; }

    /// <summary>The upper end.</summary>
    public required long PracticalTo { get; init; }

    /// <summary>What each resource of the server allows: memory, descriptors, ports, processor, bandwidth.</summary>
    public required ImmutableArray<Ceiling> Ceilings { get; init; }

    /// <summary>The lowest of <see cref="Ceilings"/>.</summary>
    public Ceiling? BindsFirst => Ceilings.Where(row => row.Connections is not null).MinBy(row => row.Connections);

    /// <summary>The least to expect: what holds in practice, as far as no other ceiling lies below it.</summary>
    public long ExpectedFrom => Math.Min(PracticalFrom, BindsFirst?.Connections ?? PracticalFrom);

    /// <summary>The most to expect, likewise.</summary>
    public long ExpectedTo => Math.Min(PracticalTo, BindsFirst?.Connections ?? PracticalTo);

    /// <summary>Both, as in <c>15,360 to 16,000</c>.</summary>
    internal string Expected =>
        ExpectedFrom == ExpectedTo
        ? Words.Count(ExpectedTo)
        : $"{Words.Count(ExpectedFrom)} to {Words.Count(ExpectedTo)}";
}
