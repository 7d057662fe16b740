using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of the ladder. Their order matters: the profile fills in the others, and a later one overrides.</summary>
internal static class LadderDefinitions
{
    /// <summary>The most connections that a step can ask for.</summary>
    public const int MostConnections = 1_000_000;

    private const string Profile = "Ladder.Profile";
    private const string LastStep = "NUM_SESSIONS";
    private const string FromProfile = "from the profile";

    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<string>
        {
            Name = Profile,
            Meaning = LadderProfiles.Describe(),
            Format = SettingFormats.OneOf([.. LadderProfiles.All.Select(profile => profile.Profile)]),
            Get = settings => settings.Ladder.Profile,
            Set = (settings, value) => settings with { Ladder = LadderProfiles.Named(value) },
        },
        new SettingDefinition<int?>
        {
            Name = LastStep,
            FixedEnvironmentName = LastStep,
            Meaning = "The last step: cuts the profile's ladder, or goes on in 1-2-5 steps up to it. "
                + "Without effect where `Ladder.Steps` is set.",
            Format = NumberFormats.WholeNumber(1, MostConnections).OrWord(SettingFormats.None),
            Get = settings => settings.Ladder.LastStep,
            Set = (settings, value) => settings with { Ladder = LadderProfiles.EndingAt(settings.Ladder, value) },
        },
        new SettingDefinition<ImmutableArray<int>>
        {
            Name = "Ladder.Steps",
            Meaning = "How many connections each step opens.",
            DefaultNote = FromProfile,
            Follows = [LastStep, Profile],
            Format = NumberFormats.Steps(MostConnections),
            Get = settings => settings.Ladder.Steps,
            Set = (settings, value) => settings with { Ladder = settings.Ladder with { Steps = value } },
        },
        new SettingDefinition<double>
        {
            Name = "Ladder.Threshold",
            Meaning = "The least success rate of a reliable step.",
            DefaultNote = FromProfile,
            Follows = [Profile],
            Format = NumberFormats.Share,
            Get = settings => settings.Ladder.Threshold,
            Set = (settings, value) => settings with { Ladder = settings.Ladder with { Threshold = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Ladder.StepTimeout",
            Meaning = "The deadline of one step: opening, holding and proving together; above `Ladder.Hold`.",
            DefaultNote = FromProfile,
            Follows = [Profile],
            Format = DurationFormat.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Get = settings => settings.Ladder.StepTimeout,
            Set = (settings, value) => settings with { Ladder = settings.Ladder with { StepTimeout = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Ladder.Pause",
            Meaning = "The longest pause between two steps; it ends early once nothing of the step before is left.",
            Format = DurationFormat.Between(TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            Get = settings => settings.Ladder.Pause,
            Set = (settings, value) => settings with { Ladder = settings.Ladder with { Pause = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Ladder.Hold",
            Meaning = "How long every step holds its connections before it counts them; below `Ladder.StepTimeout`.",
            Format = DurationFormat.Between(TimeSpan.Zero, TimeSpan.FromHours(1)),
            Get = settings => settings.Ladder.Hold,
            Set = (settings, value) => settings with { Ladder = settings.Ladder with { Hold = value } },
        },
    ];
}
