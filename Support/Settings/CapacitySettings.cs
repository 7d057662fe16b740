using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>Everything that a user can set, read once and checked as a whole before anything is opened.</summary>
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

    /// <summary>Every setting by its public name, with secrets replaced; the only form that may reach a report or a log.</summary>
    public ImmutableArray<RedactedSetting> Redacted { get; init; } = [];
}

/// <summary>One setting as a report may show it.</summary>
/// <param name="Name">The public name, as in <c>Target.Url</c>.</param>
/// <param name="Value">The value with secrets replaced; "none" where nothing is set.</param>
/// <param name="Source">
/// Where it came from: <c>default</c>, <c>parameter</c> (.runsettings or command line) or <c>environment</c>. A value that follows from
/// another setting, as the steps do from the profile, has the source of that setting.
/// </param>
public sealed record RedactedSetting(string Name, string Value, string Source)
{
    /// <summary>Whether nobody set it.</summary>
    public bool IsDefault => Source == SettingFormats.Default;
}

/// <summary>The server under test.</summary>
public sealed record TargetSettings
{
    /// <summary>The URL of the server under test; null stands for the embedded target that the suite starts and stops itself.</summary>
    /// <value>An absolute <c>ws://</c> or <c>wss://</c> URL without user info and fragment. Default: null (<c>embedded</c>).</value>
    public Uri? Url { get; init; }

    /// <summary>The shell command that starts the server under test, which then answers at <see cref="Url"/>; null where it runs already, or is embedded.</summary>
    /// <value>Runs in the folder of Tests.sln. Reported as it is, so a secret belongs into the environment. Default: null.</value>
    public string? Command { get; init; }

    /// <summary>How long a server that the suite starts may take to answer its first handshake.</summary>
    /// <value>1 s to 10 min. Default: 60 s.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Extra handshake headers. Secret: never reported.</summary>
    public ImmutableArray<HandshakeHeader> Headers { get; init; } = [];

    /// <summary>The subprotocol to ask for and to insist on (RFC 6455, 4.1); null asks for none.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>A PEM file with certificates to trust in addition to the system's, absolute; null trusts the system's alone.</summary>
    public string? CaFile { get; init; }

    /// <summary>True skips the certificate checks. Reported loudly. Default: false.</summary>
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

/// <summary>The steps to climb.</summary>
public sealed record LadderSettings
{
    /// <summary>The profile that the other values come from where they are not set.</summary>
    /// <value><c>progressive</c> (default) or <c>aws</c>.</value>
    public string Profile { get; init; } = "progressive";

    /// <summary>The last step that <c>NUM_SESSIONS</c> asked for; null where it is not set.</summary>
    /// <value>1 to 1,000,000. Default: null. Without effect where <see cref="Steps"/> were set as well.</value>
    public int? LastStep { get; init; }

    /// <summary>How many connections each step opens.</summary>
    /// <value>At least one step, ascending, each 1 to 1,000,000. Default: 10, 25, 50, 100, 200, 500, 1000.</value>
    public ImmutableArray<int> Steps { get; init; } = [10, 25, 50, 100, 200, 500, 1000];

    /// <summary>The least success rate of a reliable step, as a share.</summary>
    /// <value>Above 0 up to 1. Default: 0.75.</value>
    public double Threshold { get; init; } = 0.75;

    /// <summary>The deadline of one step: opening, holding and proving together.</summary>
    /// <value>1 s to 1 h. Default: 90 s.</value>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The longest pause between two steps; it ends early once nothing of the step before is left.</summary>
    /// <value>0 to 10 min. Default: 3 s.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long every step holds its connections before it counts them.</summary>
    /// <value>0 to 1 h, below the step timeout. Default: 1 s.</value>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>The search for the limit between two steps.</summary>
public sealed record SearchSettings
{
    /// <summary>Whether to find the limit itself once a step held less than 99 %. Default: true.</summary>
    public bool Exact { get; init; } = true;
}

/// <summary>How connections are opened.</summary>
public sealed record PoolSettings
{
    /// <summary>Handshakes at once.</summary>
    /// <value>1 to 10,000. Default: 100.</value>
    public int InFlight { get; init; } = 100;

    /// <summary>Opens a second; null is unlimited.</summary>
    /// <value>Above 0 up to 1,000,000. Default: null.</value>
    public double? Rate { get; init; }

    /// <summary>Local addresses to spread the connections over; empty lets the system choose.</summary>
    public ImmutableArray<System.Net.IPAddress> SourceAddresses { get; init; } = [];
}

/// <summary>Where the evidence goes.</summary>
public sealed record ReportSettings
{
    /// <summary>The folder of every report, absolute. Default: <c>reports/latest</c> below the folder of Tests.sln.</summary>
    public string Directory { get; init; } = "reports/latest";
}
