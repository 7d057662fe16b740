using System.Collections.Immutable;
using Support.Reports.Documents;
using Support.Sizes;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>What was found at task sizes: before and after first, then each size, then each run.</summary>
internal static class SizeContent
{
    private const string Max = "Max connections";
    private const string Safe = "Recommended max";
    private const string LimitedBy = "Limited by";
    private const string TaskCost = "Monthly cost";
    private const string ThousandCost = "Monthly cost per 1,000";

    /// <summary>What a reader came for: before and after, else each size.</summary>
    internal static Block Head(SizeReport sizes, int? required) => Change(sizes, required) ?? Capacity(sizes);

    /// <summary>All the rest.</summary>
    internal static IEnumerable<Block> Details(SizeReport sizes, int? required)
    {
        yield return new Block.Paragraph($"Server: {sizes.Server}. {Chosen(sizes)}");
        if (sizes.Change is { } change)
            yield return new Block.Paragraph($"Before is the task definition at {change.BeforeIs}.");
        yield return new Block.Picture(Chart(sizes, required));
        if (sizes.Change is not null)
            yield return Capacity(sizes);
        if (sizes.Rows.Any(row => row.Source == SizeSource.Measured))
            yield return Behaviour(sizes);
        Text[] notes =
        [
            .. sizes.Rows.Select(NotOfThisRun).OfType<string>(),
            .. sizes.Rows.Select(Cause).OfType<string>(),
            .. sizes.BaselineNotes.Select(note => $"Baseline: {note}"),
            "An interval spans the limits of all runs of a size.",
            Price(sizes),
        ];
        yield return new Block.Bullets([.. notes]);
        if (!sizes.Runs.IsEmpty)
            yield return new Block.Details($"Each run ({Count(sizes.Runs.Length)})", [Runs(sizes)]);
    }

    /// <summary>A size and what it is in this run, as in <c>512/1024 (after)</c>.</summary>
    internal static string Name(SizeReport sizes, SizeRow row)
    {
        string?[] roles =
        [
            row.Label == sizes.Change?.Before ? "before" : null,
            row.Label == sizes.Change?.After ? "after" : null,
            sizes.Change is null && row.Label == sizes.Chosen && sizes.Rows.Length > 1 ? "chosen" : null,
            row.Source == SizeSource.Baseline ? "baseline" : null,
        ];
        return string.Join(", ", roles.OfType<string>()) is { Length: > 0 } role ? $"{row.Label} ({role})" : row.Label;
    }

    /// <summary>That the figures of a size are not of this run, and why; null where it was measured.</summary>
    internal static string? NotOfThisRun(SizeRow row)
    {
        var why = row.NotMeasured?.TrimEnd('.') is { Length: > 0 } known ? known : "the reason is not known";
        return row.Source switch
        {
            SizeSource.Baseline =>
                $"{row.Label} was not measured here: {why}. Its figures are those of the baseline file.",
            SizeSource.None => $"{row.Label} was not measured: {why}. There are no figures for it.",
            _ => null,
        };
    }

    /// <summary>The limit of a size over all of its runs.</summary>
    internal static string Interval(LimitInterval? limit) => limit switch
    {
        null => "not measured",
        { IsLowerBound: true } => $"at least {Count(limit.Low)}",
        { Spread: 0 } => Count(limit.Low),
        _ => $"{Count(limit.Low)} to {Count(limit.High)}",
    };

    /// <summary>How often the server of a run ended and was started again; null where it never did.</summary>
    internal static string? Restarts(SizeRun run)
    {
        if (run.Restarts.IsDefaultOrEmpty)
            return null;
        var kills = run.Restarts.Count(end => end.OomKills > 0);
        return $"restarted {Count(run.Restarts.Length, "time", null)}"
            + (kills > 0 ? $", {Count(kills)} after an OOM kill" : "");
    }

    private static string BoundBy(SizeRow row) => row.BoundBy is { Length: > 0 } word ? word : None;

    private static Block.Table? Change(SizeReport sizes, int? required)
    {
        if (sizes.Change is not { } change || Find(sizes, change.Before) is not { } before
            || Find(sizes, change.After) is not { } after)
            return null;
        var (was, now) = (BoundBy(before), BoundBy(after));
        return new(
            [.. Words(""), .. Counts($"Before: {Label(before)}", $"After: {Label(after)}", "Difference")],
            [
                Row(Max, Interval(before.Limit), Interval(after.Limit), Change(before.Limit, after.Limit)),
                Row(Safe, Count(before.SafeLimit), Count(after.SafeLimit),
                    Difference(before.SafeLimit, after.SafeLimit)),
                .. required is { } least
                    ? [Row($"Reaches the required {Count(least)}", Reaches(before, least), Reaches(after, least), None)]
                    : ImmutableArray<Row>.Empty,
                Row(LimitedBy, was, now, was == None || now == None ? None : was == now ? "same" : "changed"),
                Row(
                    TaskCost, Money(before.CostPerMonth), Money(after.CostPerMonth),
                    MoneyDifference(before.CostPerMonth, after.CostPerMonth)),
                Row(
                    ThousandCost, Money(before.CostPerThousand), Money(after.CostPerThousand),
                    MoneyDifference(before.CostPerThousand, after.CostPerThousand)),
            ],
            "Task size before and after");
    }

    private static Block.Table Capacity(SizeReport sizes) => new(
        [.. Words("Task size", LimitedBy), .. Counts(Max, "Expected", Safe, TaskCost, ThousandCost)],
        [
            .. sizes.Rows.Select(row => Row(
                Name(sizes, row), BoundBy(row), Interval(row.Limit),
                row.Expected is { } expected ? $"{Count(expected.From)} to {Count(expected.To)}" : None,
                Count(row.SafeLimit), Money(row.CostPerMonth), Money(row.CostPerThousand))),
        ],
        "Capacity and cost of each task size");

    private static Block.Table Behaviour(SizeReport sizes) => new(
        [.. Words("Task size", "Limit in each run"),
            .. Counts("Memory per connection", "Throttled", "Connect p95", "Start-up", "Time per run")],
        [
            .. sizes.Rows.Where(row => row.Source == SizeSource.Measured).Select(row => Row(
                Name(sizes, row), string.Join(", ", row.Limits.Select(limit => Count(limit))),
                WholeBytes(row.BytesPerConnection), Share(row.ThrottledShare, "0.0"), Milliseconds(row.ConnectP95),
                    Seconds(row.StartSeconds),
                Seconds(row.SecondsPerRun))),
        ],
        "How the server behaved at each task size");

    private static Block.Table Runs(SizeReport sizes) => new(
        [.. Words("Task size"), .. Counts("Run", "Peak", "Limit", Safe, "Time"), .. Words(LimitedBy, "Notes")],
        [
            .. sizes.Runs.Select(run => Row(
                IsMeasured(run) ? Tone.Neutral : Tone.Bad,
                run.Label, Count(run.Number), Count(run.Verdict.PeakConnections), Limit(run),
                Count(run.Verdict.SafeLimit),
                Seconds(run.Seconds), IsMeasured(run) ? Phrases.LimitedByShort(run.Verdict) : None,
                string.Join("; ", Notes(run).OfType<string>()))),
        ],
        "Each run at each task size");

    private static IEnumerable<string?> Notes(SizeRun run)
    {
        yield return run.Fault is { } fault ? $"not measured: {fault}" : null;
        yield return run.NotStarted is { } why ? $"did not start: {why}" : null;
        yield return Restarts(run);
        // What a server says on its way out may hold anything: of that only what is known is shown.
        yield return ServerEndText.OfLast(run.Restarts) is { } end ? $"last exit: {end.Words}" : null;
    }

    private static bool IsMeasured(SizeRun run) => run.Fault is null && run.NotStarted is null;

    /// <summary>The limit that a run found, as in <c>1,981</c> or <c>at least 2,000</c>.</summary>
    internal static string Limit(SizeRun run) => run.Verdict.Exact switch
    {
        null => None,
        { Breaks: null } exact => $"at least {Count(exact.Holds)}",
        var exact => Count(exact.Holds),
    };

    private static BarChart Chart(SizeReport sizes, int? required) => new(
        "Max connections by task size",
        Phrases.List(sizes.Rows.Select(row =>
            $"{Name(sizes, row)}: {Interval(row.Limit)}, recommended max {Count(row.SafeLimit)}")),
        new("connections"),
        [
            .. sizes.Rows.Select(row => new Bar(Name(sizes, row), row.Limit is { } limit
                ?
                [
                    new BarPart(
                        "median of the runs", limit.Median, $"median {Count(limit.Median)}",
                        row.Source == SizeSource.Baseline ? 1 : 0),
                ]
                : [])
            {
                Interval = row.Limit is { Spread: > 0 } range ? (range.Low, range.High) : null,
                IsLowerBound = row.Limit?.IsLowerBound == true,
                Text = Interval(row.Limit),
                Marks =
                [
                    .. row.SafeLimit is { } safe
                        ? [new BarMark("recommended max", safe, safe, $"recommended max {Count(safe)}")]
                        : ImmutableArray<BarMark>.Empty,
                    .. row.Expected is { } expected
                        ?
                        [
                            new BarMark(
                                "expected", expected.From, expected.To,
                                $"expected {Count(expected.From)} to {Count(expected.To)}"),
                        ]
                        : ImmutableArray<BarMark>.Empty,
                ],
            }),
        ])
    {
        Marks = required is { } least ? [new Mark(least, $"required {Count(least)}")] : [],
    };

    private static string Label(SizeRow row) => row.Label + (row.Source == SizeSource.Baseline ? " (baseline)" : "");

    private static SizeRow? Find(SizeReport sizes, string label) =>
        sizes.Rows.FirstOrDefault(row => row.Label == label);

    private static string Reaches(SizeRow row, int required) => row switch
    {
        { SafeLimit: null } => None,
        { SafeLimit: { } safe } when safe >= required => "✓ yes",
        { Limit.IsLowerBound: true } => "✗ not shown: a lower bound",
        _ => "✗ no",
    };

    // Between intervals the medians are compared; that of a lower bound is no median of a limit.
    private static string Change(LimitInterval? before, LimitInterval? after) => (before, after) switch
    {
        (null, _) or (_, null) => None,
        ({ IsLowerBound: true }, _) or (_, { IsLowerBound: true }) => "not known: a lower bound",
        ({ } was, { } now) => Difference(was.Median, now.Median)
            + (was.Low <= now.High && now.Low <= was.High ? ", within the spread" : ""),
    };

    private static string? Cause(SizeRow row) => row.Cause?.TrimEnd('.') is { Length: > 0 } cause
        ? $"{row.Label}: {cause}.{(row.Next is { Length: > 0 } next ? $" Next: {next}" : "")}"
        : null;

    private static string Chosen(SizeReport sizes)
    {
        if (sizes.Chosen is not { Length: > 0 } label)
            return "No size was measured, so there are no steps.";
        if (sizes.ChosenRun is not { } run)
            return $"{label} was not measured here, so there are no steps.";
        var runs = sizes.Runs.Count(one => one.Label == label);
        return $"Verdict and steps are those of {label}, run {Count(run)}"
            + (runs > 1 ? $", the lowest of its {Count(runs)} runs." : ".");
    }

    private static string Price(SizeReport sizes) => FormattableString.Invariant(
        $"Prices: ${sizes.Price.VcpuHour:0.######} per vCPU hour, ${sizes.Price.GigabyteHour:0.######} per GB hour ")
        + $"({sizes.Price.Of}); 730 hours per month.";
}
