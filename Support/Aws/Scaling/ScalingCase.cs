using System.Collections.Immutable;
using System.Globalization;
using Support.Host;
using Support.Plan;

namespace Support.Aws.Scaling;

/// <summary>What a check of scaling compares; the folder holds the files of the plan's policies.</summary>
internal sealed record ScalingCase(DeployedScaling Deployed, ScalingPlan Plan, string Folder)
{
    /// <summary>The settings that the user gave: what rests on a default misses no gate. Default: none.</summary>
    public ImmutableHashSet<string> Given { get; init; } = [];

    public const string TargetConnections = "Plan.TargetConnections";

    public const string PingInterval = "Plan.PingInterval";

    private const string NoPlan = "no plan: the run found no safe limit that one could be worked out from";

    /// <summary>The plan, where numbers can be compared with it: there is one, and no doubt about it.</summary>
    public ScalingPlan? Certain => Plan is { Doubt: null, ConnectionsPerTask: > 0 } ? Plan : null;

    /// <summary>The policy on connections that the plan was written as.</summary>
    public string ConnectionsFile => $"{Folder}/connections-policy.json";

    /// <summary>The tasks that have to run for the target at the safe limit; null without one.</summary>
    public long? Base =>
        Plan.ConnectionsPerTask is > 0 and var safe ? PlanMath.DivideUp(Plan.TargetConnections, safe) : null;

    public string Peak =>
        $"{Count(Plan.TargetConnections)} connections at {Count(Plan.ConnectionsPerTask ?? 0)} per task";

    /// <summary>Critical where a given setting is missed; a warning where a task may hold more than was seen.</summary>
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

    public Answer WithoutPlan(string expected) => Answer.NotApplicable(
        expected, Plan.Doubt is { } doubt ? $"no plan to compare with: {doubt}" : NoPlan);

    /// <summary>Where a part was not read; Scaling.Api says why.</summary>
    public static Answer NotRead(string expected, string why = "it could not be read") =>
        Answer.NotApplicable(expected, $"not known: {why}");

    public static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>As AWS counts it.</summary>
    public static string Seconds(double value) => $"{value.ToString("#,0.###", CultureInfo.InvariantCulture)} s";

    private string Default(string setting) =>
        setting == TargetConnections ? Count(Plan.TargetConnections) : Seconds(Plan.Settings.PingInterval.TotalSeconds);

    private bool IsOpen(string setting) => setting == TargetConnections && Plan.IsLowerBound;
}
