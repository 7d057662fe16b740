using System.Globalization;
using Support.Host;

namespace Support.Plan;

/// <summary>Says what was off with an estimate, and why.</summary>
internal static class EstimateComparisons
{
    // A tenth beside the range is as good: where a ceiling is the lowest, the range is one number.
    private const double Beside = 0.1;

    /// <summary>The estimate beside what was measured; null where nothing was, or where something of another size was.</summary>
    internal static EstimateComparison? Of(CapacityEstimate estimate, PlanInput input)
    {
        if (!input.IsOfThatSize || input.Verdict.HeldAtOnce is not { } held || estimate.BindsFirst is not { } first)
            return null;
        var isLowerBound = ScalingPlanner.IsLowerBound(input.Verdict);
        return new(estimate.ExpectedTo, held, isLowerBound, estimate.BytesPerConnection, input.Memory?.BytesPerConnection,
            $"{Numbers(estimate, held, isLowerBound, first)} {Bound(input, first, isLowerBound)} {MemoryWords(estimate, input)}".TrimEnd());
    }

    private static string Numbers(CapacityEstimate estimate, long held, bool isLowerBound, Ceiling first)
    {
        var judged = held switch
        {
            _ when held < estimate.ExpectedFrom * (1 - Beside) => isLowerBound
                ? "the run ended below the estimate, and neither proves nor refutes it"
                : "the task holds less than was estimated",
            _ when held > estimate.ExpectedTo * (1 + Beside) => "the task holds more than was estimated",
            _ when isLowerBound => "as estimated, and it may be more",
            _ => "as estimated",
        };
        return $"{estimate.Expected} were expected ({first.Resource} lowest), {(isLowerBound ? "at least " : "")}{Words.Count(held)} were held: {judged}.";
    }

    private static string Bound(PlanInput input, Ceiling first, bool isLowerBound) => (isLowerBound, input.Verdict.Bottleneck.Resource) switch
    {
        (true, _) => "Nothing of the server ran out.",
        (_, null) => "What ran out is not known.",
        (_, { } ran) when ran == first.Kind => $"It was {first.Resource} that ran out, as estimated.",
        (_, { } ran) => $"It was {ran.Name()} that ran out, and not {first.Resource}.",
    };

    private static string MemoryWords(CapacityEstimate before, PlanInput input)
    {
        if (input.Memory is not { BytesPerConnection: >= 1 } measured || input.Task is not { } task)
            return "Memory for a connection was not measured.";
        var after = Estimator.Estimate(task, input.Plan with { BytesPerConnection = null, ReservedMemory = null }, measured);
        return string.Create(CultureInfo.InvariantCulture,
            $"A connection takes {measured.BytesPerConnection:N0} bytes ({measured.Of}), and {before.BytesPerConnection:N0} were taken: with what was measured, memory would do for {after.Theoretical:N0}.");
    }
}
