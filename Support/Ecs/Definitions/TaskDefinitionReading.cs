using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>What came of reading a task definition: the definition, or why there is none.</summary>
public sealed record TaskDefinitionReading
{
    /// <summary>The definition; null where it could not be read, and then a problem says why.</summary>
    public TaskDefinition? Definition { get; init; }

    /// <summary>The file that it was read from; null where it is from no file.</summary>
    public string? Source { get; init; }

    /// <summary>What is wrong with the text, or with reading it; empty where nothing is.</summary>
    public ImmutableArray<DefinitionProblem> Problems { get; init; } = [];

    /// <summary>No definition, and why: as where it is not allowed to be read.</summary>
    /// <param name="outcome">What that means for the run; a missing permission is a warning.</param>
    /// <param name="text">What happened, in one sentence.</param>
    /// <param name="next">What to do about it.</param>
    public static TaskDefinitionReading None(CheckOutcome outcome, string text, string next) =>
        new() { Problems = [new DefinitionProblem(outcome, text, next)] };
}

/// <summary>One thing that is wrong with the text of a task definition.</summary>
/// <param name="Outcome">Critical where there is no definition because of it; else a warning.</param>
/// <param name="Text">What and where, in one sentence, without secrets.</param>
/// <param name="Next">What to do about it.</param>
public sealed record DefinitionProblem(CheckOutcome Outcome, string Text, string Next);
