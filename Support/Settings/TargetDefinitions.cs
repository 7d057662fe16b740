using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of the server under test.</summary>
internal static class TargetDefinitions
{
    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<Uri?>
        {
            Name = "Target.Url",
            Meaning = "The server under test; `embedded` is one that the suite starts and stops itself. Query values are never reported.",
            Format = UrlFormat.WebSocket.OrNull("embedded"),
            Get = settings => settings.Target.Url,
            Set = (settings, value) => settings with { Target = settings.Target with { Url = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Target.Command",
            Meaning = "Starts the server under test, which then answers at `Target.Url`; it ends with the run. Reported as it is: secrets belong into the environment, which it gets.",
            Format = SettingFormats.Line("a shell command, run in this suite's folder").OrNull(SettingFormats.None),
            Get = settings => settings.Target.Command,
            Set = (settings, value) => settings with { Target = settings.Target with { Command = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Target.StartTimeout",
            Meaning = "How long a server that the suite starts may take to answer.",
            Format = DurationFormat.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            Get = settings => settings.Target.StartTimeout,
            Set = (settings, value) => settings with { Target = settings.Target with { StartTimeout = value } },
        },
        new SettingDefinition<ImmutableArray<HandshakeHeader>>
        {
            Name = "Target.Headers",
            Meaning = "Extra headers of every handshake. Secret: never reported.",
            Secret = true,
            Format = HeaderFormat.Lines,
            Get = settings => settings.Target.Headers,
            Set = (settings, value) => settings with { Target = settings.Target with { Headers = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Target.Subprotocol",
            Meaning = "The subprotocol to ask for and to insist on.",
            Format = HeaderFormat.Token.OrNull(SettingFormats.None),
            Get = settings => settings.Target.Subprotocol,
            Set = (settings, value) => settings with { Target = settings.Target with { Subprotocol = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Target.CaFile",
            Meaning = "Certificates to trust for `wss` in addition to the system's.",
            Format = SettingFormats.Path("a PEM file with at least one certificate, absolute or relative to the repository")
                .OrNull(SettingFormats.None),
            Get = settings => settings.Target.CaFile,
            Set = (settings, value) => settings with { Target = settings.Target with { CaFile = value } },
        },
        new SettingDefinition<bool>
        {
            Name = "Target.Insecure",
            Meaning = "Skips the certificate checks of `wss`; every report says so.",
            Format = SettingFormats.Boolean,
            Get = settings => settings.Target.Insecure,
            Set = (settings, value) => settings with { Target = settings.Target with { Insecure = value } },
        },
    ];
}
