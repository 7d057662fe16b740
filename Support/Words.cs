using System.Globalization;
using System.Runtime.CompilerServices;

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

    /// <summary>A text that may hold what a file or a peer said, made safe for one line.</summary>
    internal static string Line(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (var at = 0; at < line.Length; at++)
            line[at] = char.IsControl(from[at]) ? ' ' : from[at];
    });

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
