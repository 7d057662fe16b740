using System.Globalization;
using System.Numerics;

namespace Support.Host;

/// <summary>How many files, and so connections, a process may have open: the resource limit <c>nofile</c>.</summary>
internal static class DescriptorLimit
{
    /// <summary>
    /// Soft and hard limit of a task on Fargate whose definition sets none (ECS API reference, Ulimit). It was 1,024
    /// and 4,096 until 2022, 1,024 and 65,535 until 2024.
    /// </summary>
    public const int FargateDefault = 65_535;

    /// <summary>
    /// The most that Fargate (ECS developer guide, Fargate task definition considerations) and a kernel with its
    /// default fs.nr_open allow.
    /// </summary>
    public const int Most = 1_048_576;

    /// <summary>A limit that costs nothing.</summary>
    public const int Usual = 65_536;

    /// <summary>
    /// A round number for so many files: the next power of two, at least <see cref="Usual"/> and at most <see
    /// cref="Most"/>.
    /// </summary>
    public static long RoundedUp(long needed) =>
        Math.Clamp((long)BitOperations.RoundUpToPowerOf2((ulong)needed), Usual, Most);

    /// <summary>The limit as a container definition sets it.</summary>
    public static string Ulimits(long limit) => string.Create(
        CultureInfo.InvariantCulture,
            $"\"ulimits\": [{{ \"name\": \"nofile\", \"softLimit\": {limit}, \"hardLimit\": {limit} }}]");
}
