using System.Globalization;
using System.Text.Json;
using Support.Environments;
using Support.TaskDefinitions;

namespace Support.Ecs;

/// <summary>What one check of the task is given.</summary>
/// <param name="Task">What is declared: the endpoint's word.</param>
/// <param name="Machine">What is in effect: control groups, /proc and .NET.</param>
/// <param name="Needs">What the task has to hold.</param>
internal sealed record TaskCase(EcsTask Task, EnvironmentFacts Machine, DefinitionNeeds Needs)
{
    internal const long Mebibyte = 1L << 20;

    /// <summary>The memory that this process may use by declaration, in bytes; null where none is declared or known.</summary>
    internal long? DeclaredBytes => Task.DeclaredMebibytes.Count * Mebibyte;

    /// <summary>The fragment of a task definition that mends something of this container, as one JSON object.</summary>
    /// <param name="fields">Fields of the container, as JSON without braces.</param>
    internal string Container(string fields) => Container(Task.This, fields);

    /// <summary>As <see cref="Container(string)"/>, of another container.</summary>
    internal static string Container(EcsContainer? container, string fields) =>
        Definition($"\"containerDefinitions\": [{{ {(container is { } known ? $"\"name\": {Text(known.Name)}, " : "")}{fields} }}]");

    /// <summary>The fragment of a task definition that mends something of the task, as one JSON object.</summary>
    internal static string Definition(string fields) => $"Task definition: {{ {fields} }}";

    /// <summary>A memory limit of its own for this container: the task's memory less what the others have or take, and at least half of it.</summary>
    internal string OwnMemory()
    {
        var all = Task.MemoryMebibytes.Count ?? Task.This?.MemoryMebibytes.Count ?? 512;
        var others = Task.Others.Sum(container => container.MemoryMebibytes.Count ?? Math.Max(64, 2 * (container.MemoryInUseBytes ?? 0) / Mebibyte));
        return Container(string.Create(CultureInfo.InvariantCulture, $"\"memory\": {Math.Max(all / 2, all - others)}"));
    }

    internal static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    /// <summary>As in <c>512 MiB (task metadata, …)</c>.</summary>
    internal static string Mebibytes(Limit limit) =>
        limit is Limit.Number number ? $"{Words.Count(number.Value)} MiB ({number.Source})" : limit.ToString();

    /// <summary>CPU units in thousandths of a core.</summary>
    internal static long Millicores(long units) => units * 1000 / EcsTaskParser.UnitsOfOneCpu;
}
