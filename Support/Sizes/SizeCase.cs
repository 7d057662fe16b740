using System.Collections.Immutable;
using Support.Settings;
using Support.Targets;

namespace Support.Sizes;

/// <summary>Why a size is measured. A size may be measured for several reasons, and then is measured once.</summary>
public enum SizeOrigin
{
    /// <summary><c>Gate.Sizes</c> names it.</summary>
    Named,

    /// <summary>The task definition has it: the one that is gated.</summary>
    Definition,

    /// <summary>The task definition had it before the change.</summary>
    Before,
}

/// <summary>A size to measure the server at.</summary>
/// <param name="Number">From 1, in the order of measuring.</param>
/// <param name="Size">CPU and memory of the task.</param>
/// <param name="Declared">
/// What the server may use in such a task, as it is declared: its container may have less than the task.
/// </param>
/// <param name="Origins">Why it is measured; at least one.</param>
public sealed record SizeCase(int Number, TaskSize Size, GroupLimits Declared, ImmutableArray<SizeOrigin> Origins)
{
    /// <summary>
    /// Why it cannot be measured on this machine, as for want of processors or memory; null where it can.
    /// </summary>
    public string? TooLarge { get; init; }

    /// <summary>As in <c>256/512</c>; with the descriptors where another case has the same size.</summary>
    public string Label { get; init; } = Size.ToString();
}
