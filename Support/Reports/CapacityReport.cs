using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Plan;
using Support.Settings;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Everything that a reader needs, worked out once: every format renders this and computes nothing.</summary>
public sealed record CapacityReport
{
    /// <summary>The version of the keys of <c>capacity.json</c>.</summary>
    public const string SchemaVersion = "1.0";

    /// <summary>Whether the run came to its own end.</summary>
    public required bool Complete { get; init; }

    /// <summary>What stopped it, as in <c>SIGTERM</c>; null where nothing did.</summary>
    public string? Interrupted { get; init; }

    /// <summary>The earlier run that this report tells of; null where it tells of its own.</summary>
    public RebuiltFrom? Rebuilt { get; init; }

    /// <summary>The run itself.</summary>
    public required RunFacts Run { get; init; }

    /// <summary>The server under test.</summary>
    public required TargetFacts Target { get; init; }

    /// <summary>Every setting, secrets replaced.</summary>
    public ImmutableArray<RedactedSetting> Settings { get; init; } = [];

    /// <summary>The environment checks in order.</summary>
    public ImmutableArray<Finding> Checks { get; init; } = [];

    /// <summary>The ECS task that the suite ran in; null where it was not asked for.</summary>
    public TaskMetadata? Task { get; init; }

    /// <summary>What each resource allows, predicted before the first step; null where the check did not run.</summary>
    public CeilingTable? Ceilings { get; init; }

    /// <summary>
    /// <c>Gate.RequiredConnections</c>: up to here an unreliable step is a failure and above it a finding.
    /// </summary>
    /// <value>Null where nothing is required.</value>
    public int? RequiredConnections { get; init; }

    /// <summary>The steps in order, those that were not attempted included.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>What the self-test found before the first step; null where it did not run.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>What the run says.</summary>
    public required RunVerdict Verdict { get; init; }

    /// <summary>How many tasks the service needs.</summary>
    public required ScalingPlan Plan { get; init; }

    /// <summary>
    /// The names of the files of <c>scaling/</c> that were made of the plan; empty where there are none.
    /// </summary>
    public ImmutableArray<string> ScalingFiles { get; init; } = [];

    /// <summary>What is deployed beside the plan: a finding a check; empty where no service was named.</summary>
    public ImmutableArray<Finding> Deployed { get; init; } = [];

    /// <summary>Bytes per connection as fitted over the steps; empty where two steps are not enough.</summary>
    public ImmutableArray<MemorySlope> MemorySlopes { get; init; } = [];

    /// <summary>
    /// What CloudWatch says of the service under test; null where no service and no load balancer was named.
    /// </summary>
    public ServiceMetrics? Service { get; init; }

    /// <summary>What was found at task sizes; null where none was measured.</summary>
    public SizeReport? Sizes { get; init; }

    /// <summary>
    /// What became of metrics and reports outside of the folder, as far as it was known when the report was written.
    /// </summary>
    public ImmutableArray<Publication> Publications { get; init; } = [];

    /// <summary>What the steps before each step predicted for its memory, and what was read.</summary>
    public ImmutableArray<MemoryPrediction> MemoryPredictions { get; init; } = [];
}

/// <summary>The run itself.</summary>
/// <param name="Id">Unique, sortable by time.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Seconds">How long it took up to the report.</param>
/// <param name="Profile">The ladder's profile.</param>
/// <param name="Threshold">The least success rate of a reliable step.</param>
/// <param name="Version">The suite's version.</param>
public sealed record RunFacts(
    string Id, DateTimeOffset StartedAt, double Seconds, string Profile, double Threshold, string Version);

/// <summary>The server under test.</summary>
/// <param name="Url">Its URL, with the values of the query replaced.</param>
/// <param name="Embedded">Whether the suite started it itself.</param>
public sealed record TargetFacts(string Url, bool Embedded);

/// <summary>Which run a report tells of that was made anew from <c>steps.jsonl</c>.</summary>
/// <param name="RunId">That run; null where its line is missing.</param>
/// <param name="StartedAt">When that run began; null where its line is missing.</param>
/// <param name="LastStep">The last step that it measured; null where it measured none.</param>
/// <param name="LastProbe">
/// The last try of its search, from 1; null where it had not begun or had come to its end.
/// </param>
/// <param name="CameToItsEnd">False for a run that was killed.</param>
/// <param name="Interrupted">
/// What stopped it, as in <c>SIGTERM</c>; null where nothing did or where it could not be said.
/// </param>
public sealed record RebuiltFrom(
    string? RunId, DateTimeOffset? StartedAt, int? LastStep, int? LastProbe, bool CameToItsEnd, string? Interrupted)
{
    /// <summary>
    /// How far it came at task sizes, as in <c>at 256/512, run 2, after probe 3 of its search</c>; null where it
    /// measured at none.
    /// </summary>
    public string? AtSize { get; init; }
}

/// <summary>What became of the evidence outside of the reports folder.</summary>
/// <param name="Name">What was to be published, as in <c>metrics</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Where">Where to, as in <c>CloudWatch namespace WebSocketCapacity, PutMetricData</c>.</param>
/// <param name="Detail">How much, or why not; one sentence.</param>
/// <param name="Next">What to do about it; empty where there is nothing to do.</param>
public sealed record Publication(
    string Name, PublicationOutcome Outcome, string Where, string Detail, string Next = "");

/// <summary>What became of something that was to be published.</summary>
public enum PublicationOutcome
{
    /// <summary>It is there, as far as the receiver said.</summary>
    Published,

    /// <summary>It was handed on to something that does not answer, as a log driver.</summary>
    HandedOn,

    /// <summary>Measured, and not published.</summary>
    NotPublished,
}
