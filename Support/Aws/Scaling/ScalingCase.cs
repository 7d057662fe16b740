using System.Collections.Immutable;
using System.Globalization;
using Support.Environments;
using Support.Plan;

namespace Support.Aws.Scaling;

/// <summary>What a check of scaling compares.</summary>
/// <param name="Deployed">What is deployed.</param>
/// <param name="Plan">What it is to agree with.</param>
/// <param name="Folder">Where the files of the plan's policies are, as in <c>reports/latest/scaling</c>.</param>
internal sealed record ScalingCase(DeployedScaling Deployed, ScalingPlan Plan, string Folder)
{
    /// <summary>The settings that the user gave. What rests on the suite's own default is no requirement of anyone, and misses no gate.</summary>
    /// <value>Names, as in <c>Plan.TargetConnections</c>. Default: none.</value>
    public ImmutableHashSet<string> Given { get; init; } = [];

    /// <summary>The setting of the connections that the service has to hold.</summary>
    public const string TargetConnections = "Plan.TargetConnections";

    /// <summary>The setting of the time between two pings.</summary>
    public const string PingInterval = "Plan.PingInterval";

    private const string NoPlan = "no plan: the run found no safe limit that one could be worked out from";

    /// <summary>The policy on connections that the plan was written as.</summary>
    public string ConnectionsFile => $"{Folder}/connections-policy.json";

    /// <summary>The tasks that have to run for the target at the safe limit; null without one.</summary>
    public long? Base => Plan.ConnectionsPerTask is > 0 and var safe ? (Plan.TargetConnections + safe - 1) / safe : null;

    /// <summary>The target in words.</summary>
    public string Peak => $"{Count(Plan.TargetConnections)} connections at {Count(Plan.ConnectionsPerTask ?? 0)} a task";

    /// <summary>How a check ends that fails what a setting asks for.</summary>
    public CheckOutcome Missed(string setting) => Given.Contains(setting) ? CheckOutcome.Critical : CheckOutcome.Warning;

    /// <summary>The next step. Where the setting was not given, that comes first: the command stays at the end, to be copied.</summary>
    public string Next(string setting, string verb, string command) => Given.Contains(setting)
        ? $"{verb}: {command}"
        : $"Set {setting}: it is not given, and {(setting == TargetConnections ? Count(Plan.TargetConnections) : Seconds(Plan.Settings.PingInterval.TotalSeconds))} is only the default. Or {char.ToLowerInvariant(verb[0])}{verb[1..]}: {command}";

    /// <summary>What an answer is where the plan has none.</summary>
    public static Answer WithoutPlan(string expected) => new(CheckOutcome.NotApplicable, expected, NoPlan);

    /// <summary>What an answer is where a part was not read; Scaling.Api says why.</summary>
    public static Answer NotRead(string expected) => new(CheckOutcome.NotApplicable, expected, "not known: it could not be read");

    /// <summary>A number in words.</summary>
    public static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A time in seconds, as AWS counts it.</summary>
    public static string Seconds(double value) => $"{value.ToString("#,0.###", CultureInfo.InvariantCulture)} s";
}
