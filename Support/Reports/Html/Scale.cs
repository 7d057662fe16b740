using System.Collections.Immutable;

namespace Support.Reports.Html;

/// <summary>One axis: where a value stands between its two ends, and which values are marked.</summary>
/// <param name="Low">The value at the lower end.</param>
/// <param name="High">The value at the upper end.</param>
/// <param name="Logarithmic">Whether equal distances are equal factors.</param>
/// <param name="Ticks">The marked values.</param>
internal sealed record Scale(double Low, double High, bool Logarithmic, ImmutableArray<double> Ticks)
{
    /// <summary>0 at the lower end, 1 at the upper, and never outside.</summary>
    internal double At(double value)
    {
        var share = Logarithmic
            ? (Math.Log10(Math.Max(value, Low)) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
            : (value - Low) / (High - Low);
        return Math.Clamp(share, 0, 1);
    }

    /// <summary>From one power of ten to another around the values; those that are not above 0 are left out.</summary>
    internal static Scale Log(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0 && double.IsFinite(value)).DefaultIfEmpty(1)];
        var low = (int)Math.Floor(Math.Log10(positive.Min()));
        var high = Math.Max(low + 1, (int)Math.Ceiling(Math.Log10(positive.Max())));
        var every = ((high - low - 1) / 6) + 1;
        var decades = Enumerable.Range(low, high - low + 1);
        var ticks = high - low <= 2
            ? decades.SelectMany(power => new[] { 1.0, 2, 5 }.Select(digit => digit * Math.Pow(10, power)))
            : decades.Where(power => (power - low) % every == 0).Select(power => Math.Pow(10, power));
        var top = Math.Pow(10, high);
        return new Scale(Math.Pow(10, low), top, true, [.. ticks.Where(tick => tick <= top)]);
    }

    /// <summary>From 0, or below where a value is, in four to eight round steps.</summary>
    internal static Scale Linear(IEnumerable<double> values)
    {
        double[] all = [0, .. values.Where(double.IsFinite)];
        var (least, greatest) = (all.Min(), Math.Max(all.Max(), all.Min() + 1));
        var rough = (greatest - least) / 5;
        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = (rough / magnitude) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * magnitude;
        var first = (int)Math.Floor(least / step);
        var last = (int)Math.Ceiling(greatest / step);
        return new Scale(first * step, last * step, false, [.. Enumerable.Range(first, last - first + 1).Select(index => index * step)]);
    }

    /// <summary>From just below the least to just above the greatest, in round steps: for values of which the differences matter.</summary>
    internal static Scale Between(double least, double greatest)
    {
        var around = Linear([Math.Max(1, greatest - least)]);
        var step = around.Ticks[1] - around.Ticks[0];
        var (first, last) = ((int)Math.Floor(least / step), (int)Math.Ceiling(greatest / step));
        last = Math.Max(last, first + 1);
        return new Scale(first * step, last * step, false, [.. Enumerable.Range(first, last - first + 1).Select(index => index * step)]);
    }

    /// <summary>0 to 1, marked in quarters.</summary>
    internal static Scale Share() => new(0, 1, false, [0, 0.25, 0.5, 0.75, 1]);
}
