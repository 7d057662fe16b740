using System.Collections.Immutable;
using Support.Host;

namespace Support.Sizes;

/// <summary>Judges what was measured at task sizes: against what is required, expected, and accepted. Pure.</summary>
internal static class SizeGate
{
    /// <summary>The rows, why the gate is missed, and which run the report's steps are of.</summary>
    public static SizeReport Judge(SizeEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var sizes = Sizes(evidence);
        ImmutableArray<BaselineComparison> compared = [.. sizes.Select(size => BaselineComparison.Of(size, evidence))];
        var chosen = ChosenSize.Of(sizes, evidence.Gate.RequiredConnections);
        return new()
        {
            Server = evidence.Server,
            Rows = [.. sizes.Select(size => size.Row)],
            Runs = evidence.Runs,
            Price = evidence.Plan.Price,
            Chosen = chosen?.Case.Label,
            ChosenRun = chosen?.Lowest?.Number,
            Change = ChangeText.Of(sizes, evidence),
            BaselineNotes = [.. compared.SelectMany(one => one.Notes)],
            Missed =
            [
                .. evidence.Plan.Problems,
                .. evidence.Lock.Problem is { } problem ? [problem] : ImmutableArray<string>.Empty,
                .. compared.SelectMany(one => one.Missed), .. SizeWarnings.Missed(sizes, chosen),
                .. Required(sizes, evidence),
            ],
            Findings =
            [
                .. evidence.Plan.Findings, .. compared.SelectMany(one => one.Findings),
                .. SizeWarnings.Of(sizes, evidence),
                .. sizes.Select(size => SizeExpectation.Check(size.Row)).OfType<Finding>(),
            ],
        };
    }

    /// <summary>
    /// The text of the baseline file with the sizes all of whose runs count, each with a server that started.
    /// </summary>
    /// <returns>
    /// Null where <c>Gate.Accept</c> is not set, where there is no such size, and where the file can't be used: then it
    /// is left as it is.
    /// </returns>
    public static string? Accepted(SizeEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var entries = Sizes(evidence).Where(size => size.IsAccepted && size.IsToBeAccepted)
            .ToDictionary(size => size.Case.Label, size => Entry(size, evidence));
        return entries.Count == 0 ? null : evidence.Lock.File.Text(evidence.Server, entries);
    }

    private static ImmutableArray<JudgedSize> Sizes(SizeEvidence evidence) =>
        [.. evidence.Plan.Cases.Select(one => JudgedSize.Of(one, evidence))];

    private static BaselineEntry Entry(JudgedSize size, SizeEvidence evidence)
    {
        var definition = BaselineDifferences.DefinitionOf(size.Case, evidence);
        return new(
            size.Row.Limit!, size.Counted.Length, size.Row.MaxReliable, size.Row.SafeLimit ?? 0, size.Row.BoundBy,
            BaselineEntry.Rounded(size.Row.BytesPerConnection),
            new(
                evidence.Version.Split('+')[0], BaselineFile.Method, evidence.Today, definition?.Image,
                definition?.Hash,
                size.Case.Declared,
                size.Lowest?.Effective, evidence.Machine.CpuModel, evidence.Machine.Kernel, evidence.Gate.Repeats),
            Rounded(size.Row.ThrottledShare, 2), Rounded(size.Row.StartSeconds, 1));
    }

    private static double? Rounded(double? value, int places) =>
        value is { } known && double.IsFinite(known) ? Math.Round(known, places) : null;

    private static IEnumerable<string> Required(ImmutableArray<JudgedSize> sizes, SizeEvidence evidence)
    {
        var gate = evidence.Gate;
        // Accepted figures stand in for one size beside others, never for a whole run: that would be green by a file.
        if (sizes.Length > 0 && sizes.All(size => size.Row.Source != SizeSource.Measured)
            && (gate.RequiredConnections is not null || sizes.Any(size => size.Row.Source == SizeSource.Baseline)))
            yield return "no size was measured: "
                + string.Join("; ", sizes.Select(size => $"{size.Case.Label}: {size.Row.NotMeasured}"));
        if (gate.RequiredConnections is { } required
            && Short(sizes, gate.TaskDefinition is not null, required) is { } missed)
            yield return missed;
    }

    private static string? Short(ImmutableArray<JudgedSize> sizes, bool hasDefinition, int required)
    {
        var rows = sizes.Where(size => hasDefinition ? size.IsGated : size.Row.Source == SizeSource.Measured)
            .Where(size => size.Row.Limit is not null).ToList();
        if (rows.Count == 0 || rows.Any(size => size.Row.SafeLimit >= required))
            return null;
        var size = rows.MaxBy(size => size.Row.SafeLimit)!;
        var best = size.Row;
        var first = hasDefinition ? "" : $"no measured size reaches what is required; the best, ";
        return Say($"{first}{best.Label} holds {LimitText.Of(best.Limit!)}, {LimitText.SetBy(best)}; required: a safe "
            + $"limit of {required:N0} (Gate.RequiredConnections), and it is "
            + $"{best.SafeLimit ?? 0:N0}{Differing(size, required)}{More(size)}");
    }

    // The median would do: then a second look at the runs is what helps, and no other size.
    private static string Differing(JudgedSize size, int required)
    {
        int[] safe = [.. size.Counted.Select(SizeStatistics.SafeLimitOf).Order()];
        return safe.Length > 0 && safe[(safe.Length - 1) / 2] >= required
            ? Say($"; the runs differ (safe limit {safe[0]:N0} to {safe[^1]:N0}): the least counts")
            : "";
    }

    private static string More(JudgedSize size) => !size.Row.Limit!.IsLowerBound ? ""
        : size.Counted.IsEmpty || size.Counted.Any(run => SizeStatistics.IsOfThisMachine(
            run, size.Case.Declared)) ? "; the task may hold more: measure it where this machine is not the limit"
        : "; the task may hold more: no limit was reached";
}
