using System.Collections.Immutable;
using Support.Host;
using Support.Plan;

namespace Support.Sizes;

/// <summary>
/// What a run says about task sizes, worked out once: every format renders this and computes nothing.
/// </summary>
public sealed record SizeReport
{
    /// <summary>The server: its command, or <c>embedded</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The sizes in the order of measuring.</summary>
    public ImmutableArray<SizeRow> Rows { get; init; } = [];

    /// <summary>
    /// The size that the verdict speaks of, as <see cref="SizeRow.Label"/>: the task definition's; else the least that
    /// reaches what is required, else the largest.
    /// </summary>
    public string? Chosen { get; init; }

    /// <summary>
    /// Which run of <see cref="Chosen"/> the steps of the report are of: the one with the least limit. Null where none
    /// was measured.
    /// </summary>
    public int? ChosenRun { get; init; }

    /// <summary>The row before the change and the row after it; null where nothing is compared.</summary>
    public SizeChange? Change { get; init; }

    /// <summary>What the costs rest on.</summary>
    public required TaskPrice Price { get; init; }

    /// <summary>
    /// What was found when measured and accepted capacities were compared, one sentence each, as in "512/1024: 1,980
    /// measured, 2,010 accepted".
    /// </summary>
    public ImmutableArray<string> BaselineNotes { get; init; } = [];

    /// <summary>Why the gate is missed, one sentence each; empty where it is met.</summary>
    public ImmutableArray<string> Missed { get; init; } = [];

    /// <summary>Warnings, for the verdict to carry.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Each run, in order, for whoever wants the figures behind a row.</summary>
    public ImmutableArray<SizeRun> Runs { get; init; } = [];
}

/// <summary>A change of task size.</summary>
/// <param name="Before">The label of a row.</param>
/// <param name="After">The label of a row.</param>
/// <param name="BeforeIs">How the user named it: a file or a revision.</param>
/// <param name="Summary">In one sentence: what it held, what it holds, what set the limit, what is required.</param>
public sealed record SizeChange(string Before, string After, string BeforeIs, string Summary);
