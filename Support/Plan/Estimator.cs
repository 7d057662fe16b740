using System.Collections.Immutable;
using System.Globalization;
using Support.Host;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out what a task can be expected to hold, before it is measured.</summary>
internal static class Estimator
{
    /// <summary>
    /// Memory for one connection where nothing is set or measured, in bytes: the usual rule of thumb of 64 KiB.
    /// </summary>
    public const int DefaultBytes = 65_536;

    /// <summary>
    /// The most that is reserved where nothing is set or measured, in MiB: a runtime and the processes of the system.
    /// </summary>
    public const int MostReserved = 512;

    private const long Mebibyte = 1 << 20;

    // The same rule of thumb: of 56,000 that memory allows, 30,000 to 40,000 hold in practice.
    private static readonly (int Of, int In) From = (15, 28);
    private static readonly (int Of, int In) To = (5, 7);

    /// <summary>The estimate. Pure.</summary>
    /// <param name="task">What is known of the task.</param>
    /// <param name="plan">What is set: it goes before what was measured.</param>
    /// <param name="measured">What an earlier run measured; null before the first.</param>
    public static CapacityEstimate Estimate(EstimateInput task, PlanSettings plan, MeasuredMemory? measured)
    {
        var (each, eachFrom) = BytesPerConnection(plan, measured);
        var (reserved, reservedFrom) = Reserved(task.Size, plan, measured);
        var left = Math.Max(0, (task.Size.Memory * Mebibyte) - reserved);
        var theoretical = (long)(left / each);
        return new()
        {
            Size = task.Size,
            SizeFrom = task.From,
            ReservedBytes = reserved,
            ReservedFrom = reservedFrom,
            BytesPerConnection = each,
            BytesFrom = eachFrom,
            Theoretical = theoretical,
            PracticalFrom = theoretical * From.Of / From.In,
            PracticalTo = theoretical * To.Of / To.In,
            Ceilings = Ceilings(task, plan, Memory(task.Size, reserved, each, theoretical)),
        };
    }

    private static ImmutableArray<Ceiling> Ceilings(EstimateInput task, PlanSettings plan, Ceiling memory) =>
    [
        memory,
        ServerCeilings.Descriptors(task),
        ServerCeilings.Ports(plan),
        ServerCeilings.Processor(task.Size, plan),
        ServerCeilings.Bandwidth(task.Size, plan),
    ];

    private static (double Bytes, string From) BytesPerConnection(PlanSettings plan, MeasuredMemory? measured) =>
        (plan.BytesPerConnection, measured) switch
    {
        ({ } set, _) => (set, "Plan.BytesPerConnection"),
        (_, { BytesPerConnection: >= 1 } line) => (line.BytesPerConnection, $"measured: {line.Whose}"),
        _ => (DefaultBytes, "the usual 64 KiB"),
    };

    private static (long Bytes, string From) Reserved(MachineSize size, PlanSettings plan, MeasuredMemory? measured) =>
        (plan.ReservedMemory, measured) switch
    {
        ({ } set, _) => (set * Mebibyte, "Plan.ReservedMemory"),
        (_, { BaseBytes: >= 0 } line) => ((long)line.BaseBytes, $"measured: {line.Whose} without a connection"),
        _ => (Math.Min(size.Memory * Mebibyte / 8, MostReserved * Mebibyte),
            $"an eighth of the memory, {MostReserved} MiB at most"),
    };

    private static Ceiling Memory(MachineSize size, long reserved, double each, long theoretical) => new(
        Resource.Memory,
        Resource.Memory.Name(),
        "server",
        theoretical,
        string.Create(CultureInfo.InvariantCulture,
            $"({Words.Bytes(size.Memory * Mebibyte)} − {Words.Bytes(reserved)} reserved) ÷ {each:#,0.#} bytes = "
            + $"{theoretical:N0}"),
        "Give the task more memory, or lower what the server keeps per connection: its buffers, compression, TLS at "
            + "the load balancer.");
}
