using System.Collections.Immutable;
using System.Net;

namespace Support.Settings;

/// <summary>The settings of search and pool.</summary>
internal static class PoolDefinitions
{
    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<bool>
        {
            Name = "Search.Exact",
            Meaning = "When a step held less than 99 % of its connections, find the limit itself.",
            Format = SettingFormats.Boolean,
            Get = settings => settings.Search.Exact,
            Set = (settings, value) => settings with { Search = settings.Search with { Exact = value } },
        },
        new SettingDefinition<int>
        {
            Name = "Pool.InFlight",
            Meaning = "Handshakes at once.",
            Format = NumberFormats.WholeNumber(1, 10_000),
            Get = settings => settings.Pool.InFlight,
            Set = (settings, value) => settings with { Pool = settings.Pool with { InFlight = value } },
        },
        new SettingDefinition<double?>
        {
            Name = "Pool.Rate",
            Meaning = "Opens a second.",
            Format = NumberFormats.PositiveNumber(1_000_000).OrWord("unlimited"),
            Get = settings => settings.Pool.Rate,
            Set = (settings, value) => settings with { Pool = settings.Pool with { Rate = value } },
        },
        new SettingDefinition<ImmutableArray<IPAddress>>
        {
            Name = "Pool.SourceAddresses",
            Meaning = "Local addresses to spread the connections over; each has ephemeral ports of its own.",
            Format = AddressFormat.List,
            Get = settings => settings.Pool.SourceAddresses,
            Set = (settings, value) => settings with { Pool = settings.Pool with { SourceAddresses = value } },
        },
    ];
}
