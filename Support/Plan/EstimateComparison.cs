using Support.Host;

namespace Support.Plan;

/// <summary>An estimate beside what was measured.</summary>
/// <param name="Estimated">The most that was expected, as <see cref="CapacityEstimate.ExpectedTo"/>.</param>
/// <param name="Measured">The peak concurrent connections of a task.</param>
/// <param name="IsLowerBound">Whether it may hold more.</param>
/// <param name="BytesEstimated">Memory for one connection as it was taken before the run, in bytes.</param>
/// <param name="BytesMeasured">As it was measured; null where it was not.</param>
/// <param name="Words">What to make of it, in a sentence or two.</param>
public sealed record EstimateComparison(
    long Estimated, long Measured, bool IsLowerBound, double BytesEstimated, double? BytesMeasured, string Words)
{
    // A tenth beside the range is as good: where a ceiling is the lowest, the range is one number.
    private const double Beside = 0.1;

    /// <summary>Measured ÷ estimated; null where nothing was expected.</summary>
    public double? Share => Estimated > 0 ? (double)Measured / Estimated : null;

    /// <summary>The comparison; null where nothing was measured, or something of another size was.</summary>
    internal static EstimateComparison? Of(CapacityEstimate estimate, PlanInput input)
    {
        if (!input.IsOfThatSize
            || input.Verdict.PeakConnections is not { } held || estimate.BindsFirst is not { } first)
            return null;
        var isLowerBound = ScalingPlanner.IsLowerBound(input.Verdict);
        string[] words = [Numbers(estimate, held, isLowerBound, first), RanOut(input, first, isLowerBound),
            Memory(estimate, input)];
        return new(
            estimate.ExpectedTo, held, isLowerBound, estimate.BytesPerConnection, input.Memory?.BytesPerConnection,
                string.Join(' ', words));
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
        var least = isLowerBound ? "at least " : "";
        return $"{estimate.Expected} were expected ({first.Resource} lowest), {least}{Support.Words.Count(held)} were "
            + $"held: {judged}.";
    }

    private static string RanOut(PlanInput input, Ceiling first, bool isLowerBound) =>
        (isLowerBound, input.Verdict.Bottleneck.Resource) switch
        {
            (true, _) => "Nothing of the server ran out.",
            (_, null) => "What ran out is not known.",
            (_, { } ran) when ran == first.Kind => $"It was {first.Resource} that ran out, as estimated.",
            (_, { } ran) => $"It was {ran.Name()} that ran out, and not {first.Resource}.",
        };

    private static string Memory(CapacityEstimate before, PlanInput input)
    {
        if (input.Memory is not { BytesPerConnection: >= 1 } measured || input.Task is not { } task)
            return "Memory per connection was not measured.";
        var after = Estimator.Estimate(task, input.Plan with { BytesPerConnection = null, ReservedMemory = null },
            measured);
        var atMost = measured.IsUpperBound ? "at most " : "";
        return Say($"A connection takes {atMost}{measured.BytesPerConnection:N0} bytes ({measured.Whose}), and "
            + $"{before.BytesPerConnection:N0} were taken: with what was measured, memory would do for "
            + $"{after.Theoretical:N0}.");
    }
}
