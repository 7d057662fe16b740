using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Plan;
using Support.Settings;
using Support.Targets;

namespace Support.Sizes;

/// <summary>Which sizes are measured, and what was found when that was worked out.</summary>
public sealed record SizePlan
{
    /// <summary>
    /// The cases in the order of measuring: before the change, the task definition's, those of <c>Gate.Sizes</c>. Empty
    /// where there is a problem.
    /// </summary>
    public ImmutableArray<SizeCase> Cases { get; init; } = [];

    /// <summary>What keeps sizes from being measured, each with name, value, what is allowed and what to do.</summary>
    public ImmutableArray<string> Problems { get; init; } = [];

    /// <summary>Warnings: what the measurement does not show of the task.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The task definition that is gated; null where none is named, or none could be read.</summary>
    public PlannedDefinition? Definition { get; init; }

    /// <summary>The one before the change; null where none is named, or none could be read.</summary>
    public PlannedDefinition? Before { get; init; }

    /// <summary>What the costs rest on.</summary>
    public required TaskPrice Price { get; init; }

    /// <summary>Works out the plan. Pure.</summary>
    /// <param name="gate">The sizes and the container.</param>
    /// <param name="prices">What is set of prices.</param>
    /// <param name="target">The server's URL, for its port; null where it is not known yet.</param>
    /// <param name="definitions">The definitions as they were read.</param>
    /// <param name="machine">What there is.</param>
    public static SizePlan From(
        GateSettings gate, PriceSettings prices, Uri? target, DefinitionPair definitions, SizeMachine machine)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(definitions);
        ArgumentNullException.ThrowIfNull(machine);
        var problems = ImmutableArray.CreateBuilder<string>();
        var before = Planned(definitions.Before, gate, target, problems);
        var definition = Planned(definitions.Definition, gate, target, problems);
        var named = Named(gate.Sizes, machine, problems);
        var cases = problems.Count > 0 ? [] : SizeCases.Of(before, definition, named, machine);
        return new()
        {
            Cases = cases,
            Problems = problems.ToImmutable(),
            Definition = definition,
            Before = before,
            Findings = [.. definitions.Findings, .. before?.Findings
                ?? [], .. definition?.Findings ?? [], .. PlanFindings.Of(cases, before, definition, machine)],
            Price = TaskPrice.For((definition ?? before)?.Architecture ?? machine.Architecture, prices),
        };
    }

    private static PlannedDefinition? Planned(
        NamedDefinition? named, GateSettings gate, Uri? target, ImmutableArray<string>.Builder problems)
    {
        if (named is null)
            return null;
        problems.AddRange(named.Problems);
        if (named.Reading.Definition is not { } definition)
            return null;
        var found = ImmutableArray.CreateBuilder<string>();
        var planned = Planned(named, definition, gate, target, found);
        problems.AddRange(found.Select(problem => $"{named.Setting} is '{named.Value}': {problem}."));
        return planned;
    }

    private static PlannedDefinition? Planned(
        NamedDefinition named, TaskDefinition definition, GateSettings gate, Uri? target,
        ImmutableArray<string>.Builder problems)
    {
        if (definition.IsWindows)
        {
            problems.Add($"its operatingSystemFamily is {definition.OperatingSystem}; allowed: LINUX, as the server "
                + "is measured in a Linux control group. Leave Windows tasks out of the gate");
            return null;
        }

        if (ServerContainer.Choose(definition, gate.Container, target?.Port) is not { } server)
        {
            problems.Add(ServerContainer.Missing(definition, gate.Container));
            return null;
        }

        if (DeclaredLimits.Of(definition, server, problems) is not var (size, limits))
            return null;
        return new(named.Value, size, limits, DefinitionHash.Of(definition, server), DefinitionHash.ImageOf(server),
            DefinitionHash.Architecture(definition))
        {
            Findings =
            [
                .. named.Reading.Problems.Select(problem => new Finding(
                    "Sizes.TaskDefinition", $"The text of {named.Setting}", CheckOutcome.Warning,
                    "a definition as ECS takes it", problem.Text, problem.Next)),
                .. new[] { ServerContainer.Others(definition, server, named.Setting) }.OfType<Finding>(),
                .. DeclaredLimits.Instances(definition, server, named.Setting),
            ],
        };
    }

    private static ImmutableArray<TaskSize> Named(
        SizeList sizes, SizeMachine machine, ImmutableArray<string>.Builder problems)
    {
        if (!sizes.All)
            return sizes.Named;
        ImmutableArray<TaskSize> all = [.. FargateSizes.All.Where(size => machine.TooSmallFor(size) is null)];
        if (all.IsEmpty)
        {
            var least = FargateSizes.All[0];
            problems.Add($"Gate.Sizes is 'all', and not even {least} fits: {machine.TooSmallFor(least)}. Take a "
                + "larger machine, or name sizes that fit");
        }

        return all;
    }
}

/// <summary>What a task definition says of the server's size.</summary>
/// <param name="Name">How the user named it: a file or a revision.</param>
/// <param name="Size">CPU and memory of the task.</param>
/// <param name="Limits">What the server may use of it.</param>
/// <param name="Hash">Of the parts that bear on capacity and are not its size, as <c>sha256:…</c>.</param>
/// <param name="Image">The digest that the server's image is pinned by; null where it is not pinned.</param>
/// <param name="Architecture"><c>X86_64</c> or <c>ARM64</c>.</param>
public sealed record PlannedDefinition(
    string Name, TaskSize Size, GroupLimits Limits, string Hash, string? Image, string Architecture)
{
    /// <summary>Warnings about it.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];
}
