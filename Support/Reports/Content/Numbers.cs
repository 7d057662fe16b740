using System.Globalization;

namespace Support.Reports.Content;

/// <summary>Numbers as a person reads them: one form a unit, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>What stands for a number that is not there.</summary>
    internal const string None = "–";

    private static readonly string[] ByteUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>As in <c>1,000</c>.</summary>
    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As in <c>1,000</c>, or what stands for a number that is not there.</summary>
    internal static string Count(long? value, string absent = None) => value is { } known ? Count(known) : absent;

    /// <summary>As in <c>1000</c>: where machines read along.</summary>
    internal static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As in <c>1 task</c> or <c>8 tasks</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for any other count; null for the first with an s.</param>
    internal static string Count(long count, string one, string? many) =>
        $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>As in <c>70.0</c>: tenths of a percent, cut and not rounded, so that 100.0 means all.</summary>
    internal static string Percent(int part, int whole)
    {
        var tenths = whole == 0 ? 0 : (long)part * 1000 / whole;
        return (tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as in <c>75 %</c> or <c>12.5 %</c>.</summary>
    internal static string Share(double? share, string format = "0.##") => share is { } known && double.IsFinite(known)
        ? (known * 100).ToString(format, CultureInfo.InvariantCulture) + " %"
        : None;

    /// <summary>At most three decimals, without trailing zeros.</summary>
    internal static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("#,0.###", CultureInfo.InvariantCulture) : None;

    /// <summary>Seconds as in <c>2.34 s</c>; from 100 s on without decimals.</summary>
    internal static string Seconds(double? seconds) => seconds is { } known && double.IsFinite(known)
        ? known.ToString(Math.Abs(known) < 100 ? "0.00" : "#,0", CultureInfo.InvariantCulture) + " s"
        : None;

    /// <summary>
    /// Milliseconds with the digits that matter at their size: <c>0.42 ms</c>, <c>7.3 ms</c>, <c>1,250 ms</c>.
    /// </summary>
    internal static string Milliseconds(double? milliseconds)
    {
        if (milliseconds is not { } known || !double.IsFinite(known))
            return None;
        var format = Math.Abs(known) switch { < 1 => "0.00", < 100 => "0.0", _ => "#,0" };
        return known.ToString(format, CultureInfo.InvariantCulture) + " ms";
    }

    /// <summary>Bytes as in <c>91.4 MiB</c>; below 10 KiB as in <c>3,217 bytes</c>.</summary>
    internal static string Bytes(double? bytes)
    {
        if (bytes is not { } value || !double.IsFinite(value))
            return None;
        if (Math.Abs(value) < 10 * 1024)
            return WholeBytes(value);
        var unit = 0;
        for (; Math.Abs(value) >= 1024 && unit < ByteUnits.Length - 1; unit++)
            value /= 1024;
        return value.ToString("#,0.0", CultureInfo.InvariantCulture) + " " + ByteUnits[unit];
    }

    /// <summary>As in <c>0.42 MiB</c>: for tables, whose rows are compared.</summary>
    internal static string Mebibytes(double? bytes) => bytes is { } known && double.IsFinite(known)
        // A zero has no sign.
        ? (Math.Round(known / (1024 * 1024), 2) + 0.0).ToString("#,0.00", CultureInfo.InvariantCulture) + " MiB"
        : None;

    /// <summary>As in <c>11,776 bytes</c>: the same for what one connection takes.</summary>
    internal static string WholeBytes(double? bytes) => bytes is { } known && double.IsFinite(known)
        ? known.ToString("N0", CultureInfo.InvariantCulture) + " bytes"
        : None;

    /// <summary>US dollars: to the cent below a thousand, above without.</summary>
    internal static string Money(double? dollars) => dollars is { } known && double.IsFinite(known)
        ? "$" + known.ToString(known >= 1000 ? "#,0" : "0.00", CultureInfo.InvariantCulture)
        : None;

    /// <summary>What a coefficient of determination is, as in <c>0.998</c>.</summary>
    internal static string RSquared(double value) =>
        double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : None;

    /// <summary>
    /// How much more or less, as in <c>+1,250 (+63 %)</c>; a share that rounds to nothing is left out.
    /// </summary>
    /// <param name="before">What it was.</param>
    /// <param name="after">What it is.</param>
    /// <param name="format">How the difference is written, its sign included.</param>
    internal static string Difference(double? before, double? after, string format = "+#,0;-#,0;0")
    {
        if (before is not { } was || after is not { } now || !double.IsFinite(now - was))
            return None;
        var percent = was > 0 ? Math.Round((now - was) / was * 100) : 0;
        return (now - was).ToString(format, CultureInfo.InvariantCulture)
            + (percent == 0 ? "" : $" ({percent.ToString("+0;-0", CultureInfo.InvariantCulture)} %)");
    }

    /// <summary>The difference of two sums of US dollars, as in <c>+$9.01 (+100 %)</c>.</summary>
    internal static string MoneyDifference(double? before, double? after) => Difference(
        before is { } was ? Math.Round(was, 2) : null,
        after is { } now ? Math.Round(now, 2) : null,
        "+$#,0.00;-$#,0.00;$0.00");

    /// <summary>As in <c>2026-11-15 20:36:04 UTC</c>.</summary>
    internal static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>As in <c>09:31</c>, in UTC.</summary>
    internal static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture);
}
