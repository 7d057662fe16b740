using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Targets;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>
/// One measurement of a server at a size: a new server in a new control group, the ladder, and the search.
/// </summary>
public sealed record SizeRun
{
    /// <summary>The size, as <see cref="SizeCase.Label"/> has it.</summary>
    public required string Label { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long all of it took.</summary>
    public double Seconds { get; init; }

    /// <summary>
    /// From the start of the command to the first handshake that it answered; null where it answered none.
    /// </summary>
    public double? StartSeconds { get; init; }

    /// <summary>
    /// Why the server did not start at this size, in words: it holds nothing then. Null where it started.
    /// </summary>
    public string? NotStarted { get; init; }

    /// <summary>The steps in order.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>The search for the exact limit; null where it did not run.</summary>
    public SearchResult? Search { get; init; }

    /// <summary>
    /// What the server took that was started once more, while connections were added and none was closed; empty where
    /// that was not measured.
    /// </summary>
    public ImmutableArray<FreshStage> Fresh { get; init; } = [];

    /// <summary>Each time that the server ended, or did not answer any more, and was started anew.</summary>
    public ImmutableArray<ServerEnd> Restarts { get; init; } = [];

    /// <summary>
    /// What was in effect: a machine may allow fewer descriptors than the task would. Null where it did not start.
    /// </summary>
    public Targets.GroupLimits? Effective { get; init; }

    /// <summary>
    /// Why nothing can be said of the server: the suite or its machine failed, or the run was stopped. Null where it
    /// was measured.
    /// </summary>
    public string? Fault { get; init; }

    /// <summary>What this run says by itself.</summary>
    public required RunVerdict Verdict { get; init; }
}
