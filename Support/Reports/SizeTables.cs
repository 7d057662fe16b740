using System.Collections.Immutable;
using System.Globalization;
using Support.Sizes;

namespace Support.Reports;

/// <summary>What is said of task sizes, as tables.</summary>
internal static class SizeTables
{
    /// <summary>What each size holds and costs.</summary>
    internal static TextTable Capacity(SizeReport sizes) => new(
        ["Task size", "Limit set by", "Held at 99 %", "Expected", "Safe limit", "Cost a month", "Cost per 1,000 held"],
        2..,
        [.. sizes.Rows.Select(row => Cells(
            SizeWords.Name(sizes, row), SizeWords.BoundBy(row), SizeWords.Interval(row.Limit), SizeWords.Expected(row.Expected), Words.Count(row.SafeLimit, "–"),
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

    /// <summary>Before and after; null where nothing is compared.</summary>
    internal static TextTable? Change(SizeReport sizes)
    {
        if (sizes.Change is not { } change || Find(sizes, change.Before) is not { } before || Find(sizes, change.After) is not { } after)
            return null;

        var (bound, binds) = (SizeWords.BoundBy(before), SizeWords.BoundBy(after));
        return new(
            ["", $"Before: {Words.OneLine(before.Label)}", $"After: {Words.OneLine(after.Label)}", "Difference"],
            1..,
            [
                Cells("Held at 99 %", SizeWords.Interval(before.Limit), SizeWords.Interval(after.Limit), Difference(before.Limit, after.Limit)),
                Cells("Limit set by", bound, binds, bound == binds ? "the same" : "another"),
                Cells("Safe limit", Words.Count(before.SafeLimit, "–"), Words.Count(after.SafeLimit, "–"), Difference(before.SafeLimit, after.SafeLimit)),
                Cells("Cost a month", SizeWords.Money(before.CostPerMonth), SizeWords.Money(after.CostPerMonth), Dollars(before.CostPerMonth, after.CostPerMonth)),
                Cells("Cost per 1,000 held", SizeWords.Money(before.CostPerThousand), SizeWords.Money(after.CostPerThousand), Dollars(before.CostPerThousand, after.CostPerThousand)),
            ]);
    }

    private static SizeRow? Find(SizeReport sizes, string label) => sizes.Rows.FirstOrDefault(row => row.Label == label);

    private static ImmutableArray<string> Cells(params ImmutableArray<string> cells) => cells;

    private static string Runs(SizeRow row) => string.Join(", ", row.Limits.Select(limit => Words.Count(limit)));

    // Between intervals the medians are compared; that of a lower bound is no median of a limit.
    private static string Difference(LimitInterval? before, LimitInterval? after) => (before, after) switch
    {
        (null, _) or (_, null) => "–",
        ({ IsLowerBound: true }, _) or (_, { IsLowerBound: true }) => "not known: a lower bound",
        ({ } was, { } now) when was.Low <= now.High && now.Low <= was.High => $"{Difference(was.Median, now.Median)}, within the spread",
        ({ } was, { } now) => Difference(was.Median, now.Median),
    };

    private static string Difference(int? before, int? after) => (before, after) is ({ } was, { } now)
        ? (now - was).ToString("+#,0;-#,0;0", CultureInfo.InvariantCulture) + Share(was, now)
        : "–";

    private static string Dollars(double? before, double? after) => (before, after) is ({ } was, { } now)
        ? Math.Round(now - was, 2).ToString("+$#,0.00;-$#,0.00;$0.00", CultureInfo.InvariantCulture) + Share(was, now)
        : "–";

    // A share that rounds to nothing says nothing.
    private static string Share(double was, double now)
    {
        var percent = was > 0 ? Math.Round((now - was) / was * 100) : 0;
        return percent == 0 ? "" : $" ({percent.ToString("+0;-0", CultureInfo.InvariantCulture)}%)";
    }
}
