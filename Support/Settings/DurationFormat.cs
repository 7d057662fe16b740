using System.Globalization;

namespace Support.Settings;

/// <summary>A duration: a number and its unit, as in <c>90s</c>, <c>5m</c>, <c>250ms</c>, <c>1h</c> or <c>1.5s</c>.</summary>
internal static class DurationFormat
{
    // Two letters before one: "5ms" also ends in s.
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("h", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>Both bounds are included.</summary>
    public static SettingFormat<TimeSpan> Between(TimeSpan least, TimeSpan greatest) => new(
        $"a duration from {Show(least)} to {Show(greatest)} such as 90s, 5m, 250ms or 1h",
        text =>
        {
            var read = Read(text.Trim());
            return read.Problem is null && (read.Value < least || read.Value > greatest) ? Parsed<TimeSpan>.Bad() : read;
        },
        Show);

    /// <summary>In the greatest unit that leaves a whole number; seconds for zero.</summary>
    public static string Show(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0s";
        foreach (var (unit, ticks) in Units.OrderByDescending(unit => unit.Ticks))
        {
            if (value.Ticks % ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / ticks}{unit}");
        }

        return NumberFormats.Plain((decimal)value.Ticks / TimeSpan.TicksPerMillisecond) + "ms";
    }

    private static Parsed<TimeSpan> Read(string text)
    {
        var (unit, ticks) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        var digits = text[..^(unit?.Length ?? 0)].TrimEnd();
        if (!NumberFormats.TryRead(digits, out var number))
            return Parsed<TimeSpan>.Bad(digits.Contains(',') ? "write a point, not a comma" : "");
        if (unit is null) return Parsed<TimeSpan>.Bad("its unit is missing");

        // What does not fit into a duration is far over every bound.
        return number > (decimal)TimeSpan.MaxValue.Ticks / ticks
            ? Parsed<TimeSpan>.Bad()
            : TimeSpan.FromTicks((long)(number * ticks));
    }
}
