using System.Collections.Immutable;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>
/// The 77 sizes of Linux tasks on Fargate (ECS developer guide, "Task definition differences for Fargate", 2026). Data,
/// in <c>machine-sizes.json</c>. The SDK's own texts stop at 16,384 CPU units.
/// </summary>
internal static class FargateSizes
{
    /// <summary>By CPU and then by memory.</summary>
    public static ImmutableArray<TaskSize> All => MachineSizes.Fargate;

    public static bool Contains(int cpu, int memory) => All.Contains(new(cpu, memory));

    /// <summary>In MiB; nothing where the CPU is none of Fargate's.</summary>
    public static ImmutableArray<int> MemoryFor(int cpu) =>
        [.. All.Where(size => size.Cpu == cpu).Select(size => size.Memory)];

    /// <summary>The size that is nearest by the factors between both, and of two the larger.</summary>
    /// <param name="cpu">CPU units; null takes half the memory, as in Fargate's smallest sizes.</param>
    /// <param name="memory">MiB; null takes twice the CPU.</param>
    public static TaskSize Nearest(int? cpu, int? memory)
    {
        double wantedCpu = Math.Max(1, cpu ?? (memory ?? 512) / 2);
        double wantedMemory = Math.Max(1, memory ?? wantedCpu * 2);
        // Rounded, so that two that are equally far apart are so in floating point as well.
        return All.OrderBy(size => Math.Round(Apart(size.Cpu, wantedCpu) + Apart(size.Memory, wantedMemory), 9))
            .ThenByDescending(size => (long)size.Cpu * size.Memory).ThenByDescending(size => size.Memory).First();
    }

    private static double Apart(int size, double wanted) => Math.Abs(Math.Log(size / wanted));
}
