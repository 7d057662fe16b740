using System.Collections.Immutable;
using System.Globalization;
using Support.Host;
using Support.Plan;

namespace Support.Aws.Scaling;

/// <summary>What a check of scaling compares.</summary>
/// <param name="Deployed">What is deployed.</param>
/// <param name="Plan">What it is to agree with.</param>
/// <param name="Folder">Where the files of the plan's policies are, as in <c>reports/latest/scaling</c>.</param>
internal sealed record ScalingCase(DeployedScaling Deployed, ScalingPlan Plan, string Folder)
{
    /// <summary>
    /// The settings that the user gave. What rests on the suite's own default is no requirement of anyone, and misses
    /// no gate.
    /// </summary>
    /// <value>Names, as in <c>Plan.TargetConnections</c>. Default: none.</value>
    public ImmutableHashSet<string> Given { get; init; } = [];

    /// <summary>The setting of the connections that the service has to hold.</summary>
    public const string TargetConnections = "Plan.TargetConnections";

    /// <summary>The setting of the time between two pings.</summary>
    public const string PingInterval = "Plan.PingInterval";

    private const string NoPlan = "no plan: the run found no safe limit that one could be worked out from";

    /// <summary>The plan, where numbers can be compared with it: there is one, and no doubt about it.</summary>
    public ScalingPlan? Certain => Plan is { Doubt: null, ConnectionsPerTask: > 0 } ? Plan : null;

    /// <summary>The policy on connections that the plan was written as.</summary>
    public string ConnectionsFile => $"{Folder}/connections-policy.json";

    /// <summary>The tasks that have to run for the target at the safe limit; null without one.</summary>
    public long? Base =>
        Plan.ConnectionsPerTask is > 0 and var safe ? PlanMath.DivideUp(Plan.TargetConnections, safe) : null;

    /// <summary>The target in words.</summary>
    public string Peak =>
        $"{Count(Plan.TargetConnections)} connections at {Count(Plan.ConnectionsPerTask ?? 0)} a task";

    /// <summary>
    /// How a check ends that fails what a setting asks for. Where a task may hold more than was seen, fewer tasks may
    /// be enough: that is a warning.
    /// </summary>
    public CheckOutcome Missed(string setting) =>
        Given.Contains(setting) && !IsOpen(setting) ? CheckOutcome.Critical : CheckOutcome.Warning;

    /// <summary>
    /// The next step. Where the setting was not given, that comes first: the command stays at the end, to be copied.
    /// Where the safe limit is a lower bound, nothing is changed yet.
    /// </summary>
    public string Next(string setting, string verb, string command) => IsOpen(setting)
        ? $"Raise the ladder (NUM_SESSIONS): a task may hold more than {Count(Plan.ConnectionsPerTask ?? 0)}, "
            + "and fewer tasks may be enough."
        : Given.Contains(setting) ? $"{verb}: {command}"
        : $"Set {setting}: it is not given, and {Default(setting)} is only the default. "
            + $"Or {char.ToLowerInvariant(verb[0])}{verb[1..]}: {command}";

    /// <summary>What an answer is where the plan has none.</summary>
    public Answer WithoutPlan(string expected) => new(
        CheckOutcome.NotApplicable, expected, Plan.Doubt is { } doubt ? $"no plan to compare with: {doubt}" : NoPlan);

    /// <summary>What an answer is where a part was not read; Scaling.Api says why.</summary>
    public static Answer NotRead(string expected, string why = "it could not be read") =>
        new(CheckOutcome.NotApplicable, expected, $"not known: {why}");

    /// <summary>A number in words.</summary>
    public static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A time in seconds, as AWS counts it.</summary>
    public static string Seconds(double value) => $"{value.ToString("#,0.###", CultureInfo.InvariantCulture)} s";

    private string Default(string setting) =>
        setting == TargetConnections ? Count(Plan.TargetConnections) : Seconds(Plan.Settings.PingInterval.TotalSeconds);

    private bool IsOpen(string setting) => setting == TargetConnections && Plan.IsLowerBound;
}
