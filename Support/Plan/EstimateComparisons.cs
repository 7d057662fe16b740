using System.Globalization;
using Support.Environments;

namespace Support.Plan;

/// <summary>Says what was off with an estimate, and why.</summary>
internal static class EstimateComparisons
{
    // Within a quarter an estimate of this kind is as good as it gets.
    private const double Close = 0.25;

    /// <summary>The estimate beside what was measured; null where nothing was, or where something of another size was.</summary>
    internal static EstimateComparison? Of(CapacityEstimate estimate, PlanInput input)
    {
        if (!input.IsOfThatSize || input.Verdict.HeldAtOnce is not { } held || estimate.BindsFirst is not { Connections: { } expected } first)
            return null;
        var isLowerBound = ScalingPlanner.IsLowerBound(input.Verdict);
        return new(expected, held, isLowerBound, estimate.BytesPerConnection, input.Memory?.BytesPerConnection,
            $"{Numbers(expected, held, isLowerBound, first)} {Bound(input, first, isLowerBound)} {MemoryWords(estimate, input)}".TrimEnd());
    }

    private static string Numbers(long expected, long held, bool isLowerBound, Ceiling first)
    {
        var judged = expected == 0 ? "nothing was expected" : ((double)held / expected) switch
        {
            < 1 - Close when isLowerBound => "the run ended below the estimate, and neither proves nor refutes it",
            < 1 - Close => "the task holds less than was estimated",
            > 1 + Close => "the task holds more than was estimated",
            _ => "the estimate was about right",
        };
        return $"{Words.Count(expected)} were estimated ({first.Resource} first), {(isLowerBound ? "at least " : "")}{Words.Count(held)} were held: {judged}.";
    }

    private static string Bound(PlanInput input, Ceiling first, bool isLowerBound) => (isLowerBound, input.Verdict.Bottleneck.Resource) switch
    {
        (true, _) => "Nothing of the server ran out.",
        (_, null) => "What ran out is not known.",
        (_, { } ran) when Same(ran, first.Resource) => $"It was {first.Resource} that ran out, as estimated.",
        (_, { } ran) => $"It was {ran} that ran out, and not {first.Resource}.",
    };

    private static bool Same(string ran, string estimated) =>
        estimated.Contains(ran, StringComparison.OrdinalIgnoreCase) || ran.Contains(estimated, StringComparison.OrdinalIgnoreCase);

    private static string MemoryWords(CapacityEstimate before, PlanInput input)
    {
        if (input.Memory is not { BytesPerConnection: >= 1 } measured || input.Task is not { } task)
            return "Memory for a connection was not measured.";
        var after = Estimator.Estimate(task, input.Plan with { BytesPerConnection = null, ReservedMemory = null }, measured);
        return string.Create(CultureInfo.InvariantCulture,
            $"A connection takes {measured.BytesPerConnection:N0} bytes ({measured.Of}), and {before.BytesPerConnection:N0} were taken: with what was measured, memory would do for {after.Theoretical:N0}.");
    }
}
