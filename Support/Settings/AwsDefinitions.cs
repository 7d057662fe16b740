using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>The settings of AWS.</summary>
internal static class AwsDefinitions
{
    private const string Auto = "auto";

    private static readonly SettingFormat<string> ChannelWords = SettingFormats.OneOf(Auto, "off", "emf", "api");

    // Declared before All, whose initializer reads it.
    private static readonly SettingFormat<MetricChannel?> Channels = new(
        ChannelWords.Allowed,
        text => ChannelWords.Parse(text) switch
        {
            { Problem: { } problem } => Parsed<MetricChannel?>.Bad(problem),
            { Value: Auto } => (MetricChannel?)null,
            { Value: var word } => Enum.Parse<MetricChannel>(word, ignoreCase: true),
        },
        value => value?.ToString().ToLowerInvariant() ?? Auto);

    public static ImmutableArray<SettingDefinition> All { get; } =
    [
        new SettingDefinition<string?>
        {
            Name = "Aws.TaskDefinition",
            Meaning = "A task definition to check: what `register-task-definition` takes, or what `describe-task-definition` prints.",
            Format = SettingFormats.Path("a JSON file, absolute or relative to the repository").OrNull(SettingFormats.None),
            Get = settings => settings.Aws.TaskDefinition,
            Set = (settings, value) => settings with { Aws = settings.Aws with { TaskDefinition = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Aws.Cluster",
            Meaning = "The cluster of the service under test; without it that in the service's ARN, else that of this task, else `default`.",
            Format = AwsFormats.EcsName.OrNull(SettingFormats.None),
            Get = settings => settings.Aws.Cluster,
            Set = (settings, value) => settings with { Aws = settings.Aws with { Cluster = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Aws.Service",
            Meaning = "The service under test: its task definition is checked, and its CPU and memory during the run must stay under 80 %.",
            Format = AwsFormats.EcsName.OrNull(SettingFormats.None),
            Get = settings => settings.Aws.Service,
            Set = (settings, value) => settings with { Aws = settings.Aws with { Service = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Aws.LoadBalancer",
            Meaning = "The application load balancer before the service: its metrics during the run are reported.",
            Format = AwsFormats.LoadBalancer.OrNull(SettingFormats.None),
            Get = settings => settings.Aws.LoadBalancer,
            Set = (settings, value) => settings with { Aws = settings.Aws with { LoadBalancer = value } },
        },
        new SettingDefinition<TimeSpan>
        {
            Name = "Aws.MetricsWait",
            Meaning = "How long to wait for minutes of the service's and load balancer's metrics that CloudWatch does not have yet.",
            Format = DurationFormat.Between(TimeSpan.Zero, TimeSpan.FromMinutes(15)),
            Get = settings => settings.Aws.MetricsWait,
            Set = (settings, value) => settings with { Aws = settings.Aws with { MetricsWait = value } },
        },
        new SettingDefinition<MetricChannel?>
        {
            Name = "Aws.Publish",
            Meaning = "How metrics get to CloudWatch: `emf` writes them for the log driver, `api` sends them; `auto` is `emf` in an ECS task and `off` elsewhere.",
            Format = Channels,
            Get = settings => settings.Aws.Publish,
            Set = (settings, value) => settings with { Aws = settings.Aws with { Publish = value } },
        },
        new SettingDefinition<string>
        {
            Name = "Aws.Namespace",
            Meaning = "The CloudWatch namespace of the metrics.",
            Format = AwsFormats.Namespace,
            Get = settings => settings.Aws.Namespace,
            Set = (settings, value) => settings with { Aws = settings.Aws with { Namespace = value } },
        },
        new SettingDefinition<bool>
        {
            Name = "Aws.Dashboard",
            Meaning = "Writes `cloudwatch-dashboard.json` among the reports: the body of a dashboard of the metrics.",
            Format = SettingFormats.Boolean,
            Get = settings => settings.Aws.Dashboard,
            Set = (settings, value) => settings with { Aws = settings.Aws with { Dashboard = value } },
        },
        new SettingDefinition<string?>
        {
            Name = "Aws.ReportsBucket",
            Meaning = "The S3 bucket that all reports are uploaded to, below prefix and run id.",
            Format = AwsFormats.Bucket.OrNull(SettingFormats.None),
            Get = settings => settings.Aws.ReportsBucket,
            Set = (settings, value) => settings with { Aws = settings.Aws with { ReportsBucket = value } },
        },
        new SettingDefinition<string>
        {
            Name = "Aws.ReportsPrefix",
            Meaning = "What the keys in the bucket start with.",
            Format = AwsFormats.KeyPrefix,
            Get = settings => settings.Aws.ReportsPrefix,
            Set = (settings, value) => settings with { Aws = settings.Aws with { ReportsPrefix = value } },
        },
    ];
}
