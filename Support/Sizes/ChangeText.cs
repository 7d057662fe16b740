using System.Collections.Immutable;
using Support.Host;

namespace Support.Sizes;

/// <summary>The change of size in one sentence. Pure.</summary>
internal static class ChangeText
{
    /// <summary>Null where nothing is compared.</summary>
    internal static SizeChange? Of(ImmutableArray<JudgedSize> sizes, SizeEvidence evidence)
    {
        if (evidence.Plan.Before is not { } named || sizes.FirstOrDefault(size => size.IsGated)?.Row is not { } after
            || sizes.FirstOrDefault(size => size.Case.Origins.Contains(SizeOrigin.Before))?.Row is not { } before)
            return null;
        return new(before.Label, after.Label, named.Name,
            $"{Held(before, after)}{SetBy(after)}{Required(after, evidence.Gate.RequiredConnections)}");
    }

    private static string Held(SizeRow before, SizeRow after)
    {
        if (before.Label == after.Label)
            return $"The task's size and limits are the same before and after: {after.Label} "
                + (after.Limit is { } held
                    ? $"holds {LimitText.Of(held)} connections{Accepted(after)}"
                    : $"was not measured ({after.NotMeasured})");
        var sizes = $"From {before.Label} to {after.Label}: ";
        return sizes + (before.Limit, after.Limit) switch
        {
            ({ } then, { } now) => $"the service held {LimitText.Of(then)} connections before{Accepted(before)} and "
                + $"{LimitText.Of(now)} after{Accepted(after)}",
            ({ } then, null) => $"the service held {LimitText.Of(then)} connections before{Accepted(before)}, and "
                + $"after it was not measured ({after.NotMeasured})",
            (null, { } now) => $"before it was not measured ({before.NotMeasured}), and the service held "
                + $"{LimitText.Of(now)} connections after{Accepted(after)}",
            _ => $"neither was measured: before ({before.NotMeasured}), after ({after.NotMeasured})",
        };
    }

    private static string Accepted(SizeRow row) =>
        row.Source == SizeSource.Baseline ? " (accepted, not measured here)" : "";

    private static string SetBy(SizeRow after) => after.Limit is null ? "" : $", {LimitText.SetBy(after)}";

    // The safe limit is what counts: the limit itself may lie above what is required where the answer is no.
    private static string Required(SizeRow after, int? required) => (required, after.Limit) switch
    {
        (null, _) => "",
        ({ } wanted, null) => $"; required: a safe limit of {Words.Count(wanted)}: no",
        ({ } wanted, _) => $"; required: a safe limit of {Words.Count(wanted)}, and it is "
            + $"{Words.Count(after.SafeLimit ?? 0)}: {(after.SafeLimit >= wanted ? "yes" : "no")}",
    };
}
