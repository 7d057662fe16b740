using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Reports.Documents;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>
/// The machine and the task that the suite ran on: checks, what its resources allow, and the task's metadata.
/// </summary>
internal static class HostContent
{
    /// <summary>Findings of any kind: those that need a reader, and all of them folded.</summary>
    internal static IEnumerable<Block> Checks(ImmutableArray<Finding> checks)
    {
        if (checks.IsDefaultOrEmpty)
            yield break;
        var open = checks.Where(check => check.Outcome is CheckOutcome.Critical or CheckOutcome.Warning)
            .OrderByDescending(check => check.Outcome).ToImmutableArray();
        if (!open.IsEmpty)
            yield return Table(open);
        if (open.Length < checks.Length)
            yield return new Block.Details($"All checks: {Phrases.Counted(checks)}", [Table(checks)]);
    }

    /// <summary>What each resource of this machine allows, predicted before the first connection.</summary>
    internal static IEnumerable<Block> Ceilings(CapacityReport report)
    {
        if (report.Ceilings is not { } ceilings)
            yield break;
        yield return new Block.Paragraph(ceilings.BindsFirst is { } first
            ? "Predicted before the first connection. Lowest: "
                + $"{first.Resource} ({first.Side}), {Count(first.Connections)} connections."
            : "No resource has a limit that is known before the first connection.");
        yield return Ceilings(ceilings.Rows, ceilings.BindsFirst, "Predicted limits of this machine", hasSide: true);
    }

    /// <summary>What resources allow, as a table.</summary>
    internal static Block.Table Ceilings(ImmutableArray<Ceiling> rows, Ceiling? lowest, string caption, bool hasSide) =>
        new(
            [
                .. Words("Resource"), .. hasSide ? Words("Side") : [], .. Counts("Connections"),
                .. Words("Based on", "How to raise it"),
            ],
            [
                .. rows.Select(row => Row(
                [
                    row.Resource + (ReferenceEquals(row, lowest) ? " (lowest)" : ""),
                    .. hasSide ? [(Text)row.Side] : ImmutableArray<Text>.Empty,
                    Count(row.Connections), row.Basis, Phrases.Next(row.Next),
                ])),
            ],
            caption);

    /// <summary>The ECS task that the suite ran in; nothing outside of ECS.</summary>
    internal static IEnumerable<Block> Task(TaskMetadata? metadata) =>
        TaskFacts(metadata).ToImmutableArray() is { IsEmpty: false } facts
        ? [new Block.Figures([.. facts.Select(fact => new Figure(fact.Name, fact.Value))])]
        : [];

    /// <summary>The same as names and values.</summary>
    internal static IEnumerable<(string Name, string Value)> TaskFacts(TaskMetadata? metadata) => metadata switch
    {
        TaskMetadata.Read { Value: var task } => TaskFacts(task),
        TaskMetadata.Unavailable { Why: var why } => [("Metadata", $"not available: {why}")],
        _ => [],
    };

    private static Block.Table Table(ImmutableArray<Finding> checks) => new(
        Words("Check", "Actual", "Expected", "Next", "Id"),
        [
            .. checks.Select(check => Row(
                Phrases.ToneOf(check.Outcome), check.Title, check.Actual, check.Expected, Phrases.Next(check.Next),
                Text.Code(check.Id))),
        ],
        "Checks");

    private static IEnumerable<(string Name, string Value)> TaskFacts(EcsTask task)
    {
        const string NotKnown = "not known";
        yield return ("Cluster", task.Cluster ?? NotKnown);
        yield return ("Region", task.Arn.Region);
        yield return ("Started by service", task.Service ?? "none named");
        yield return ("Task", $"{task.Arn.Id} of {task.Definition ?? NotKnown}");
        yield return ("Task size", $"{Cpu(task.CpuUnits)}, {Memory(task.MemoryMebibytes)}");
        yield return ("Launch type", task.LaunchType ?? NotKnown);
        yield return ("Network mode", task.NetworkMode ?? NotKnown);
        yield return ("Zone", task.AvailabilityZone ?? NotKnown);
        yield return (
            "Image", task.This is { Image: { } image } own ? $"{image}, {own.ImageId ?? "id not known"}" : NotKnown);
        yield return ("Memory before the first connection", MemoryInUse(task));
    }

    private static string MemoryInUse(EcsTask task)
    {
        var parts = string.Join(", ", task.Containers.Where(container => container.IsNormal)
            .Select(container => $"{container.Name} {Bytes(container.MemoryInUseBytes)}"));
        return task.MemoryInUseBytes is { } all ? $"{Bytes(all)}: {parts}" : parts.Length > 0 ? parts : "not known";
    }

    private static string Cpu(Limit units) => units switch
    {
        Limit.Number { Value: var known } => $"{Number(known / (double)EcsTaskParser.UnitsOfOneCpu)} vCPU",
        Limit.None => "no CPU limit",
        _ => "CPU not known",
    };

    private static string Memory(Limit mebibytes) => mebibytes switch
    {
        Limit.Number { Value: var known } => $"{Count(known)} MiB",
        Limit.None => "no memory limit",
        _ => "memory not known",
    };
}
