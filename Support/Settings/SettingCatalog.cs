using System.Collections.Immutable;
using static Support.Settings.NumberFormats;
using static Support.Settings.SettingDefinition;
using static Support.Settings.SettingFormats;

namespace Support.Settings;

/// <summary>Every setting, in the order in which they are read and shown.</summary>
/// <remarks>
/// The one place that knows what can be set: reading, messages, redaction, unknown names, <c>docs/settings.md</c> and
/// the examples in <c>.runsettings</c> follow from it. A new setting is a property with its default, and an entry here.
/// </remarks>
internal static class SettingCatalog
{
    internal const string LastStep = "NUM_SESSIONS";
    private const string Measured = "measured";
    private const string OfTheArchitecture = "of the task's architecture";
    private const string Relative = "absolute or relative to this suite's folder";
    private const string JsonFile = $"a JSON file, {Relative}";

    private static readonly SettingFormat<string> ContainerName = Matching(
        "[A-Za-z0-9_-]{1,255}", "a name of up to 255 letters, digits, underscores and hyphens");

    // ECS API reference, CreateCluster and CreateService.
    private static readonly SettingFormat<string> EcsName = Matching(
        "[A-Za-z0-9_-]{1,255}|arn:aws[a-z-]*:ecs:[a-z0-9-]+:[0-9]{12}:(cluster|service)/[A-Za-z0-9_/-]{1,511}",
        "a name of up to 255 letters, digits, underscores and hyphens, or an ARN");

    /// <summary>The ladder's order matters: the profile fills in the others, and a later one overrides.</summary>
    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        Of(s => s.Target.Url, TargetFormats.Url.OrNull("embedded"),
            "The server under test. `embedded` is one that the suite starts and stops itself. "
            + "Query values are never reported."),
        Of(s => s.Target.Command, Line("a shell command, run in this suite's folder").OrNull(None),
            "Starts the server under test, which then answers at `Target.Url` and ends with the run. "
            + "Reports show the command: put secrets into the environment, which it inherits."),
        Of(s => s.Target.StartTimeout, Duration("1s", "10m"),
            "How long a server that the suite starts may take until it answers."),
        Of(s => s.Target.Headers, TargetFormats.Headers.OrNone(),
            "Extra headers of every handshake. Secret: never reported.") with { Secret = true },
        Of(s => s.Target.Subprotocol, TargetFormats.Token.OrNull(None),
            "The subprotocol to request. A handshake that does not select it fails."),
        Of(s => s.Target.CaFile,
            Line($"a PEM file with at least one certificate, {Relative}").OrNull(None),
            "CA certificates to trust for `wss`, in addition to the system's."),
        Of(s => s.Target.Insecure, SettingFormats.Boolean,
            "Skips the certificate checks of `wss`. Every report says so."),

        Of(s => s.Ladder.Profile, OneOf([.. LadderProfiles.All.Select(known => (known.Profile, known.Profile))]),
            LadderProfiles.Describe(),
            (settings, name) => settings with { Ladder = LadderProfiles.Named(name) }),
        Of(s => s.Ladder.LastStep, Whole(1, LadderProfiles.MostConnections).OrWord(None),
            "The last step: cuts the profile's steps short, or continues them in 1-2-5 steps up to it. "
            + "Has no effect with `Ladder.Steps`.",
            (settings, last) => settings with { Ladder = LadderProfiles.EndingAt(settings.Ladder, last) })
            with { Name = LastStep, EnvironmentName = LastStep },
        Of(s => s.Ladder.Steps, Steps(LadderProfiles.MostConnections),
            "How many connections each step opens.") with
            {
                Follows = [LastStep, "Ladder.Profile", "Gate.RequiredConnections"],
            },
        Of(s => s.Ladder.Threshold, Share,
            "The lowest success rate of a reliable step.") with { Follows = ["Ladder.Profile"] },
        Of(s => s.Ladder.StepTimeout, Duration("1s", "1h"),
            "The deadline of a step: opening, holding and pinging together. Must be above `Ladder.Hold`.")
            with { Follows = ["Ladder.Profile"] },
        Of(s => s.Ladder.Pause, Duration("0s", "10m"),
            "The longest pause between two steps. It ends early once nothing of the previous step is left."),
        Of(s => s.Ladder.Hold, Duration("0s", "1h"),
            "How long each step holds its connections before it counts them. Must be below `Ladder.StepTimeout`."),

        Of(s => s.Search.Exact, SettingFormats.Boolean,
            "Finds the exact limit once a step has held less than 99 % of its connections."),

        Of(s => s.Pool.InFlight, Whole(1, 10_000),
            "Concurrent handshakes."),
        Of(s => s.Pool.Rate, Positive(1_000_000).OrWord("unlimited"),
            "New connections per second."),
        Of(s => s.Pool.SourceAddresses, TargetFormats.Addresses.OrNone(),
            "Local addresses to connect from. Each has ephemeral ports of its own."),

        Of(s => s.Gate.RequiredConnections, Whole(1, LadderProfiles.MostConnections).OrWord(None),
            "Fails the run unless the safe limit reaches it and every step up to here is reliable. The ladder goes on "
            + "to this ÷ 0.8 by itself. With task sizes the safe limit is that of the task definition's size, or else "
            + "of one of `Gate.Sizes` at least.",
            (settings, required) => settings with
            {
                Gate = settings.Gate with { RequiredConnections = required },
                Ladder = LadderProfiles.Showing(settings.Ladder, required),
            }),
        Of(s => s.Gate.Sizes, SizeFormats.Sizes,
            "Task sizes to measure the server at, each in a cgroup of that size. "
            + "`all` is every Fargate size that this machine can provide."),
        Of(s => s.Gate.TaskDefinition, Line(JsonFile).OrNull(None),
            "The task definition whose size is measured and gated."),
        Of(s => s.Gate.TaskDefinitionBefore,
            Line($"{JsonFile}, or a git revision of `Gate.TaskDefinition`, as in origin/main").OrNull(None),
            "The task definition before the change. Its size is measured for comparison, never required or accepted."),
        Of(s => s.Gate.Container, ContainerName.OrNull(None),
            "The server's container in the task definition. "
            + "Without it: the essential one that maps the target's port, else the first essential one."),
        Of(s => s.Gate.Repeats, Whole(1, 20),
            "How often each size is measured, each time with a new server. The limit is the interval of all results."),
        Of(s => s.Gate.Accept, SettingFormats.Boolean,
            "Writes the measured capacities to `Gate.LockFile`, over old entries. Leave it out of the gate itself."),
        Of(s => s.Gate.LockFile, Line(JsonFile),
            "The baseline: the accepted capacities that later runs are held to. Commit it."),
        Of(s => s.Gate.Expected, SizeFormats.Expected.OrNone(),
            "The connections that each size should hold. Fewer is a warning that names the likely cause."),

        Of(s => s.Price.VcpuHour, Positive(100).OrWord(OfTheArchitecture),
            "US dollars per vCPU and hour. By default Fargate on Linux in us-east-1, April 2026, "
            + "for the architecture of the task definition, else of this machine."),
        Of(s => s.Price.GigabyteHour, Positive(100).OrWord(OfTheArchitecture),
            "US dollars per GB of memory and hour. By default as for `Price.VcpuHour`."),
        Of(s => s.Price.LoadBalancerHour, Positive(100).OrWord(SettingFormats.Default),
            "US dollars per application load balancer and hour. By default us-east-1, April 2026."),
        Of(s => s.Price.LcuHour, Positive(100).OrWord(SettingFormats.Default),
            "US dollars per load balancer capacity unit and hour: one per 3,000 connections or per GB an hour, "
            + "whichever is more. By default us-east-1, April 2026."),

        Of(s => s.Plan.TargetConnections, Whole(1L, 1_000_000_000L),
            "Peak connections of the whole service, for the scaling plan."),
        Of(s => s.Plan.Buffer, Number(1, 10),
            "The factor on the planned connections: 1.2 adds 20 %."),
        Of(s => s.Plan.Size, SizeFormats.Named.OrNull(None),
            "The size of one task, for estimate and cost: CPU units / MiB, or an instance type, which has no cost. "
            + "Without it: the size that is measured, else that of `Aws.Service`, else this machine."),
        Of(s => s.Plan.BytesPerConnection, Whole(1L, 1_000_000_000L).OrWord(Measured),
            "Server memory per connection in bytes, for the estimate before the run. "
            + "`measured` assumes 65,536 there, and shows what was measured beside it after the run."),
        Of(s => s.Plan.ReservedMemory, Whole(0, 4 << 20).OrWord(Measured),
            "MiB that connections cannot use (runtime, system, sidecars), for the estimate before the run. "
            + "`measured` assumes an eighth of the memory there, at most 512."),
        Of(s => s.Plan.MessageRate, Number(0, 1_000_000),
            "Messages per second and connection, both directions together, "
            + "for the estimate and the load balancer's cost."),
        Of(s => s.Plan.MessageBytes, Whole(0, 1_000_000_000),
            "Payload bytes per message, for the estimate and the load balancer's cost."),
        Of(s => s.Plan.MessageTime, Duration("0.001ms", "10s"),
            "CPU time that the server needs per message, for the estimate. "
            + "The default is an assumption: measure yours."),
        Of(s => s.Plan.Zones, Whole(1, 6),
            "Availability Zones that the tasks are spread over. The plan covers the loss of one; with 1, none."),
        Of(s => s.Plan.MinimumHealthyPercent, Whole(1, 100),
            "Percentage of tasks that keep running during a deployment. Use the service's `minimumHealthyPercent`."),
        Of(s => s.Plan.ReconnectWithin, Duration("1s", "1h"),
            "How soon all clients must be back after they were all cut off at once."),
        Of(s => s.Plan.PingInterval, Duration("1s", "1h"),
            "How long a connection may be silent before server or client pings. "
            + "The load balancer's idle timeout must be longer."),
        Of(s => s.Plan.ResponseTime, Duration("1ms", "1m"),
            "The longest average time to answer an upgrade or a ping, for scaling policies and alarms."),

        Of(s => s.Reports.Directory,
            Line($"a folder that can be made and written to, {Relative}, and not that folder itself"),
            "Where all reports are written."),

        Of(s => s.Aws.TaskDefinition, Line(JsonFile).OrNull(None),
            "A task definition to check: the input of `register-task-definition`, "
            + "or the output of `describe-task-definition`."),
        Of(s => s.Aws.Cluster, EcsName.OrNull(None),
            "The cluster of the service under test. Without it: the one in the "
            + "service's ARN, else this task's, else `default`."),
        Of(s => s.Aws.Service, EcsName.OrNull(None),
            "The service under test. Its task definition is checked; its CPU "
            + "and memory must stay under 80 % during the run."),
        Of(s => s.Aws.LoadBalancer, TargetFormats.LoadBalancer.OrNull(None),
            "The application load balancer in front of the service. Its metrics during the run are reported."),
        Of(s => s.Aws.MetricsWait, Duration("0s", "15m"),
            "How long to wait for metrics of service and load balancer that CloudWatch does not have yet."),
        Of(s => s.Aws.Publish, OneOf<MetricChannel?>(
                ("auto", null), ("off", MetricChannel.Off), ("emf", MetricChannel.Emf), ("api", MetricChannel.Api)),
            "How metrics reach CloudWatch: `emf` writes them for the log driver, `api` sends them. "
            + "`auto` is `emf` in an ECS task and `off` elsewhere."),

        // CloudWatch API reference, PutMetricData: 1 to 255 characters; AWS/ is reserved.
        Of(s => s.Aws.Namespace, Matching(@"(?!AWS/)(?!:)[A-Za-z0-9.\-_/#:]{1,255}",
                "1 to 255 letters, digits and any of . - _ / # :, not starting with AWS/ or a colon"),
            "The CloudWatch namespace of the metrics."),
        Of(s => s.Aws.Dashboard, SettingFormats.Boolean,
            "Writes `cloudwatch-dashboard.json`, the body of a dashboard of the metrics, to the reports."),

        // S3 user guide, bucket naming rules.
        Of(s => s.Aws.ReportsBucket, Matching(@"(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
                "the name of an S3 bucket: 3 to 63 lower-case letters, digits, "
                + "points and hyphens, a letter or digit at both ends")
                .OrNull(None),
            "The S3 bucket that all reports are uploaded to, under prefix and run id."),
        Of(s => s.Aws.ReportsPrefix, Matching("(?!/)(?!.*//)[A-Za-z0-9!_.*'()/-]{1,512}(?<!/)",
                "up to 512 letters, digits and any of ! - _ . * ' ( ) /, without a slash at either end and without //"),
            "What the keys in the bucket start with."),
    ];

    /// <summary>The setting of that name, exactly as it is spelt; null where there is none.</summary>
    public static SettingDefinition? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);

    /// <summary>The setting of that environment variable, exactly as it is spelt; null where there is none.</summary>
    public static SettingDefinition? FindVariable(string name) =>
        All.FirstOrDefault(setting => setting.EnvironmentName == name);
}
