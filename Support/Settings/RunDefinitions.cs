using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of plan and reports.</summary>
internal static class RunDefinitions
{
    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        .. PlanDefinitions.All,
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
