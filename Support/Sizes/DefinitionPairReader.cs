using System.Collections.Immutable;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;

namespace Support.Sizes;

/// <summary>Reads both task definitions: files, or a file at a git revision.</summary>
internal static class DefinitionPairReader
{
    /// <summary>What the settings name; a problem is in the reading, and nothing is thrown for.</summary>
    /// <param name="gate">The settings.</param>
    /// <param name="baseDirectory">
    /// What a relative <see cref="GateSettings.TaskDefinitionBefore"/> is relative to, absolute.
    /// </param>
    /// <param name="time">For git's deadline.</param>
    /// <param name="cancellationToken">The only thing that this throws for.</param>
    public static async Task<DefinitionPair> ReadAsync(
        GateSettings gate, string baseDirectory, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (gate.TaskDefinition is not { } file)
            return DefinitionPair.None;
        var definition = new NamedDefinition("Gate.TaskDefinition", file, await TaskDefinitionFile.ReadAsync(
            file, "it", "Gate.TaskDefinition", cancellationToken).ConfigureAwait(false));
        return gate.TaskDefinitionBefore is { } before
            ? await WithBeforeAsync(new() { Definition = definition }, before, file, baseDirectory, time,
                cancellationToken).ConfigureAwait(false)
            : new() { Definition = definition };
    }

    private static async Task<DefinitionPair> WithBeforeAsync(
        DefinitionPair pair, string before, string file, string baseDirectory, TimeProvider time,
        CancellationToken cancellationToken)
    {
        const string Setting = "Gate.TaskDefinitionBefore";
        var path = Path.GetFullPath(before, baseDirectory);
        if (File.Exists(path))
            return pair with { Before = new(
                Setting,
                before,
                await TaskDefinitionFile.ReadAsync(path, "it", Setting, cancellationToken).ConfigureAwait(false)) };
        var shown = await GitFile.ShowAsync(before, file, time, cancellationToken).ConfigureAwait(false);
        if (shown.IsAbsent)
            return pair with { Findings = [New(before, file, shown)] };
        var reading = shown.Text is { } text
            ? TaskDefinitionParser.Parse(text) with { Source = $"{before}:{file}" }
            : TaskDefinitionReading.None(
                CheckOutcome.Critical,
                $"there is no such file ({path}), and as a git revision it has no answer: {shown.Problem}",
                shown.Next);
        return pair with { Before = new(Setting, before, reading) };
    }

    // The first pull request with a definition has nothing to be compared with, and is no fault.
    private static Finding New(string before, string file, GitFile shown) => new(
        "Sizes.NewDefinition", "The task definition is new: nothing is compared with it", CheckOutcome.Warning,
        $"{Path.GetFileName(file)} in revision {Words.Quote(before)} (Gate.TaskDefinitionBefore)", shown.Problem,
        $"Nothing, where it is new. Where it was moved or renamed: {shown.Next}");
}

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
