using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Support;

/// <summary>
/// Numbers and texts as findings and messages print them: one form a unit, the same in every culture.
/// </summary>
internal static class Words
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Bytes(long value)
    {
        double scaled = value;
        var unit = 0;
        for (; Math.Abs(scaled) >= 1024 && unit < Units.Length - 1; unit++)
            scaled /= 1024;

        return Say($"{scaled:0.#} {Units[unit]}");
    }

    internal static string Cores(long millicores) => Say($"{millicores / 1000.0:0.###}");

    /// <summary>
    /// In one line, and without what could steer a terminal or change the order of what is read: line breaks and
    /// control characters become a space, format characters go, and what is no character becomes U+FFFD.
    /// </summary>
    internal static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isCharacter = (rune.Value & 0xFFFE) != 0xFFFE;
            line.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                UnicodeCategory.Format => "",
                _ => (isCharacter ? rune : Rune.ReplacementChar).ToString(),
            });
        }

        return line.ToString();
    }

    /// <summary>The first 40 characters of a text from outside, on one line.</summary>
    internal static string Quote(string text)
    {
        var line = Line(text.Trim());
        return line.Length > 40 ? $"'{line[..40]}…'" : $"'{line}'";
    }
}

/// <summary>An interpolated text, or a sum of several, whose numbers and dates are in the invariant culture.</summary>
[InterpolatedStringHandler]
internal ref struct InvariantText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value, string? format = null) => text.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment, string? format = null) =>
        text.AppendFormatted(value, alignment, format);

    public override string ToString() => text.ToStringAndClear();

    /// <summary>As in <c>Say($"{share:0.#} % of " + $"{count:N0}")</c>. Known in every file.</summary>
    internal static string Say(InvariantText text) => text.ToString();
}
