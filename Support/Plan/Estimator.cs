using System.Collections.Immutable;
using Support.Host;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Works out what a task can be expected to hold, before it is measured.</summary>
internal static class Estimator
{
    /// <summary>Per connection, where nothing is set or measured: the usual rule of thumb of 64 KiB.</summary>
    public const int DefaultBytes = 65_536;

    /// <summary>MiB reserved at most, where nothing is set or measured: a runtime and the system's processes.</summary>
    public const int MostReserved = 512;

    private const long Mebibyte = 1 << 20;

    // The same rule of thumb: of 56,000 that memory allows, 30,000 to 40,000 hold in practice.
    private static readonly (int Of, int In) From = (15, 28);
    private static readonly (int Of, int In) To = (5, 7);

    /// <summary>Pure. What is set goes before what an earlier run measured.</summary>
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
        (_, { BytesPerConnection: >= 1 } line) => (
            line.BytesPerConnection, $"measured{(line.IsUpperBound ? ", at most" : "")}: {line.Whose}"),
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
        Resource.Memory, Resource.Memory.Name(), "server", theoretical,
        Say($"({Words.Bytes(size.Memory * Mebibyte)} − {Words.Bytes(reserved)} reserved) ÷ {each:#,0.#} bytes = "
            + $"{theoretical:N0}"),
        "Give the task more memory, or lower what the server keeps per connection: its buffers, compression, TLS at "
            + "the load balancer.");
}

/// <summary>Whether the estimate, made before anything is measured, reaches what is wanted of one task.</summary>
internal static class EstimateCheck
{
    /// <summary>Its id.</summary>
    public const string Id = "Plan.Estimate";

    /// <summary>It never stops a run: an estimate is no measurement. Null where the task's size is not known.</summary>
    public static DeferredCheck For(Func<CancellationToken, Task<CapacityEstimate?>> estimate, int? required) => new(
        Id, "Estimate of one task reaches what is required", async token =>
            Of(await estimate(token).ConfigureAwait(false), required));

    private static Answer Of(CapacityEstimate? estimate, int? required)
    {
        var expected = required is { } least
            ? $"at least {Words.Count(least)} connections (Gate.RequiredConnections)"
            : "an estimate; nothing is required";
        if (estimate is null)
            return Answer.NotApplicable(expected,
                "what one task is, is not known: set Plan.Size, as in Plan.Size=512/1024 or Plan.Size=t3.medium");
        var lowest = estimate.BindsFirst;
        var actual = $"{estimate.Size.Name} ({estimate.SizeFrom}): {Words.Count(estimate.Theoretical)} connections by "
            + $"memory, {Words.Count(estimate.PracticalFrom)} to {Words.Count(estimate.PracticalTo)} in practice"
            + (lowest?.Connections is { } count ? $"; lowest: {lowest.Resource}, {Words.Count(count)}" : "")
            + $"; expected: {estimate.Expected}";
        return required > estimate.ExpectedTo
            ? Answer.Warning(expected, actual,
                $"{Next(estimate, lowest, required.Value)} It is an estimate: what is measured counts.".TrimStart())
            : Answer.Passed(expected, actual);
    }

    // A ceiling that is low enough is what to raise; else it is the memory, of which not all is there in practice.
    private static string Next(CapacityEstimate estimate, Ceiling? lowest, int required) =>
        lowest?.Connections < required
        ? lowest.Next
        : estimate.Ceilings.FirstOrDefault(row => row.Kind == Resource.Memory)?.Next ?? "Give the task more memory.";
}
