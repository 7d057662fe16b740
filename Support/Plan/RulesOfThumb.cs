using System.Collections.Immutable;
using System.Globalization;
using Support.Host;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>A rule of thumb for WebSockets on AWS, and what is to be said of it.</summary>
/// <param name="Id">Stable, for machines, as in <c>memoryPerConnection</c>.</param>
/// <param name="Rule">What it is about.</param>
/// <param name="Said">What it says.</param>
/// <param name="Found">What was measured, or is right.</param>
/// <param name="Holds">Whether the rule holds; null where this run says nothing about it.</param>
/// <param name="Reason">Why both differ, or why it holds, with the source.</param>
public sealed record RuleOfThumb(string Id, string Rule, string Said, string Found, bool? Holds, string Reason);

/// <summary>
/// The rules of thumb for WebSockets on AWS, each beside what was measured or is right: a method a rule.
/// <c>docs/rules-of-thumb.md</c> has them at example figures.
/// </summary>
internal sealed partial class RulesOfThumb
{
    private const int RuleReserved = 512;

    private readonly ScalingPlan plan;
    private readonly PlanInput input;

    private RulesOfThumb(ScalingPlan plan, PlanInput input)
    {
        this.plan = plan;
        this.input = input;
    }

    // The instance that the rules are about.
    private static MachineSize Medium => MachineSizes.Find("t3.medium")!;

    private RunVerdict Verdict => input.Verdict;

    private PlanSettings Settings => input.Plan;

    /// <summary>Every rule.</summary>
    public static ImmutableArray<RuleOfThumb> Of(ScalingPlan plan, PlanInput input) =>
        [.. Groups(plan, input).SelectMany(group => group.Rules)];

    /// <summary>Every rule, by what it is about.</summary>
    public static ImmutableArray<(string Heading, ImmutableArray<RuleOfThumb> Rules)> Groups(ScalingPlan plan,
        PlanInput input)
    {
        var rules = new RulesOfThumb(plan, input);
        return
        [
            ("Memory",
                [rules.PerConnection(), rules.Reserved(), rules.OfMedium(), rules.Practical(), rules.RunsOutFirst()]),
            ("Processor, bandwidth and open files",
                [Vcpus(), rules.Processor(), Gigabits(), rules.Bandwidth(), rules.Descriptors(), Busy(),
                NetworkMode()]),
            ("What the load balancer counts", [rules.Count(), rules.Threshold(), rules.ResponseTime()]),
            ("Limits and the number of tasks", [rules.Reliable(), rules.Safe(), rules.Tasks(), rules.Desired()]),
            ("What a task of a size holds", [.. GateSettings.SeedsTable.Select(rules.OfSize)]),
        ];
    }

    private RuleOfThumb PerConnection() => new(
        "memoryPerConnection", "Memory per connection", "64 KB",
        input.Memory is { } memory
            ? $"{AtMost(memory)}{Number(memory.BytesPerConnection)} bytes "
                + $"({memory.Whose}), idle and without compression"
            : "not measured",
        // A connection that sends and compresses takes more than one that is only held.
        null,
        "A server that compresses may take twenty times as much once it has sent a message (npm ws with "
        + "permessage-deflate: 15 KiB idle, 265 KiB after one message each), so an idle connection says nothing "
        + "against the rule. It fits servers that compress or keep large buffers (Python's websockets with "
        + "compression: 70 KiB, its "
        + "documentation, Memory usage; Kestrel with TLS before .NET 6: 61 KiB, dotnet/aspnetcore#30863). Plain "
        + "connections take 9 to 23 KiB on Kestrel, Jetty and Go, and 4 to 5 KB of that are the kernel's.");

    // A process, or the control group of something else, is not runtime and system together.
    private RuleOfThumb Reserved() => new(
        "memoryReserved", "Memory of runtime and system", "0.5 GB",
        input.Memory is { } memory
            ? $"{Words.Bytes((long)memory.BaseBytes)} ({memory.Whose}, without a connection)"
            : "not measured",
        input is { Memory: { IsOfGroup: true } line, IsOfThatSize: true } && plan.Size is { IsTask: true }
            ? line.BaseBytes <= RuleReserved << 20
            : null,
        $"What was measured is where the line over the steps meets no connection. Without it an eighth of the memory "
            + $"is taken, {RuleReserved} MiB at most: on the smallest tasks half a gigabyte would be all there is.");

    private RuleOfThumb OfMedium()
    {
        var exact = Estimator.Estimate(new(Medium, "rule"),
            new() { BytesPerConnection = Estimator.DefaultBytes, ReservedMemory = RuleReserved }, null);
        var here = plan.Estimate is { } estimate
            ? $"; here {Words.Count(estimate.Theoretical)} on {estimate.Size.Name}"
            : "";
        return new(
            "memoryCapacity", "Connections that memory allows on a t3.medium", "3.5 GB ÷ 64 KB ≈ 56,000",
                Words.Count(exact.Theoretical) + here, false,
            "56,000 is 3.5 × 1,024 × 1,000 ÷ 64, which mixes both kinds of kilobyte; in KiB throughout it is (4,096 − "
                + "512) × 1,024 ÷ 64. Either counts memory alone: other ceilings lie below it.");
    }

    private RuleOfThumb Practical()
    {
        var estimate = plan.Estimate;
        var range = estimate is null
            ? ""
            : $"; expected {Words.Count(estimate.PracticalFrom)} to {Words.Count(estimate.PracticalTo)} of "
            + $"{Words.Count(estimate.Theoretical)} here";
        return new(
            "practicalCapacity", "What holds in practice", "30,000 to 40,000 of 56,000",
            Held + range, estimate is null ? null : HeldIn(estimate.PracticalFrom, estimate.PracticalTo),
            "As shares of what memory allows: 15/28 to 5/7, for libraries, larger buffers and busy moments. No "
                + "measurement is known behind them; a run of this suite stands in for them.");
    }

    private RuleOfThumb RunsOutFirst()
    {
        var (ran, first) = (plan.IsLowerBound ? null : Verdict.Bottleneck.Resource, plan.Estimate?.BindsFirst);
        var found = (ran is null ? "nothing of the server is known to have run out" : $"{ran.Value.Name()} ran out")
            + (first is null ? "" : $"; estimated first: {first.Resource}");
        var gibibytes = (plan.Size?.Memory ?? Medium.Memory) / 1024.0;
        return new(
            "memoryFirst", "What runs out first", "memory is the primary constraint", found, ran is null
                ? null
                : ran == Resource.Memory,
            $"With the 65,535 files that Fargate allows by default, descriptors run out before memory wherever a "
                + $"connection takes less than 16 KiB for each GiB: {Number(gibibytes * 16, "#,0.#")} KiB at "
            + $"{Number(gibibytes, "#,0.##")} GiB (ECS API reference, Ulimit). With messages the processor may be "
                + $"first.");
    }

    private RuleOfThumb OfSize(ExpectedCapacity row)
    {
        var isThis = plan.Size is { IsTask: true } size && size.Name == row.Size.ToString();
        var memory = Estimator.Estimate(new(MachineSizes.OfTask(row.Size), "rule"),
            new() { BytesPerConnection = Estimator.DefaultBytes }, null).Theoretical;
        return new(
            $"size{row.Size.Cpu}x{row.Size.Memory}",
            $"Connections of a task with {row.Size.Cpu} CPU units and {row.Size.Memory} MiB",
            $"{Words.Count(row.From)} to {Words.Count(row.To)}", isThis ? Held : "this size was not measured",
            isThis ? HeldIn(row.From, row.To) : null,
            $"At 64 KiB per connection the same task's memory would do for {Words.Count(memory)}: the two rules are "
                + $"for different servers. The lower one fits sessions that compute; what yours holds is what is "
                + $"measured (Gate.Sizes).");
    }

    private static string Number(double value, string format = "N0") =>
        value.ToString(format, CultureInfo.InvariantCulture);

    // Null where it was not measured or is a lower bound, and above the range: what idle connections hold says nothing
    // of busy ones.
    private bool? HeldIn(long from, long to) =>
        input.IsOfThatSize && Verdict.PeakConnections is { } held && !plan.IsLowerBound && held <= to
        ? held >= from
        : null;

    private static string AtMost(MeasuredMemory memory) => memory.IsUpperBound ? "at most " : "";

    private string Held => Verdict.PeakConnections is not { } held ? "not measured"
        : input.IsOfThatSize ? $"{(plan.IsLowerBound ? "at least " : "")}{Words.Count(held)} held"
        : "not measured at a task's size";
}
