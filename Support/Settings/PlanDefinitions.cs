using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of estimate and plan.</summary>
internal static class PlanDefinitions
{
    private const string Measured = "measured";

    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<long>
        {
            Name = "Plan.TargetConnections",
            Meaning = "Connections of the whole service at its peak, for the scaling plan.",
            Format = NumberFormats.WholeNumber(1L, 1_000_000_000L),
            Get = settings => settings.Plan.TargetConnections,
            Set = (settings, value) => settings with { Plan = settings.Plan with { TargetConnections = value } },
        },
        new SettingDefinition<double>
        {
            Name = "Plan.Buffer",
            Meaning = "The factor on the planned connections: 1.2 is 20 % more.",
            Format = NumberFormats.Number(1, 10),
            Get = settings => settings.Plan.Buffer,
            Set = (settings, value) => settings with { Plan = settings.Plan with { Buffer = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Plan.Size",
            Meaning = "What one task is, for estimate and cost: CPU units / MiB, or an instance type, which has no cost; without it the size that is measured, else that of `Aws.Service`, else this machine.",
            Format = SizeFormats.Named.OrNull(SettingFormats.None),
            Get = settings => settings.Plan.Size,
            Set = (settings, value) => settings with { Plan = settings.Plan with { Size = value } },
        },
        new SettingDefinition<long?>
        {
            Name = "Plan.BytesPerConnection",
            Meaning = "Memory that the server needs for one connection, in bytes, for the estimate before the run; `measured` takes 65,536 there, and what was measured beside it after the run.",
            Format = NumberFormats.WholeNumber(1L, 1_000_000_000L).OrWord(Measured),
            Get = settings => settings.Plan.BytesPerConnection,
            Set = (settings, value) => settings with { Plan = settings.Plan with { BytesPerConnection = value } },
        },
        new SettingDefinition<int?>
        {
            Name = "Plan.ReservedMemory",
            Meaning = "MiB that are not there for connections (runtime, system, sidecars), for the estimate before the run; `measured` takes an eighth of the whole there, 512 at most.",
            Format = NumberFormats.WholeNumber(0, 4 << 20).OrWord(Measured),
            Get = settings => settings.Plan.ReservedMemory,
            Set = (settings, value) => settings with { Plan = settings.Plan with { ReservedMemory = value } },
        },
        new SettingDefinition<double>
        {
            Name = "Plan.MessageRate",
            Meaning = "Messages that each connection carries a second, both directions added up, for the estimate and the load balancer's cost.",
            Format = NumberFormats.Number(0, 1_000_000),
            Get = settings => settings.Plan.MessageRate,
            Set = (settings, value) => settings with { Plan = settings.Plan with { MessageRate = value } },
        },
        new SettingDefinition<int>
        {
            Name = "Plan.MessageBytes",
            Meaning = "Payload of a message in bytes, likewise.",
            Format = NumberFormats.WholeNumber(0, 1_000_000_000),
            Get = settings => settings.Plan.MessageBytes,
            Set = (settings, value) => settings with { Plan = settings.Plan with { MessageBytes = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Plan.MessageTime",
            Meaning = "Processor time that the server takes for one message, for the estimate: an assumption, so measure yours.",
            Format = DurationFormat.Between(TimeSpan.FromMicroseconds(1), TimeSpan.FromSeconds(10)),
            Get = settings => settings.Plan.MessageTime,
            Set = (settings, value) => settings with { Plan = settings.Plan with { MessageTime = value } },
        },
        new SettingDefinition<int>
        {
            Name = "Plan.Zones",
            Meaning = "Availability zones that the tasks are spread over: the plan covers the loss of one; 1 covers none.",
            Format = NumberFormats.WholeNumber(1, 6),
            Get = settings => settings.Plan.Zones,
            Set = (settings, value) => settings with { Plan = settings.Plan with { Zones = value } },
        },
        new SettingDefinition<int>
        {
            Name = "Plan.MinimumHealthyPercent",
            Meaning = "Percent of the desired tasks that keep running during a deployment: set it to the service's minimumHealthyPercent.",
            Format = NumberFormats.WholeNumber(1, 100),
            Get = settings => settings.Plan.MinimumHealthyPercent,
            Set = (settings, value) => settings with { Plan = settings.Plan with { MinimumHealthyPercent = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Plan.ReconnectWithin",
            Meaning = "Within what time clients that are cut off all at once have to be back.",
            Format = DurationFormat.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Get = settings => settings.Plan.ReconnectWithin,
            Set = (settings, value) => settings with { Plan = settings.Plan with { ReconnectWithin = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Plan.PingInterval",
            Meaning = "How long a connection may be silent before server or client pings: the load balancer's idle timeout has to be longer.",
            Format = DurationFormat.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Get = settings => settings.Plan.PingInterval,
            Set = (settings, value) => settings with { Plan = settings.Plan with { PingInterval = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Plan.ResponseTime",
            Meaning = "The longest average time to answer an upgrade, or a ping, for scaling policies and alarms.",
            Format = DurationFormat.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            Get = settings => settings.Plan.ResponseTime,
            Set = (settings, value) => settings with { Plan = settings.Plan with { ResponseTime = value } },
        },
    ];
}
