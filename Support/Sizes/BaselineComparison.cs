using System.Collections.Immutable;
using System.Globalization;
using Support.Host;

namespace Support.Sizes;

/// <summary>A measurement beside what was accepted. Pure.</summary>
/// <param name="Missed">Why the gate is missed.</param>
/// <param name="Notes">What is said without a judgement.</param>
/// <param name="Findings">Warnings.</param>
internal sealed record BaselineComparison(
    ImmutableArray<string> Missed, ImmutableArray<string> Notes, ImmutableArray<Finding> Findings)
{
    // Below it two medians are taken for the same: the search itself ends at 1 %.
    private const double LeastAllowance = 0.01;

    // One or two runs do not show how far runs lie apart.
    private const double LeastOfFewRuns = 0.03;
    private const int EnoughRuns = 3;

    /// <summary>
    /// The share of the median that runs may lie apart: above it they do not tell one capacity from another.
    /// </summary>
    internal const double LargestSpread = 0.25;

    private static readonly BaselineComparison Nothing = new([], [], []);

    /// <summary>
    /// What is to be said of one size. The size before the change is compared with the size after it, and with nothing
    /// else.
    /// </summary>
    internal static BaselineComparison Of(JudgedSize size, SizeEvidence evidence)
    {
        if (evidence.Lock.Problem is not null || size.Case.Origins.All(origin => origin == SizeOrigin.Before))
            return Nothing;
        return (size.Row.Source, size.Entry) switch
        {
            (SizeSource.Measured, null) => New(size, evidence),
            (SizeSource.Measured, { } entry) => Measured(size, entry, evidence),
            (SizeSource.Baseline, { } entry) => Instead(size, entry, evidence),
            _ => NotMeasured(size, evidence),
        };
    }

    private static BaselineComparison New(JudgedSize size, SizeEvidence evidence)
    {
        var measured = $"{size.Case.Label}: {LimitText.Of(size.Row.Limit!)} measured";
        if (size.IsAccepted)
            return Note($"{measured}, no accepted capacity to compare with; accepted now");
        if (!IsOfOthers(evidence))
            return Note($"{measured}, no accepted capacity to compare with; {ToAccept(evidence)}");
        // Renamed, a server would be held to nothing from then on.
        var what = $"{measured}, but {NoEntry(evidence)}; if it is the same server, use the same command text; else "
            + $"{AcceptText.How(evidence.Gate)}";
        return size.IsGated ? Miss(what, $"{measured}, no accepted capacity to compare with") : Note(what);
    }

    private static BaselineComparison Measured(JudgedSize size, BaselineEntry entry, SizeEvidence evidence)
    {
        var numbers = $"{size.Case.Label}: {LimitText.Of(size.Row.Limit!)} measured, "
            + $"{LimitText.Of(entry.Limit)} accepted on {Day(entry)}";
        if (!size.Differences.IsEmpty)
        {
            var what =
                $"{numbers}, but the accepted capacity is of another setup: {string.Join("; ", size.Differences)}";
            return size.IsAccepted
                ? Note(what + "; accepted now")
                : Miss($"{what}. To accept it, {AcceptText.How(evidence.Gate)}", numbers);
        }

        var isBelow = entry.Limit.Median - size.Row.Limit!.Median > Allowance(size, entry);
        return isBelow ? Below(size, entry, evidence, numbers) : Note(numbers);
    }

    private static BaselineComparison Below(JudgedSize size, BaselineEntry entry, SizeEvidence evidence, string numbers)
    {
        if (size.IsAccepted)
            return Note($"{numbers}; accepted now");
        // One run that met this machine's limit does not hide what the others agree on.
        var atMost = SizeStatistics.MedianAtMost(size.Counted, size.Case.Declared);
        if (!(entry.Limit.Median - atMost > Allowance(size, entry)))
            return Undecided(size, numbers, atMost);
        if (entry.Provenance.CpuModel is { } then && evidence.Machine.CpuModel is { } now && then != now)
            return Warn(size, numbers, $"Accepted on {then}, measured on {now}: not called a regression.",
                $"Measure it on the same processor; or, {ToAccept(evidence)}.");
        var fewer = Words.Count(entry.Limit.Median - size.Row.Limit!.Median);
        return Miss(
            $"{size.Case.Label} holds {LimitText.Of(size.Row.Limit!)} and held {LimitText.Of(entry.Limit)} when it "
            + $"was accepted on {Day(entry)}: {fewer} fewer by the median, {LimitText.SetBy(size.Row)}; up to "
            + $"{Words.Count(Allowance(size, entry))} fewer would be taken for noise. "
            + $"{RegressionCause.Sentence(RegressionCause.Of(size, entry))}Find what costs them; {ToAccept(evidence)}",
            numbers);
    }

    private static BaselineComparison Undecided(JudgedSize size, string numbers, int? atMost)
    {
        if (size.Counted.Any(run => SizeStatistics.IsOfThisMachine(run, size.Case.Declared)))
            return Warn(
                size,
                numbers,
                "This machine, and not the task, may have been the limit: nothing is said of the server.",
                "Measure it where the server is the limit.");
        return atMost is { } most
            ? Warn(
                size,
                numbers,
                $"The search did not finish: the median may be as high as {Words.Count(most)}.",
                "Run it again, on a quieter machine.")
            : Warn(size, numbers, "No limit was reached: it may hold more.", "Run it again.");
    }

    // By how far the accepted runs lay apart, and by a quarter at most. Not by those of now: what is noisy would widen
    // what it may lose.
    private static long Allowance(JudgedSize size, BaselineEntry entry)
    {
        var share = Math.Min(size.Counted.Length, entry.Runs) < EnoughRuns ? LeastOfFewRuns : LeastAllowance;
        var spread = Math.Max(entry.Limit.Spread, (int)(entry.Limit.Median * share));
        return Math.Max(1, Math.Min(spread, (int)(entry.Limit.Median * LargestSpread)));
    }

    // The numbers stand in for a measurement, so they say whose they are wherever they are read.
    private static BaselineComparison Instead(JudgedSize size, BaselineEntry entry, SizeEvidence evidence) => new([], [
        $"{size.Case.Label}: not measured, {LimitText.Of(entry.Limit)} accepted on {Day(entry)}",
    ],
    [
        new("Sizes.NotMeasured", $"{size.Case.Label} was not measured: its figures are those of the baseline",
            CheckOutcome.Warning,
            "a measurement in this run",
            $"{size.Row.NotMeasured}; the numbers are those of Gate.LockFile, of {Day(entry)}, on "
            + $"{entry.Provenance.CpuModel ?? "a processor that is not known"}",
            $"{Elsewhere(evidence)}."),
    ]);

    private static BaselineComparison NotMeasured(JudgedSize size, SizeEvidence evidence)
    {
        var why = $"{size.Case.Label} was not measured: {size.Row.NotMeasured?.TrimEnd('.')}";
        if (!size.IsGated)
            return Warn(size, why, "", "See why, and run it again; or leave it out of Gate.Sizes.");
        if (!size.Differences.IsEmpty)
            return Miss($"{why}; and what was accepted on {Day(size.Entry!)} is of another setup: "
                + $"{string.Join("; ", size.Differences)}. {Elsewhere(evidence)}");
        if (size.Entry is { } entry)
            return Miss($"{why}; what was accepted on {Day(entry)} does not stand in for it: it does so only where "
                + $"the machine is too small. {Again(size, evidence)}");
        return Miss($"{why}; and {NoEntry(evidence)}. {Elsewhere(evidence)}");
    }

    private static string Again(JudgedSize size, SizeEvidence evidence) =>
        size.Runs.IsEmpty && evidence.Reached.Contains(size.Case.Label) && evidence.Cgroups.Next is { } next
            ? next.TrimEnd('.')
            : "Run it again";

    // The same server under another command text is the likely cause, so both texts stand beside each other.
    private static string NoEntry(SizeEvidence evidence)
    {
        if (!IsOfOthers(evidence))
            return evidence.Lock.File.Source is null
                ? $"there is no {evidence.Gate.LockFile}"
                : $"{evidence.Gate.LockFile} has no entry for it";
        var others = evidence.Lock.File.Servers.Keys.Order(StringComparer.Ordinal)
            .Select(server => $"'{Words.Line(server)}'");
        return $"{evidence.Gate.LockFile} has no entry for the server '{Words.Line(evidence.Server)}' "
            + $"(Target.Command), only for: {string.Join(", ", others)}";
    }

    private static bool IsOfOthers(SizeEvidence evidence) =>
        evidence.Lock.File.Servers is { IsEmpty: false } servers && !servers.ContainsKey(evidence.Server);

    private static string ToAccept(SizeEvidence evidence) => $"to accept it, {AcceptText.How(evidence.Gate)}";

    private static string Elsewhere(SizeEvidence evidence) =>
        $"On a machine that can measure it, {AcceptText.How(evidence.Gate)}";

    private static string Day(BaselineEntry entry) =>
        entry.Provenance.Measured.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static BaselineComparison Note(string text) => Nothing with { Notes = [text] };

    private static BaselineComparison Miss(
        string text, string? note = null) => new([text], note is null ? [] : [note], []);

    private static BaselineComparison Warn(JudgedSize size, string text, string why, string next) => new([], [text],
        [new("Sizes.Accepted", $"{size.Case.Label} compared with the baseline", CheckOutcome.Warning,
            "a measurement that can be compared", $"{text}. {why}".Trim(), next)]);
}
