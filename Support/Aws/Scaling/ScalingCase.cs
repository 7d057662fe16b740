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
    private const string NoPlan = "no plan: the run found no safe limit that one could be worked out from";

    /// <summary>The policy on connections that the plan was written as.</summary>
    public string ConnectionsFile => $"{Folder}/connections-policy.json";

    /// <summary>The tasks that have to run for the target at the safe limit; null without one.</summary>
    public long? Base => Plan.ConnectionsPerTask is > 0 and var safe ? (Plan.TargetConnections + safe - 1) / safe : null;

    /// <summary>The target in words.</summary>
    public string Peak => $"{Count(Plan.TargetConnections)} connections at {Count(Plan.ConnectionsPerTask ?? 0)} a task";

    /// <summary>What an answer is where the plan has none.</summary>
    public static Answer WithoutPlan(string expected) => new(CheckOutcome.NotApplicable, expected, NoPlan);

    /// <summary>What an answer is where a part was not read; Scaling.Api says why.</summary>
    public static Answer NotRead(string expected) => new(CheckOutcome.NotApplicable, expected, "not known: it could not be read");

    /// <summary>A number in words.</summary>
    public static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A time in seconds, as AWS counts it.</summary>
    public static string Seconds(double value) => $"{value.ToString("#,0.###", CultureInfo.InvariantCulture)} s";
}
