using Support.Host;
using Support.Verdict;

namespace Support.Plan;

/// <summary>Whether the estimate, made before anything is measured, reaches what is wanted of one task.</summary>
internal static class EstimateCheck
{
    /// <summary>Its id.</summary>
    public const string Id = "Plan.Estimate";

    /// <summary>The check. It never stops a run: an estimate is no measurement.</summary>
    /// <param name="estimate">Gives the estimate; null where the task's size is not known.</param>
    /// <param name="required"><c>Gate.RequiredConnections</c>; null where nothing is required.</param>
    public static DeferredCheck For(Func<CancellationToken, Task<CapacityEstimate?>> estimate, int? required) => new(
        Id, "Estimate of one task reaches what is required", async token =>
            Of(await estimate(token).ConfigureAwait(false), required));

    private static Answer Of(CapacityEstimate? estimate, int? required)
    {
        var expected = required is { } least
            ? $"at least {Words.Count(least)} connections (Gate.RequiredConnections)"
            : "an estimate; nothing is required";
        if (estimate is null)
            return new(CheckOutcome.NotApplicable, expected,
                "what one task is, is not known: set Plan.Size, as in Plan.Size=512/1024 or Plan.Size=t3.medium");
        var lowest = estimate.BindsFirst;
        var actual = $"{estimate.Size.Name} ({estimate.SizeFrom}): {Words.Count(estimate.Theoretical)} connections by "
            + $"memory, {Words.Count(estimate.PracticalFrom)} to {Words.Count(estimate.PracticalTo)} in practice"
            + (lowest?.Connections is { } count ? $"; lowest: {lowest.Resource}, {Words.Count(count)}" : "")
            + $"; expected: {estimate.Expected}";
        return required > estimate.ExpectedTo
            ? new(CheckOutcome.Warning, expected, actual,
                $"{Next(estimate, lowest, required.Value)} It is an estimate: what is measured counts.".TrimStart())
            : new(CheckOutcome.Passed, expected, actual);
    }

    // A ceiling that is low enough is what to raise; else it is the memory, of which not all is there in practice.
    private static string Next(CapacityEstimate estimate, Ceiling? lowest, int required) =>
        lowest?.Connections < required
        ? lowest.Next
        : estimate.Ceilings.FirstOrDefault(row => row.Kind == Resource.Memory)?.Next ?? "Give the task more memory.";
}
