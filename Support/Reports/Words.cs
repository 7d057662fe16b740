using System.Globalization;
using System.Text;

namespace Support.Reports;

/// <summary>Numbers and texts as every format writes them: invariant, one form a unit.</summary>
internal static class Words
{
    internal const string NotKnown = "not known";

    private static readonly string[] ByteUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>As in <c>1,000</c>.</summary>
    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As in <c>1,000</c>, or the words for a number that is not there.</summary>
    internal static string Count(long? value, string absent = NotKnown) => value is { } known ? Count(known) : absent;

    /// <summary>As in <c>1000</c>.</summary>
    internal static string Plain(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>As in <c>70.0</c>: tenths of a percent, cut and not rounded, so that 100.0 means all and 75.0 means 75 %.</summary>
    internal static string Percent(int part, int whole)
    {
        var tenths = whole == 0 ? 0 : (long)part * 1000 / whole;
        return (tenths / 10m).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>A share as in <c>75%</c> or <c>12.5%</c>.</summary>
    internal static string Share(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>At most three decimals, without trailing zeros.</summary>
    internal static string Number(double value) =>
        double.IsFinite(value) ? value.ToString("#,0.###", CultureInfo.InvariantCulture) : NotKnown;

    /// <summary>Seconds as in <c>2.34 s</c>.</summary>
    internal static string Seconds(double seconds) =>
        double.IsFinite(seconds) ? seconds.ToString("#,0.00", CultureInfo.InvariantCulture) + " s" : NotKnown;

    /// <summary>Milliseconds with the digits that matter at their size, as in <c>0.42</c>, <c>7.3</c> or <c>1,250</c>.</summary>
    internal static string Milliseconds(double milliseconds)
    {
        if (!double.IsFinite(milliseconds))
            return NotKnown;
        var format = Math.Abs(milliseconds) switch { < 1 => "0.00", < 100 => "0.0", _ => "#,0" };
        return milliseconds.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Bytes as in <c>91.4 MiB</c>; below 10 KiB as in <c>3,217 bytes</c>.</summary>
    internal static string Bytes(double bytes)
    {
        if (!double.IsFinite(bytes))
            return NotKnown;
        if (Math.Abs(bytes) < 10 * 1024)
            return bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
        var unit = 0;
        for (; Math.Abs(bytes) >= 1024 && unit < ByteUnits.Length - 1; unit++)
            bytes /= 1024;
        return bytes.ToString("#,0.0", CultureInfo.InvariantCulture) + " " + ByteUnits[unit];
    }

    /// <summary>As in <c>2026-11-15 20:36:04 UTC</c>.</summary>
    internal static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The text in one line: no line break, and no control character that could steer a terminal.</summary>
    internal static string OneLine(string? text)
    {
        var line = new StringBuilder(Printable(text ?? ""));
        for (var index = 0; index < line.Length; index++)
            line[index] = char.IsControl(line[index]) || line[index] is '\u2028' or '\u2029' ? ' ' : line[index];
        return line.ToString().Trim();
    }

    /// <summary>The text without what XML 1.0 (section 2.2) has no place for: control characters, lone surrogates, U+FFFE and U+FFFF.</summary>
    internal static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF);
            printable.Append((allowed ? rune : Rune.ReplacementChar).ToString());
        }

        return printable.ToString();
    }
}
