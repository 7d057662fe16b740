using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Sizes;

/// <summary>The task definition that is gated and the one before the change, as they were read.</summary>
public sealed record DefinitionPair
{
    /// <summary>Neither is named.</summary>
    public static DefinitionPair None { get; } = new();

    /// <summary><c>Gate.TaskDefinition</c>; null where it is not set.</summary>
    public NamedDefinition? Definition { get; init; }

    /// <summary>
    /// <c>Gate.TaskDefinitionBefore</c>; null where it is not set, and where the revision has no such file.
    /// </summary>
    public NamedDefinition? Before { get; init; }

    /// <summary>Warnings about what was read: as that the definition is new, so that there is none before it.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}

/// <summary>A task definition that a setting names.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">How the user named it: a file or a revision.</param>
/// <param name="Reading">What was read.</param>
public sealed record NamedDefinition(string Setting, string Value, TaskDefinitionReading Reading)
{
    /// <summary>Why there is no definition, each problem with what to do; empty where there is one.</summary>
    public ImmutableArray<string> Problems =>
    [
        .. Reading.Problems.Where(problem => Reading.Definition is null && problem.Outcome == CheckOutcome.Critical)
            .Select(problem => $"{Setting} is '{Value}': {problem.Text.TrimEnd('.')}. {problem.Next}"),
    ];
}
