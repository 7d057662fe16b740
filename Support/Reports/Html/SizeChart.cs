using System.Xml.Linq;
using Support.Sizes;

namespace Support.Reports.Html;

/// <summary>What each task size holds, as an interval beside what was expected, what is safe, and what is required.</summary>
internal static class SizeChart
{
    internal const string Id = "size-limits";
    internal const string Title = "What each task size holds";

    // From here on a small size would be a dot at the end of a linear axis.
    private const double WidestLinear = 40;

    private const double BandHeight = 26;
    private const double BarHeight = 16;
    private const double NarrowestBar = 8;
    private const double MedianWidth = 2;

    internal static XElement Draw(SizeReport sizes, int? required, string words)
    {
        var canvas = new RowCanvas("connections held", Axis(sizes, required), sizes.Rows.Length);
        for (var row = 0; row < sizes.Rows.Length; row++)
            Draw(canvas, sizes, row);
        if (required is { } least)
            canvas.Threshold(least, $"required: {Words.Count(least)}");
        var described = string.Join(" ", sizes.Rows.Select(row => $"{SizeWords.Name(sizes, row)}: {SizeWords.Interval(row.Limit)}, safe limit {Words.Count(row.SafeLimit)}."));
        return canvas.Render(Id, Title, $"{words} {described}");
    }

    internal static XElement[] Legend(SizeReport sizes)
    {
        var drawn = sizes.Rows.Where(row => row.Limit is not null).ToArray();
        XElement?[] entries =
        [
            drawn.Any(row => row.Source == SizeSource.Measured) ? Marker.Legend("square", "bar c1", "from the lowest run to the highest") : null,
            drawn.Any(row => row.Source == SizeSource.LockFile) ? Marker.Legend("square", "bar locked", "the same, of the lock file") : null,
            drawn.Length > 0 ? Marker.Legend("square", "bar c2", "median of the runs") : null,
            drawn.Any(row => row.SafeLimit is not null) ? Marker.Legend("triangle", "dot c3", "safe limit") : null,
            sizes.Rows.Any(row => row.Expected is not null) ? Marker.Legend("square", "bracket", "expected") : null,
        ];
        return [.. entries.OfType<XElement>()];
    }

    private static void Draw(RowCanvas canvas, SizeReport sizes, int index)
    {
        var row = sizes.Rows[index];
        if (row.Expected is { } expected)
            canvas.Span("bracket", index, expected.From, expected.To, BandHeight, 1);
        canvas.Words(index, SizeWords.Name(sizes, row), SizeWords.Interval(row.Limit), row.Limit is null ? "is-bad" : "");
        if (row.Limit is not { } limit)
            return;
        canvas.Span(row.Source == SizeSource.LockFile ? "bar locked" : "bar c1", index, limit.Low, limit.High, BarHeight, NarrowestBar);
        if (limit.IsLowerBound)
            canvas.Onwards("series c1", index, limit.High);
        canvas.Span("bar c2", index, limit.Median, limit.Median, BandHeight, MedianWidth);
        if (row.SafeLimit is { } safe)
            canvas.Mark("triangle", "dot c3", index, safe);
    }

    private static Scale Axis(SizeReport sizes, int? required)
    {
        int?[] all =
        [
            required,
            .. sizes.Rows.SelectMany(row => new[] { row.Limit?.Low, row.Limit?.High, row.Expected?.From, row.Expected?.To, row.SafeLimit }),
        ];
        double[] values = [.. all.OfType<int>().Where(value => value > 0).Select(value => (double)value).DefaultIfEmpty(1)];
        return values.Max() > values.Min() * WidestLinear ? Scale.Log(values) : Scale.Linear(values);
    }
}
