using System.Collections.Immutable;
using System.Net;

namespace Support.Settings;

/// <summary>Everything that a user can set, read once and checked as a whole before anything is opened.</summary>
/// <remarks>
/// Each property of a part is a setting of that name (<c>Target.Url</c>), and its initial value the setting's default;
/// what is allowed stands in <c>SettingCatalog</c>. Paths are absolute once they were read.
/// </remarks>
public sealed record CapacitySettings
{
    /// <summary>The server under test.</summary>
    public TargetSettings Target { get; init; } = new();

    /// <summary>The steps to climb.</summary>
    public LadderSettings Ladder { get; init; } = new();

    /// <summary>The search for the limit between two steps.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>How connections are opened.</summary>
    public PoolSettings Pool { get; init; } = new();

    /// <summary>What a run must reach.</summary>
    public GateSettings Gate { get; init; } = new();

    /// <summary>What a task costs.</summary>
    public PriceSettings Price { get; init; } = new();

    /// <summary>What the scaling plan is worked out for.</summary>
    public PlanSettings Plan { get; init; } = new();

    /// <summary>Where the evidence goes.</summary>
    public ReportSettings Reports { get; init; } = new();

    /// <summary>What is read from AWS, and what is left there.</summary>
    public AwsSettings Aws { get; init; } = new();

    /// <summary>Every setting with secrets replaced; the only form that may reach a report or a log.</summary>
    public ImmutableArray<RedactedSetting> Redacted { get; init; } = [];
}

/// <summary>One setting as a report may show it.</summary>
/// <param name="Name">The public name, as in <c>Target.Url</c>.</param>
/// <param name="Value">The value with secrets replaced; "none" where nothing is set.</param>
/// <param name="Source">
/// Where it came from: <c>default</c>, <c>parameter</c> (.runsettings or command line) or <c>environment</c>. A value
/// that follows from another setting, as the steps do from the profile, has the source of that setting.
/// </param>
public sealed record RedactedSetting(string Name, string Value, string Source)
{
    /// <summary>Whether nobody set it.</summary>
    public bool IsDefault => Source == SettingFormats.Default;
}

/// <summary>The server under test.</summary>
public sealed record TargetSettings
{
    /// <summary>A <c>ws://</c> or <c>wss://</c> URL without user info and fragment; null is embedded.</summary>
    public Uri? Url { get; init; }

    /// <summary>The shell command that starts the server; null where it runs already, or is embedded.</summary>
    public string? Command { get; init; }

    /// <summary>Until a server that the suite starts answers its first handshake. 1 s to 10 min.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Extra handshake headers. Secret: never reported.</summary>
    public ImmutableArray<HandshakeHeader> Headers { get; init; } = [];

    /// <summary>The subprotocol to ask for and to insist on (RFC 6455, 4.1); null asks for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>A PEM file with certificates to trust in addition to the system's; null: the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>True skips the certificate checks.</summary>
    public bool Insecure { get; init; }

    /// <summary>The URL without what is secret: this text can end up in a log or in the name of a test.</summary>
    public override string ToString() => Url is null ? "embedded" : UrlRedaction.Redact(Url);
}

/// <summary>One handshake header.</summary>
/// <param name="Name">A token (RFC 9110, 5.6.2).</param>
/// <param name="Value">The field value, without line breaks. Secret.</param>
public sealed record HandshakeHeader(string Name, string Value)
{
    /// <summary>The name alone: the value is a secret.</summary>
    public override string ToString() => $"{Name}: (secret)";
}

/// <summary>The profile sets steps, threshold and deadline where they are not set themselves.</summary>
public sealed record LadderSettings
{
    /// <summary><c>progressive</c> or <c>aws</c>.</summary>
    public string Profile { get; init; } = "progressive";

    /// <summary>As <c>NUM_SESSIONS</c> asked for; without effect where <see cref="Steps"/> were set.</summary>
    public int? LastStep { get; init; }

    /// <summary>How many connections each step opens: at least one step, ascending, each 1 to 1,000,000.</summary>
    public ImmutableArray<int> Steps { get; init; } = [10, 25, 50, 100, 200, 500, 1000];

    /// <summary>The least success rate of a reliable step, as a share above 0 up to 1.</summary>
    public double Threshold { get; init; } = 0.75;

    /// <summary>The deadline of one step: opening, holding and pinging together. 1 s to 1 h.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The longest pause between two steps, up to 10 min.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long every step holds its connections before it counts them; below the step's timeout.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>The search for the limit between two steps.</summary>
public sealed record SearchSettings
{
    /// <summary>Whether to find the limit itself once a step held less than 99 %.</summary>
    public bool Exact { get; init; } = true;
}

/// <summary>How connections are opened.</summary>
public sealed record PoolSettings
{
    /// <summary>Concurrent handshakes, 1 to 10,000.</summary>
    public int InFlight { get; init; } = 100;

    /// <summary>New connections per second, above 0; null is unlimited.</summary>
    public double? Rate { get; init; }

    /// <summary>Local addresses to connect from; empty lets the system choose.</summary>
    public ImmutableArray<IPAddress> SourceAddresses { get; init; } = [];
}

/// <summary>What a run must reach, and at which task sizes it is measured.</summary>
public sealed record GateSettings
{
    /// <summary>The seed's table: what a task of a size is expected to hold.</summary>
    public static readonly ImmutableArray<ExpectedCapacity> SeedsTable =
    [
        new(new(256, 512), 200, 500),
        new(new(512, 1024), 500, 1_000),
        new(new(1024, 2048), 1_000, 2_000),
        new(new(2048, 4096), 2_000, 5_000),
    ];

    /// <summary>
    /// The share of what a server holds that is safe: the seed's margin for what a test does not show.
    /// </summary>
    public const double SafeShare = 0.8;

    /// <summary>The safe limit of a server that held so many; whole connections.</summary>
    internal static int SafeOf(int held) => (int)Math.Floor(held * (decimal)SafeShare);

    /// <summary>How many have to be held to show that so many are safe.</summary>
    internal static decimal Showing(decimal safe) => Math.Ceiling(safe / (decimal)SafeShare);

    /// <summary>What the safe limit must reach; null requires nothing.</summary>
    public int? RequiredConnections { get; init; }

    /// <summary>The task sizes to measure the server at.</summary>
    public SizeList Sizes { get; init; } = SizeList.None;

    /// <summary>The file of the task definition whose size is gated.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>Before the change: another file, or a git revision of <see cref="TaskDefinition"/>.</summary>
    public string? TaskDefinitionBefore { get; init; }

    /// <summary>The server's container in the task definition; null chooses.</summary>
    public string? Container { get; init; }

    /// <summary>How often each size is measured, 1 to 20.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Whether what is measured is written to <see cref="LockFile"/>.</summary>
    public bool Accept { get; init; }

    /// <summary>The baseline: the file of accepted capacities.</summary>
    public string LockFile { get; init; } = "capacity.lock.json";

    /// <summary>What each size is expected to hold.</summary>
    public ImmutableArray<ExpectedCapacity> Expected { get; init; } = SeedsTable;

    /// <summary>Whether the server is measured at task sizes, in place of one ladder without them.</summary>
    public bool MeasuresSizes => !Sizes.IsEmpty || TaskDefinition is not null;
}

/// <summary>Fargate and load balancers, in US dollars per hour, up to 100; null takes the default.</summary>
public sealed record PriceSettings
{
    /// <summary>A vCPU.</summary>
    public double? VcpuHour { get; init; }

    /// <summary>A GB of memory.</summary>
    public double? GigabyteHour { get; init; }

    /// <summary>An application load balancer.</summary>
    public double? LoadBalancerHour { get; init; }

    /// <summary>A load balancer capacity unit.</summary>
    public double? LcuHour { get; init; }
}

/// <summary>What the estimate and the scaling plan are worked out for.</summary>
public sealed record PlanSettings
{
    /// <summary>Connections of the whole service at its peak.</summary>
    public long TargetConnections { get; init; } = 10_000;

    /// <summary>The factor on the planned connections, 1 to 10.</summary>
    public double Buffer { get; init; } = 1.2;

    /// <summary>An instance type (<c>t3.medium</c>), or CPU units and MiB (<c>512/1024</c>).</summary>
    public string? Size { get; init; }

    /// <summary>Memory that the server needs for one connection, in bytes; null is what the run measures.</summary>
    public long? BytesPerConnection { get; init; }

    /// <summary>Memory that is not there for connections, in MiB; null is what the run measures.</summary>
    public int? ReservedMemory { get; init; }

    /// <summary>Messages per second and connection, both directions added up.</summary>
    public double MessageRate { get; init; } = 1;

    /// <summary>Payload of a message, in bytes. The default is a line of chat.</summary>
    public int MessageBytes { get; init; } = 200;

    /// <summary>Processor time that the server takes for one message.</summary>
    /// <remarks>
    /// The embedded server, echoing 200 bytes, takes 12.5 µs where it is saturated, 43 µs at 10,000 messages per
    /// second.
    /// </remarks>
    public TimeSpan MessageTime { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Availability zones of the tasks; the plan covers the loss of one, with 1 of none.</summary>
    public int Zones { get; init; } = 3;

    /// <summary>
    /// Percent of the desired tasks during a deployment (ECS API reference, DeploymentConfiguration).
    /// </summary>
    public int MinimumHealthyPercent { get; init; } = 100;

    /// <summary>Within what time clients that all lost their connection at once have to be back.</summary>
    public TimeSpan ReconnectWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may be silent before server or client pings.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest average time to answer an upgrade or a ping that is no alarm.</summary>
    public TimeSpan ResponseTime { get; init; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>Where the evidence goes.</summary>
public sealed record ReportSettings
{
    /// <summary>The folder of every report.</summary>
    public string Directory { get; init; } = "reports/latest";
}

/// <summary>What is read from AWS, and what is left there. Region and credentials are those of the AWS SDK.</summary>
public sealed record AwsSettings
{
    /// <summary>The file of a task definition to check.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>By name or ARN; null is this task's, else <c>default</c>.</summary>
    public string? Cluster { get; init; }

    /// <summary>The service under test, by name or ARN.</summary>
    public string? Service { get; init; }

    /// <summary>The load balancer in front of the service, as CloudWatch names it: <c>app/NAME/ID</c>.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>How long to wait for metrics that CloudWatch does not have yet; 0 asks once.</summary>
    /// <remarks>A load balancer's metrics are 3 minutes late at most.</remarks>
    public TimeSpan MetricsWait { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Null is embedded metric format in an ECS task, and nothing elsewhere.</summary>
    public MetricChannel? Publish { get; init; }

    /// <summary>The CloudWatch namespace of the metrics.</summary>
    public string Namespace { get; init; } = "WebSocketCapacity";

    /// <summary>Whether a dashboard of the metrics is written among the reports.</summary>
    public bool Dashboard { get; init; }

    /// <summary>The S3 bucket that the reports are uploaded to; null uploads nothing.</summary>
    public string? ReportsBucket { get; init; }

    /// <summary>What the keys in the bucket start with, before the run's id; without slashes at its ends.</summary>
    public string ReportsPrefix { get; init; } = "capacity";
}

/// <summary>How metrics get to CloudWatch.</summary>
public enum MetricChannel
{
    /// <summary>They don't.</summary>
    Off,

    /// <summary>Embedded metric format: lines that the entry point prints, for the log driver to deliver.</summary>
    Emf,

    /// <summary>By PutMetricData.</summary>
    Api,
}
