using System.Globalization;

namespace Support.Host;

/// <summary>Numbers as the findings print them: one format a unit, the same in every culture.</summary>
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

        return string.Create(CultureInfo.InvariantCulture, $"{scaled:0.#} {Units[unit]}");
    }

    internal static string Bytes(Limit limit) =>
        limit is Limit.Number number ? $"{Bytes(number.Value)} ({number.Source})" : limit.ToString();

    internal static string Cores(long millicores) => string.Create(CultureInfo.InvariantCulture, $"{millicores / 1000.0:0.###}");

    /// <summary>A text that may hold what a file or a peer said, made safe for one line.</summary>
    internal static string Line(string text) => string.Create(text.Length, text, (line, from) =>
    {
        for (var at = 0; at < line.Length; at++)
            line[at] = char.IsControl(from[at]) ? ' ' : from[at];
    });

    internal static string Cores(Limit millicores) =>
        millicores is Limit.Number number ? $"{Cores(number.Value)} cores ({number.Source})" : millicores.ToString();

    /// <summary>The first 40 characters of a text from outside, on one line.</summary>
    internal static string Quote(string text)
    {
        var line = Line(text.Trim());
        return line.Length > 40 ? $"'{line[..40]}…'" : $"'{line}'";
    }
}
