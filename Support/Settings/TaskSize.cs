using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>CPU and memory of a task, as a task definition gives them.</summary>
/// <param name="Cpu">CPU units: 1,024 are one vCPU.</param>
/// <param name="Memory">MiB.</param>
public sealed record TaskSize(int Cpu, int Memory)
{
    // The least that the kernel runs a server in, and the most of ECS on EC2 (ECS API reference,
    // RegisterTaskDefinition, cpu: 128 to 196,608).
    internal const int LeastCpu = 128;
    internal const int MostCpu = 196_608;
    internal const int LeastMemory = 64;
    internal const int MostMemory = 4 << 20;

    /// <summary>The size of those digits; null where one is none, or out of bounds.</summary>
    internal static TaskSize? Read(string cpu, string memory) =>
        NumberFormats.Digits(cpu, LeastCpu, MostCpu) is { } units
        && NumberFormats.Digits(memory, LeastMemory, MostMemory) is { } mebibytes
            ? new(units, mebibytes)
            : null;

    /// <summary>As in <c>256/512</c>.</summary>
    public override string ToString() => Say($"{Cpu}/{Memory}");
}

/// <summary>The sizes that <c>Gate.Sizes</c> asks for.</summary>
/// <param name="Named">Those that are named, in their order, each once.</param>
/// <param name="All">Whether every size of Fargate that this machine can give is meant; then none is named.</param>
public sealed record SizeList(ImmutableArray<TaskSize> Named, bool All)
{
    /// <summary>No size.</summary>
    public static SizeList None { get; } = new([], false);

    /// <summary>Whether no size is asked for.</summary>
    public bool IsEmpty => !All && Named.IsEmpty;
}

/// <summary>What a task of a size is expected to hold.</summary>
/// <param name="Size">The size.</param>
/// <param name="From">Connections; a task that holds fewer gets a warning.</param>
/// <param name="To">Connections; <paramref name="From"/> or more.</param>
public sealed record ExpectedCapacity(TaskSize Size, int From, int To);
