using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of plan and reports.</summary>
internal static class RunDefinitions
{
    public static ImmutableArray<SettingDefinition> All { get; } =
    [
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
