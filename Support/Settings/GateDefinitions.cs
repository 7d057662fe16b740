using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of the gate and of prices.</summary>
internal static class GateDefinitions
{
    private const string OfTheArchitecture = "of the task's architecture";

    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<int?>
        {
            Name = "Gate.RequiredConnections",
            Meaning = "Steps up to here must be reliable and the exact limit must reach it, or the run fails. With task sizes: the safe limit of the task definition's size (without one, of at least one size in `Gate.Sizes`) must reach it.",
            Format = NumberFormats.WholeNumber(1, LadderDefinitions.MostConnections).OrWord(SettingFormats.None),
            Get = settings => settings.Gate.RequiredConnections,
            Set = (settings, value) => settings with { Gate = settings.Gate with { RequiredConnections = value } },
        },
        new SettingDefinition<SizeList>
        {
            Name = "Gate.Sizes",
            Meaning = "Task sizes to measure the server at, each in a control group of that size; `all` is every Fargate size that this machine can give.",
            Format = SizeFormats.Sizes,
            Get = settings => settings.Gate.Sizes,
            Set = (settings, value) => settings with { Gate = settings.Gate with { Sizes = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Gate.TaskDefinition",
            Meaning = "The task definition whose size is measured and gated.",
            Format = SettingFormats.Path("a JSON file, absolute or relative to this suite's folder").OrNull(SettingFormats.None),
            Get = settings => settings.Gate.TaskDefinition,
            Set = (settings, value) => settings with { Gate = settings.Gate with { TaskDefinition = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Gate.TaskDefinitionBefore",
            Meaning = "The task definition before the change; its size is measured too and compared, never required or accepted.",
            Format = SettingFormats.Path("a JSON file, absolute or relative to this suite's folder, or a git revision of `Gate.TaskDefinition`, as in origin/main").OrNull(SettingFormats.None),
            Get = settings => settings.Gate.TaskDefinitionBefore,
            Set = (settings, value) => settings with { Gate = settings.Gate with { TaskDefinitionBefore = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Gate.Container",
            Meaning = "The container of the task definition that is the server; without it the essential one that maps the target's port, else the first essential one.",
            Format = AwsFormats.ContainerName.OrNull(SettingFormats.None),
            Get = settings => settings.Gate.Container,
            Set = (settings, value) => settings with { Gate = settings.Gate with { Container = value } },
        },
        new SettingDefinition<int>
        {
            Name = "Gate.Repeats",
            Meaning = "How often each size is measured, each time with a new server: the limit is the interval of all of them.",
            Format = NumberFormats.WholeNumber(1, 20),
            Get = settings => settings.Gate.Repeats,
            Set = (settings, value) => settings with { Gate = settings.Gate with { Repeats = value } },
        },
        new SettingDefinition<bool>
        {
            Name = "Gate.Accept",
            Meaning = "Writes what is measured to `Gate.LockFile`, in place of the old entries; leave it out in the gate itself.",
            Format = SettingFormats.Boolean,
            Get = settings => settings.Gate.Accept,
            Set = (settings, value) => settings with { Gate = settings.Gate with { Accept = value } },
        },
        new SettingDefinition<string>
        {
            Name = "Gate.LockFile",
            Meaning = "The accepted capacities, for you to commit: a later run is held to them.",
            Format = SettingFormats.Path("a JSON file, absolute or relative to this suite's folder"),
            Get = settings => settings.Gate.LockFile,
            Set = (settings, value) => settings with { Gate = settings.Gate with { LockFile = value } },
        },
        new SettingDefinition<ImmutableArray<ExpectedCapacity>>
        {
            Name = "Gate.Expected",
            Meaning = "What a size is expected to hold: below it is a warning, with the likely cause.",
            Format = SizeFormats.Expected,
            Get = settings => settings.Gate.Expected,
            Set = (settings, value) => settings with { Gate = settings.Gate with { Expected = value } },
        },
        new SettingDefinition<double?>
        {
            Name = "Price.VcpuHour",
            Meaning = "US dollars for a vCPU an hour; by default Fargate's on Linux in us-east-1, April 2026, x86 or ARM as the task definition, else this machine, says.",
            Format = NumberFormats.PositiveNumber(100).OrWord(OfTheArchitecture),
            Get = settings => settings.Price.VcpuHour,
            Set = (settings, value) => settings with { Price = settings.Price with { VcpuHour = value } },
        },
        new SettingDefinition<double?>
        {
            Name = "Price.GigabyteHour",
            Meaning = "US dollars for a GB of memory an hour; by default Fargate's on Linux in us-east-1, April 2026, x86 or ARM as the task definition, else this machine, says.",
            Format = NumberFormats.PositiveNumber(100).OrWord(OfTheArchitecture),
            Get = settings => settings.Price.GigabyteHour,
            Set = (settings, value) => settings with { Price = settings.Price with { GigabyteHour = value } },
        },
        new SettingDefinition<double?>
        {
            Name = "Price.LoadBalancerHour",
            Meaning = "US dollars for an application load balancer an hour; by default that of us-east-1, April 2026.",
            Format = NumberFormats.PositiveNumber(100).OrWord(SettingFormats.Default),
            Get = settings => settings.Price.LoadBalancerHour,
            Set = (settings, value) => settings with { Price = settings.Price with { LoadBalancerHour = value } },
        },
        new SettingDefinition<double?>
        {
            Name = "Price.LcuHour",
            Meaning = "US dollars for a load balancer capacity unit an hour: 3,000 connections or 1 GB an hour take one, whichever asks for more; by default that of us-east-1, April 2026.",
            Format = NumberFormats.PositiveNumber(100).OrWord(SettingFormats.Default),
            Get = settings => settings.Price.LcuHour,
            Set = (settings, value) => settings with { Price = settings.Price with { LcuHour = value } },
        },
    ];
}
