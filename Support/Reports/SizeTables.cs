using System.Collections.Immutable;
using System.Globalization;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>What is said of task sizes, as tables.</summary>
internal static class SizeTables
{
    private const string Held = "Connections held";
    private const string Safe = "Safe limit";
    private const string SetBy = "Limit set by";
    private const string CostOfTask = "Cost of a task a month";
    private const string CostOfThousand = "Cost a month of 1,000 connections";
    private const string None = "–";

    /// <summary>What the columns mean.</summary>
    internal static string Legend(SizeReport sizes)
    {
        const string Interval = "Connections held: the least and the most of the runs, with 99 % or more of those wanted held.";
        // Where a run has no exact limit, its safe limit comes from its steps.
        return sizes.Rows.All(row => row.Limit is null || row.SafeLimit == (int)Math.Floor(row.Limit.Low * RunJudge.SafeShare))
            ? $"{Interval} Safe limit: 80 % of the least."
            : Interval;
    }

    /// <summary>What each size holds and costs.</summary>
    internal static TextTable Capacity(SizeReport sizes) => new(
        ["Task size", SetBy, Held, "Expected", Safe, CostOfTask, CostOfThousand],
        2..,
        [.. sizes.Rows.Select(row => Cells(
            SizeWords.Name(sizes, row), SizeWords.BoundBy(row), SizeWords.Interval(row.Limit), SizeWords.Expected(row.Expected), Words.Count(row.SafeLimit, None),
            SizeWords.Money(row.CostPerMonth), SizeWords.Money(row.CostPerThousand)))]);

    /// <summary>How the server behaved at each size; null where none was measured.</summary>
    internal static TextTable? Behaviour(SizeReport sizes) => sizes.Rows.All(row => row.Source != SizeSource.Measured)
        ? null
        : new(
            ["Task size", "Each run", "Memory a connection", "Throttled", "Connect p95", "Start-up", "Time a run"],
            2..,
            [.. sizes.Rows.Where(row => row.Source == SizeSource.Measured).Select(row => Cells(
                SizeWords.Name(sizes, row), Runs(row), SizeWords.Bytes(row.BytesPerConnection), SizeWords.Share(row.ThrottledShare),
                SizeWords.Milliseconds(row.ConnectP95), SizeWords.Seconds(row.StartSeconds), SizeWords.Seconds(row.SecondsPerRun)))]);

    /// <summary>Before and after, and whether it is enough; null where nothing is compared.</summary>
    /// <param name="sizes">What was found.</param>
    /// <param name="required">The safe limit that is required; null where none is.</param>
    internal static TextTable? Change(SizeReport sizes, int? required)
    {
        if (sizes.Change is not { } change || Find(sizes, change.Before) is not { } before || Find(sizes, change.After) is not { } after)
            return null;

        var (was, now) = (SizeWords.BoundBy(before), SizeWords.BoundBy(after));
        return new(
            ["", $"Before: {Label(before)}", $"After: {Label(after)}", "Difference"],
            1..,
            [
                Cells(Held, SizeWords.Interval(before.Limit), SizeWords.Interval(after.Limit), Difference(before.Limit, after.Limit)),
                Cells(Safe, Words.Count(before.SafeLimit, None), Words.Count(after.SafeLimit, None), Difference(before.SafeLimit, after.SafeLimit)),
                .. required is { } least ? [Cells($"Reaches the required {Words.Count(least)}", Reaches(before, least), Reaches(after, least), None)] : ImmutableArray<ImmutableArray<string>>.Empty,
                Cells(SetBy, was, now, was == None || now == None ? None : was == now ? "same" : "changed"),
                Cells(CostOfTask, SizeWords.Money(before.CostPerMonth), SizeWords.Money(after.CostPerMonth), Dollars(before.CostPerMonth, after.CostPerMonth)),
                Cells(CostOfThousand, SizeWords.Money(before.CostPerThousand), SizeWords.Money(after.CostPerThousand), Dollars(before.CostPerThousand, after.CostPerThousand)),
            ]);
    }

    private static string Label(SizeRow row) => Words.OneLine(row.Label) + (row.Source == SizeSource.LockFile ? " (lock file)" : "");

    private static string Reaches(SizeRow row, int required) => row switch
    {
        { SafeLimit: null } => None,
        { SafeLimit: { } safe } when safe >= required => "✓ yes",
        { Limit.IsLowerBound: true } => "✗ not shown: a lower bound",
        _ => "✗ no",
    };

    private static SizeRow? Find(SizeReport sizes, string label) => sizes.Rows.FirstOrDefault(row => row.Label == label);

    private static ImmutableArray<string> Cells(params ImmutableArray<string> cells) => cells;

    private static string Runs(SizeRow row) => string.Join(", ", row.Limits.Select(limit => Words.Count(limit)));

    // Between intervals the medians are compared; that of a lower bound is no median of a limit.
    private static string Difference(LimitInterval? before, LimitInterval? after) => (before, after) switch
    {
        (null, _) or (_, null) => None,
        ({ IsLowerBound: true }, _) or (_, { IsLowerBound: true }) => "not known: a lower bound",
        ({ } was, { } now) when was.Low <= now.High && now.Low <= was.High => $"{Difference(was.Median, now.Median)}, within the spread",
        ({ } was, { } now) => Difference(was.Median, now.Median),
    };

    private static string Difference(int? before, int? after) => (before, after) is ({ } was, { } now)
        ? (now - was).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture) + Share(was, now)
        : None;

    private static string Dollars(double? before, double? after) => (before, after) is ({ } was, { } now)
        ? Math.Round(now - was, 2).ToString("+$#,0.00;-$#,0.00;$0.00", CultureInfo.InvariantCulture) + Share(was, now)
        : None;

    // A share that rounds to nothing says nothing.
    private static string Share(double was, double now)
    {
        var percent = was > 0 ? Math.Round((now - was) / was * 100) : 0;
        return percent == 0 ? "" : $" ({percent.ToString("+0;-0", CultureInfo.InvariantCulture)}%)";
    }
}
