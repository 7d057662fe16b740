using System.Collections.Immutable;
using System.Globalization;

namespace Support.Reports.Documents;

/// <summary>An axis that is laid out: where a value stands between its two ends, and which values are named.</summary>
/// <param name="Low">The value at its beginning.</param>
/// <param name="High">The value at its end, greater than <paramref name="Low"/>.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios; both ends are above 0 then.</param>
/// <param name="Ticks">The named values, in order, all between the ends.</param>
internal sealed record ChartScale(double Low, double High, bool IsLogarithmic, ImmutableArray<Tick> Ticks)
{
    // Beyond it a double has no exact integers, and a difference of two values can overflow.
    private const double Greatest = 1e15;
    private const double Least = 1e-9;

    // What named values at the ends of an axis keep from them, as a share of it.
    private const double Inset = 0.04;

    private static readonly double[] Steps = [1, 2, 5];
    private static readonly double[] Quarters = [1, 2, 2.5, 5, 10];

    /// <summary>Whether a value can be drawn at all.</summary>
    internal static bool IsDrawable(double value) => double.IsFinite(value) && Math.Abs(value) <= Greatest;

    /// <summary>0 at the beginning, 1 at the end, and never outside.</summary>
    internal double At(double value)
    {
        var share = IsLogarithmic
            ? (Math.Log(Math.Max(value, Low)) - Math.Log(Low)) / (Math.Log(High) - Math.Log(Low))
            : (value - Low) / (High - Low);
        return double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1);
    }

    /// <summary>The scale of an axis over values.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All that is drawn along it.</param>
    /// <param name="mostTicks">For how many ticks there is room, at least 2.</param>
    /// <param name="isRounded">Whether the axis ends at a tick, where it does not say itself where.</param>
    internal static ChartScale Of(Axis axis, IEnumerable<double> values, int mostTicks, bool isRounded = true)
    {
        double[] drawn =
        [
            .. values.Concat(axis.Ticks.Select(tick => tick.Value))
                .Where(value => IsDrawable(value) && (!axis.IsLogarithmic || value >= Least)),
        ];
        return axis.IsLogarithmic ? Logarithmic(axis, drawn, mostTicks) : Linear(axis, drawn, mostTicks, isRounded);
    }

    /// <summary>A value as an axis names it: <c>500</c>, <c>5,000</c>, <c>15k</c>, <c>1.5M</c>, <c>75 %</c>.</summary>
    internal static string Name(double value, Axis axis)
    {
        var text = Math.Abs(value) switch
        {
            >= 1e9 => (value / 1e9).ToString("0.####", CultureInfo.InvariantCulture) + "G",
            >= 1e6 => (value / 1e6).ToString("0.####", CultureInfo.InvariantCulture) + "M",
            >= 1e4 => (value / 1e3).ToString("0.####", CultureInfo.InvariantCulture) + "k",
            > 0 and < 1e-3 => value.ToString("0.#e+0", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0.####", CultureInfo.InvariantCulture),
        };
        return axis.Unit == "%" ? text + " %" : text;
    }

    private static ChartScale Linear(Axis axis, double[] values, int mostTicks, bool isRounded)
    {
        var least = axis.Least ?? Math.Min(axis.Ticks.IsEmpty ? 0 : double.MaxValue, values.DefaultIfEmpty(0).Min());
        var most = Math.Max(axis.Most ?? values.DefaultIfEmpty(least).Max(), least);
        if (most - least < Math.Max(Least, Math.Abs(least) * 1e-6))
            most = least + Math.Max(1, Math.Abs(least) * 0.01);
        if (!axis.Ticks.IsEmpty)
        {
            var inset = axis.Least is null && axis.Most is null ? (most - least) * Inset : 0;
            return new(least - inset, most + inset, false, Inside(axis.Ticks, least, most));
        }

        var step = Step(most - least, mostTicks);
        var low = axis.Least ?? Math.Floor(least / step) * step;
        var high = axis.Most > low || !isRounded ? most : Math.Ceiling(most / step) * step;
        return new(low, high, false, Named(Rounds(low, high, step), axis));
    }

    private static ChartScale Logarithmic(Axis axis, double[] values, int mostTicks)
    {
        var low = axis.Least >= Least ? axis.Least.Value : Round(values.DefaultIfEmpty(1).Min(), isUp: false);
        var high = axis.Most > low ? axis.Most.Value : Round(values.DefaultIfEmpty(10).Max(), isUp: true);
        if (high <= low)
            high = low * 10;
        return new(low, high, true, axis.Ticks.IsEmpty
            ? Named(Ratios(low, high, mostTicks), axis)
            : Inside(axis.Ticks, low, high));
    }

    private static ImmutableArray<Tick> Inside(ImmutableArray<Tick> ticks, double low, double high) =>
        [.. ticks.Where(tick => tick.Value >= low && tick.Value <= high).OrderBy(tick => tick.Value)];

    private static ImmutableArray<Tick> Named(IEnumerable<double> values, Axis axis) =>
        [.. values.Select(value => new Tick(value, Name(value, axis)))];

    /// <summary>The least round step that gives no more ticks than there is room for.</summary>
    private static double Step(double range, int mostTicks)
    {
        var rough = range / Math.Max(1, mostTicks - 1);
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        // A quarter of ten is no round number, one of a hundred is.
        return magnitude * Quarters.First(step =>
            step * magnitude >= rough * 0.9999 && (step != 2.5 || magnitude >= 10));
    }

    private static IEnumerable<double> Rounds(double low, double high, double step)
    {
        var first = Math.Ceiling((low / step) - 1e-6);
        var count = (int)Math.Floor((high / step) - first + 1e-6) + 1;
        // A sum of steps would name 0.30000000000000004.
        return Enumerable.Range(0, Math.Max(0, count)).Select(index => Math.Round((first + index) * step, 9));
    }

    /// <summary>
    /// 1, 2 and 5 of each power of ten, or the powers, or some of them; round steps where these are too few.
    /// </summary>
    private static IEnumerable<double> Ratios(double low, double high, int mostTicks)
    {
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        double[] powers = [.. Enumerable.Range(first, last - first + 1).Select(power => Math.Pow(10, power))];
        bool IsInside(double value) => value >= low * 0.9999 && value <= high * 1.0001;

        double[] fine = [.. powers.SelectMany(power => Steps.Select(step => step * power)).Where(IsInside)];
        if (fine.Length < 3)
            return Rounds(low, high, Step(high - low, mostTicks)).Where(value => value > 0);
        if (fine.Length <= mostTicks)
            return fine;
        double[] coarse = [.. powers.Where(IsInside)];
        var every = ((coarse.Length - 1) / mostTicks) + 1;
        return coarse.Where((_, index) => index % every == 0);
    }

    private static double Round(double value, bool isUp)
    {
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return magnitude * (isUp
            ? Steps.Append(10).First(step => step * magnitude >= value * 0.9999)
            : Steps.Last(step => step == 1 || step * magnitude <= value * 1.0001));
    }
}
