using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Support.Settings;

/// <summary>Numbers, shares, durations and steps.</summary>
/// <remarks>ASCII digits and a point, whatever the machine's culture: "0,8" is refused, not read as 8.</remarks>
internal static class NumberFormats
{
    private static readonly Bad PointNotComma = new("write a point, not a comma");

    // Two letters before one: "5ms" also ends in s.
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Digits only: no sign, no thousands separator, no exponent.</summary>
    public static SettingFormat<T> Whole<T>(T least, T greatest)
        where T : struct, IBinaryInteger<T> => new(
        Say($"a whole number from {least} to {greatest}, digits only"),
        text => Digits(text.Trim(), least, greatest) is { } value ? value : new Bad(),
        value => value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>A number above 0 up to the greatest.</summary>
    public static SettingFormat<double> Positive(decimal greatest) => new(
        Say($"a number above 0 up to {greatest}"), text => InRange(text, value => value > 0 && value <= greatest),
        value => Plain((decimal)value));

    /// <summary>A number between two bounds, both included.</summary>
    public static SettingFormat<double> Number(decimal least, decimal greatest) => new(
        Say($"a number from {least} to {greatest}"),
        text => InRange(text, value => value >= least && value <= greatest), value => Plain((decimal)value));

    /// <summary>A part of the whole: above 0 up to 1, or the same in percent.</summary>
    public static SettingFormat<double> Share { get; } = new(
        "a share above 0 up to 1 such as 0.75, or above 0% up to 100% such as 75%", ReadShare,
        value => Plain((decimal)value * 100) + "%");

    /// <summary>As in <c>90s</c>, <c>5m</c>, <c>250ms</c>, <c>1h</c> or <c>1.5s</c>; the bounds likewise.</summary>
    public static SettingFormat<TimeSpan> Duration(string least, string greatest)
    {
        var (from, to) = (ReadDuration(least).Value, ReadDuration(greatest).Value);
        return new(
            $"a duration from {least} to {greatest} such as 90s, 5m, 250ms or 1h",
            text => ReadDuration(text.Trim()) is var read
                && read.Problem is null && (read.Value < from || read.Value > to)
                ? new Bad()
                : read,
            Show);
    }

    /// <summary>The numbers of connections of the steps, comma separated.</summary>
    public static SettingFormat<ImmutableArray<int>> Steps(int greatest) => SettingFormats.ListOf<int>(
        Say($"whole numbers from 1 to {greatest}, comma separated, each above the one before"), "a number",
        text => Digits(text, 1, greatest) is { } step ? step : new Bad(),
        step => step.ToString(CultureInfo.InvariantCulture),
        (before, step) => before is [.., var last] && step <= last
            ? Say($"{step} follows {last}")
            : null);

    /// <summary>A whole number of digits alone, bounds included; null for everything else.</summary>
    public static T? Digits<T>(string text, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= least && value <= most
            ? value
            : null;

    /// <summary>In the greatest unit that leaves a whole number; seconds for zero.</summary>
    public static string Show(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0s";
        foreach (var (unit, ticks) in Units.OrderByDescending(unit => unit.Ticks))
        {
            if (value.Ticks % ticks == 0) return Say($"{value.Ticks / ticks}{unit}");
        }

        return Plain((decimal)value.Ticks / TimeSpan.TicksPerMillisecond) + "ms";
    }

    // All digits, without exponent and trailing zeros.
    private static string Plain(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static bool TryRead(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    private static Parsed<double> InRange(string text, Func<decimal, bool> isAllowed)
    {
        if (!TryRead(text.Trim(), out var value)) return NotANumber(text);
        return isAllowed(value) ? (double)value : new Bad();
    }

    private static Bad NotANumber(string text) => text.Contains(',') ? PointNotComma : new();

    private static Parsed<double> ReadShare(string text)
    {
        var trimmed = text.Trim();
        var isPercent = trimmed.EndsWith('%');
        var digits = isPercent ? trimmed[..^1].TrimEnd() : trimmed;
        if (!TryRead(digits, out var value)) return NotANumber(digits);
        var share = isPercent ? value / 100 : value;
        if (share is > 0 and <= 1) return (double)share;
        return new Bad(!isPercent && share is > 1 and <= 100 ? $"write {digits}% if that is meant" : "");
    }

    private static Parsed<TimeSpan> ReadDuration(string text)
    {
        var (unit, ticks) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        var digits = text[..^(unit?.Length ?? 0)].TrimEnd();
        if (!TryRead(digits, out var number)) return NotANumber(digits);
        if (unit is null) return new Bad("its unit is missing");

        // What does not fit into a duration is far over every bound.
        return number > (decimal)TimeSpan.MaxValue.Ticks / ticks
            ? new Bad()
            : TimeSpan.FromTicks((long)(number * ticks));
    }
}
