using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;

namespace Support.Verdict;

/// <summary>How a step was judged.</summary>
public enum StepOutcome
{
    /// <summary>The success rate reached the threshold.</summary>
    Reliable,

    /// <summary>It did not.</summary>
    Unreliable,

    /// <summary>The step was not run; the reason says why.</summary>
    NotAttempted,
}

/// <summary>A step and its judgement; the result is null where the step was not attempted.</summary>
/// <param name="Sessions">The connections that the step wanted.</param>
/// <param name="Outcome">The judgement.</param>
/// <param name="Reason">Why, in words; null for a reliable step.</param>
/// <param name="Result">The facts; null where the step was not attempted.</param>
public sealed record JudgedStep(int Sessions, StepOutcome Outcome, string? Reason, StepResult? Result)
{
    /// <summary>What this client has too little of, where the step was not attempted for that; else null.</summary>
    public FailureClass? OutOf { get; init; }

    /// <summary>
    /// The try before, where most of its connections ended together and the step was tried again; else null.
    /// </summary>
    public StepResult? Before { get; init; }
}

/// <summary>How a run ended. Ordered: a run is as bad as the worst that is true of it.</summary>
public enum RunOutcome
{
    /// <summary>Measured, and every gate was met.</summary>
    Passed,

    /// <summary>Nothing was attempted. Not a pass.</summary>
    NotAttempted,

    /// <summary>A gate was missed.</summary>
    Failed,

    /// <summary>The suite could not measure; says nothing about the target.</summary>
    Broken,
}

/// <summary>Whose limit it was.</summary>
public enum BottleneckSide
{
    /// <summary>No limit was met.</summary>
    None,

    /// <summary>The server under test.</summary>
    Server,

    /// <summary>The suite or the machine that it runs on.</summary>
    Client,

    /// <summary>What lies between: names, routes, load balancers, TLS.</summary>
    Path,

    /// <summary>The settings: the same answer from the first connection on.</summary>
    Configuration,
}

/// <summary>What bound the run, and how that is known.</summary>
/// <param name="Side">Whose limit it was.</param>
/// <param name="Cause">The cause in one sentence.</param>
/// <param name="Evidence">What was seen, one sentence each.</param>
/// <param name="Next">What to do.</param>
public sealed record Bottleneck(BottleneckSide Side, string Cause, ImmutableArray<string> Evidence, string Next)
{
    /// <summary>What ran out; null where that is not known or nothing did.</summary>
    public Resource? Resource { get; init; }
}

/// <summary>What the run says, worked out once from the steps.</summary>
public sealed record RunVerdict
{
    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Why the outcome is not "passed", one sentence each; empty for a pass.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>
    /// The highest reliable step below the first unreliable one; 0 where there is none, null where nothing was
    /// measured.
    /// </summary>
    public int? LadderReliable { get; init; }

    /// <summary>
    /// What the exact limit held where it was found, else the highest count that was shown reliable below the first
    /// that was not; 0 where there is none, null where nothing was measured.
    /// </summary>
    public int? MaxReliable { get; init; }

    /// <summary>
    /// The most connections that any step, or any probe of the search, held; null where nothing was measured.
    /// </summary>
    [JsonPropertyName("heldAtOnce")]
    public int? PeakConnections { get; init; }

    /// <summary>80 % of what was held at <see cref="MaxReliable"/>; null where nothing was measured.</summary>
    public int? SafeLimit { get; init; }

    /// <summary>The search's answer; null where there is none.</summary>
    public ExactLimit? Exact { get; init; }

    /// <summary>The limit where it differs from probe to probe; null elsewhere.</summary>
    public VaryingLimit? Interval { get; init; }

    /// <summary>
    /// What in the way of opening set the limit: then no number of the run is the server's capacity, and there is no
    /// plan. Null elsewhere.
    /// </summary>
    public OpeningLimit? Opening { get; init; }

    /// <summary>
    /// What the counts of client, server and kernel, and an earlier run's end, say beside the verdict: warnings, one a
    /// finding.
    /// </summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What a service needs to hold as well and the run did not try.</summary>
    public ImmutableArray<Unproven> NotProven { get; init; } = [];

    /// <summary>What bound the run.</summary>
    public required Bottleneck Bottleneck { get; init; }
}
