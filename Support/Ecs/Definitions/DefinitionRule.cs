using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>One rule for task definitions.</summary>
/// <param name="Name">The end of the check's id, as in <c>Nofile</c>.</param>
/// <param name="Title">What is checked, without what it is checked of; at most 60 characters.</param>
/// <param name="Critical">What is critical: ECS refuses the definition, or its task does not start.</param>
/// <param name="Warning">What is a warning: it costs connections or evidence.</param>
/// <param name="Source">Where that is written, or was measured.</param>
/// <param name="Judge">Answers for one definition.</param>
internal sealed record DefinitionRule(
    string Name, string Title, string Critical, string Warning, string Source, Func<TaskDefinition, DefinitionNeeds, Answer> Judge);

/// <summary>What a rule found, put into one answer.</summary>
/// <param name="expected">What the rule wants.</param>
internal sealed class Faults(string expected)
{
    private readonly List<(CheckOutcome Outcome, string What, string Next)> found = [];

    /// <summary>ECS refuses it, or the task does not start.</summary>
    public void Critical(string what, string next) => Add(CheckOutcome.Critical, what, next);

    /// <summary>It costs connections or evidence.</summary>
    public void Warning(string what, string next) => Add(CheckOutcome.Warning, what, next);

    /// <summary>A fault of that weight.</summary>
    public void Add(CheckOutcome outcome, string what, string next) => found.Add((outcome, what, next));

    /// <summary>The worst of what was found with all of it, or that the rule is kept.</summary>
    /// <param name="actual">What there is; said in either case where nothing was found, else only the faults are.</param>
    public Answer Or(string actual) => found.Count == 0
        ? new Answer(CheckOutcome.Passed, expected, actual)
        : new Answer(
            found.Max(fault => fault.Outcome),
            expected,
            string.Join("; ", found.OrderByDescending(fault => fault.Outcome).Select(fault => fault.What).Distinct()),
            string.Join(" ", found.OrderByDescending(fault => fault.Outcome).Select(fault => fault.Next).Distinct()));
}

/// <summary>What rules ask of a definition and of its containers.</summary>
internal static class DefinitionQuestions
{
    /// <summary>The containers that hold the connections: the named one, else the essential ones that are no log routers.</summary>
    public static ImmutableArray<ContainerDefinition> Carriers(this TaskDefinition definition, DefinitionNeeds needs)
    {
        ImmutableArray<ContainerDefinition> named = [.. definition.Containers.Where(container => container.Name == needs.Container)];
        return named.IsEmpty ? [.. definition.Containers.Where(container => container is { Essential: true, IsLogRouter: false })] : named;
    }

    /// <summary>The container as a finding names it.</summary>
    public static string Called(this ContainerDefinition container) => $"container {Words.Quote(container.Name)}";

    /// <summary>The network mode in force: ECS takes bridge where none is given.</summary>
    public static string Network(this TaskDefinition definition) => definition.NetworkMode ?? "bridge";
}
