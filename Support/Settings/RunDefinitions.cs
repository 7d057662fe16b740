using System.Collections.Immutable;
using System.Net;

namespace Support.Settings;

/// <summary>The settings of search, pool, plan and reports.</summary>
internal static class RunDefinitions
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
        new SettingDefinition<long>
        {
            Name = "Plan.TargetConnections",
            Meaning = "Connections of the whole service, for the scaling plan.",
            Format = NumberFormats.WholeNumber(1L, 1_000_000_000L),
            Get = settings => settings.Plan.TargetConnections,
            Set = (settings, value) => settings with { Plan = settings.Plan with { TargetConnections = value } },
        },
        new SettingDefinition<double>
        {
            Name = "Plan.Buffer",
            Meaning = "The factor on the number of tasks, for the scaling plan.",
            Format = NumberFormats.Number(1, 10),
            Get = settings => settings.Plan.Buffer,
            Set = (settings, value) => settings with { Plan = settings.Plan with { Buffer = value } },
        },
        new SettingDefinition<string>
        {
            Name = "Reports.Directory",
            Meaning = "Where every report is written.",
            Format = SettingFormats.Path(
                "a folder that can be made and written to, absolute or relative to the repository, and not the repository itself"),
            Get = settings => settings.Reports.Directory,
            Set = (settings, value) => settings with { Reports = settings.Reports with { Directory = value } },
        },
    ];
}
