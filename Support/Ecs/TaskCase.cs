using System.Text.Json;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Ecs;

/// <summary>
/// What a check of the task is given: what is declared, what is in effect, and what the task has to hold.
/// </summary>
internal sealed record TaskCase(EcsTask Task, EnvironmentFacts Machine, DefinitionNeeds Needs)
{
    internal const long Mebibyte = 1L << 20;

    /// <summary>What this process may use by declaration; null where none is declared or known.</summary>
    internal long? DeclaredBytes => Task.DeclaredMebibytes.Count * Mebibyte;

    /// <summary>The sentence that fixes something of this container; fields are JSON without braces.</summary>
    internal string Container(string fields) => Put(ContainerFragment(fields));

    /// <summary>As one JSON object.</summary>
    internal string ContainerFragment(string fields) =>
        Fragment($"\"containerDefinitions\": [{OfContainer(Task.This, fields)}]");

    /// <summary>Limits the memory of the other containers to twice what each has in use.</summary>
    internal string OthersLimited() => Fragment(
        "\"containerDefinitions\": ["
        + string.Join(
            ", ", Task.Others.Select(container => OfContainer(container, Say($"\"memory\": {Allowance(container)}"))))
        + "]");

    /// <summary>The sentence that fixes something of the task.</summary>
    internal static string Definition(string fields) => Put(Fragment(fields));

    internal static string Fragment(string fields) => $"{{ {fields} }}";

    /// <summary>The task's memory less what the others have or take, and at least half of it.</summary>
    internal string OwnMemory()
    {
        var all = Task.MemoryMebibytes.Count ?? Task.This?.MemoryMebibytes.Count ?? 512;
        var others = Task.Others.Sum(Allowance);
        return Container(Say($"\"memory\": {Math.Max(all / 2, all - others)}"));
    }

    internal static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    /// <summary>As in <c>512 MiB (task metadata, …)</c>.</summary>
    internal static string Mebibytes(Limit limit) =>
        limit is Limit.Number number ? $"{Words.Count(number.Value)} MiB ({number.Source})" : limit.ToString();

    private static string OfContainer(EcsContainer? container, string fields) =>
        $"{{ {(container is { } known ? $"\"name\": {Text(known.Name)}, " : "")}{fields} }}";

    private static string Put(string fragment) => $"Put into the task definition: {fragment}";

    // In MiB. Twice what it took at its start, for it may grow; and room for a small process where that is not known.
    private static long Allowance(EcsContainer container) =>
        container.MemoryMebibytes.Count ?? Math.Max(64, 2 * (container.MemoryInUseBytes ?? 0) / Mebibyte);

    internal static long Millicores(long units) => units * 1000 / EcsTaskParser.UnitsOfOneCpu;
}
