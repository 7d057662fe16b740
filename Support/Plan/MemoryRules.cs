using System.Collections.Immutable;
using Support.Host;

namespace Support.Plan;

/// <summary>The rules about memory.</summary>
internal static class MemoryRules
{
    private const int RuleReserved = 512;

    // Within a quarter a rule of thumb is good enough.
    private const double Close = 0.25;

    internal static ImmutableArray<RuleOfThumb> Of(RuleContext context) =>
        [PerConnection(context), Reserved(context), OfMedium(context), Practical(context), First(context)];

    private static RuleOfThumb PerConnection(RuleContext context) => new(
        "memoryPerConnection", "Memory of a connection", "64 KB",
        context.Input.Memory is { } memory ? $"{RuleContext.Number(memory.BytesPerConnection)} bytes ({memory.Of})" : "not measured",
        context.Input.Memory is { BytesPerConnection: >= 1 } line ? Math.Abs((line.BytesPerConnection / Estimator.DefaultBytes) - 1) <= Close : null,
        "It fits servers that compress or keep large buffers (Python's websockets with compression: 70 KiB, its documentation, Memory usage; Kestrel with TLS before .NET 6: 61 KiB, "
        + "dotnet/aspnetcore#30863). Plain connections take 9 to 23 KiB on Kestrel, Jetty and Go, and 4 to 5 KB of that are the kernel's.");

    private static RuleOfThumb Reserved(RuleContext context) => new(
        "memoryReserved", "Memory of runtime and system", "0.5 GB",
        context.Input.Memory is { } memory ? $"{Words.Bytes((long)memory.BaseBytes)} ({memory.Of}, without a connection)" : "not measured",
        // A process, or the control group of something else, is not runtime and system together.
        context.Input.Memory is { } line && line.IsOfGroup && context.Input.IsOfThatSize && context.Plan.Size is { IsTask: true }
            ? line.BaseBytes <= (RuleReserved << 20)
            : null,
        $"What was measured is where the line over the steps meets no connection. Without it an eighth of the memory is taken, {RuleReserved} MiB at most: on the smallest tasks half a gigabyte would be all there is.");

    private static RuleOfThumb OfMedium(RuleContext context)
    {
        var exact = Estimator.Estimate(new(RuleContext.Medium, "rule"), new() { BytesPerConnection = Estimator.DefaultBytes, ReservedMemory = RuleReserved }, null);
        var here = context.Plan.Estimate is { } estimate ? $"; here {RuleContext.Number(estimate.Theoretical)} on {estimate.Size.Name}" : "";
        return new(
            "memoryCapacity", "Connections that memory allows on a t3.medium", "3.5 GB ÷ 64 KB ≈ 56,000", RuleContext.Number(exact.Theoretical) + here, false,
            "56,000 is 3.5 × 1,024 × 1,000 ÷ 64, which mixes both kinds of kilobyte; in KiB throughout it is (4,096 − 512) × 1,024 ÷ 64. Either counts memory alone: other ceilings lie below it.");
    }

    private static RuleOfThumb Practical(RuleContext context)
    {
        var estimate = context.Plan.Estimate;
        var range = estimate is null ? "" : $"; expected {RuleContext.Number(estimate.PracticalFrom)} to {RuleContext.Number(estimate.PracticalTo)} of {RuleContext.Number(estimate.Theoretical)} here";
        return new(
            "practicalCapacity", "What holds in practice", "30,000 to 40,000 of 56,000",
            context.Held + range, estimate is null ? null : context.HeldIn(estimate.PracticalFrom, estimate.PracticalTo),
            "As shares of what memory allows: 15/28 to 5/7, for libraries, larger buffers and busy moments. No measurement is known behind them; a run of this suite stands in for them.");
    }

    private static RuleOfThumb First(RuleContext context)
    {
        var (ran, first) = (context.Verdict.Bottleneck.Resource, context.Plan.Estimate?.BindsFirst);
        var found = (ran is null || context.Plan.IsLowerBound ? "nothing of the server is known to have run out" : $"{ran.Value.Name()} ran out")
            + (first is null ? "" : $"; estimated first: {first.Resource}");
        var gibibytes = (context.Plan.Size?.Memory ?? RuleContext.Medium.Memory) / 1024.0;
        return new(
            "memoryFirst", "What runs out first", "memory is the primary constraint", found,
            ran is null || context.Plan.IsLowerBound ? null : ran == Resource.Memory,
            $"With the 65,535 files that Fargate allows by default, descriptors run out before memory wherever a connection takes less than 16 KiB for each GiB: {RuleContext.Number(gibibytes * 16, "#,0.#")} KiB at "
            + $"{RuleContext.Number(gibibytes, "#,0.##")} GiB (ECS API reference, Ulimit). With messages the processor may be first.");
    }
}
