using System.Collections.Immutable;
using System.Globalization;

namespace Support.Sizes;

/// <summary>The change of size in one sentence. Pure.</summary>
internal static class ChangeWords
{
    /// <summary>Null where nothing is compared.</summary>
    internal static SizeChange? Of(ImmutableArray<JudgedSize> sizes, SizeEvidence evidence)
    {
        if (evidence.Plan.Before is not { } named || sizes.FirstOrDefault(size => size.IsGated)?.Row is not { } after
            || sizes.FirstOrDefault(size => size.Case.Origins.Contains(SizeOrigin.Before))?.Row is not { } before)
            return null;
        return new(before.Label, after.Label, named.Name, Summary(before, after, evidence.Gate.RequiredConnections));
    }

    private static string Summary(SizeRow before, SizeRow after, int? required)
    {
        if (after.Limit is not { } now)
            return $"{Before(before)}, and after the change it was not measured: {after.NotMeasured}{(required is null ? "" : $"; the requirement is {Number(required.Value)}: no")}";
        var held = before.Label == after.Label
            ? $"the task's size and limits are the same before and after: {after.Label} holds {LimitWords.Median(now)} connections"
            : $"{Before(before)} and {LimitWords.Median(now)} after";
        var binds = after.BoundBy is null ? "" : $", {LimitWords.Binds(after.BoundBy)}";
        return held + binds + Answer(after, required) + (after.Source == SizeSource.LockFile ? " (accepted numbers: it was not measured here)" : "");
    }

    private static string Before(SizeRow before) => before.Limit is { } then
        ? $"the service held {LimitWords.Median(then)} connections before{(before.Source == SizeSource.LockFile ? " (accepted)" : "")}"
        : $"what the service held before was not measured ({before.NotMeasured})";

    // The safe limit is what counts; it is named where the limit itself would give the other answer.
    private static string Answer(SizeRow after, int? required)
    {
        if (required is not { } wanted)
            return "";
        var reaches = after.SafeLimit >= wanted;
        var safe = !reaches && after.Limit!.Median >= wanted ? $" and the safe limit {Number(after.SafeLimit ?? 0)}" : "";
        return $", the requirement is {Number(wanted)}{safe}: {(reaches ? "yes" : "no")}";
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
