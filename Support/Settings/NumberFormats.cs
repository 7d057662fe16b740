using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace Support.Settings;

/// <summary>Numbers, shares and steps. ASCII digits and a point, whatever the machine's culture: "0,8" is refused, not read as 8.</summary>
internal static class NumberFormats
{
    private const string PointNotComma = "write a point, not a comma";

    /// <summary>Digits only: no sign, no thousands separator, no exponent.</summary>
    public static SettingFormat<T> WholeNumber<T>(T least, T greatest)
        where T : struct, IBinaryInteger<T> => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}, digits only"),
        text => ReadWhole(text, least, greatest) ?? Parsed<T>.Bad(),
        value => value.ToString(null, CultureInfo.InvariantCulture));

    /// <summary>A number above 0 up to the greatest.</summary>
    public static SettingFormat<double> PositiveNumber(decimal greatest) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number above 0 up to {greatest}"),
        text => InRange(text, value => value > 0 && value <= greatest),
        ShowNumber);

    /// <summary>A number between two bounds, both included.</summary>
    public static SettingFormat<double> Number(decimal least, decimal greatest) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {greatest}"),
        text => InRange(text, value => value >= least && value <= greatest),
        ShowNumber);

    /// <summary>A part of the whole: above 0 up to 1, or the same in percent.</summary>
    public static SettingFormat<double> Share { get; } = new(
        "a share above 0 up to 1 such as 0.75, or above 0% up to 100% such as 75%",
        ReadShare,
        value => Plain((decimal)value * 100) + "%");

    /// <summary>The numbers of connections of the steps, comma separated.</summary>
    public static SettingFormat<ImmutableArray<int>> Steps(int greatest) => new(
        string.Create(CultureInfo.InvariantCulture, $"whole numbers from 1 to {greatest}, comma separated, each above the one before"),
        text => ReadSteps(text, greatest),
        steps => string.Join(", ", steps.Select(step => step.ToString(CultureInfo.InvariantCulture))));

    /// <summary>A whole number of digits alone, bounds included; null for everything else.</summary>
    public static int? Digits(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    /// <summary>An unsigned decimal number in ASCII; false for everything else.</summary>
    public static bool TryRead(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);

    /// <summary>All digits of a number, without exponent and trailing zeros.</summary>
    public static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string ShowNumber(double value) => Plain((decimal)value);

    private static T? ReadWhole<T>(string text, T least, T greatest)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= greatest
            ? value
            : null;

    private static Parsed<double> InRange(string text, Func<decimal, bool> isAllowed)
    {
        if (!TryRead(text.Trim(), out var value)) return Parsed<double>.Bad(text.Contains(',') ? PointNotComma : "");
        return isAllowed(value) ? (double)value : Parsed<double>.Bad();
    }

    private static Parsed<double> ReadShare(string text)
    {
        var trimmed = text.Trim();
        var isPercent = trimmed.EndsWith('%');
        var digits = isPercent ? trimmed[..^1].TrimEnd() : trimmed;
        if (!TryRead(digits, out var value)) return Parsed<double>.Bad(digits.Contains(',') ? PointNotComma : "");
        var share = isPercent ? value / 100 : value;
        if (share is > 0 and <= 1) return (double)share;
        return Parsed<double>.Bad(!isPercent && share is > 1 and <= 100 ? $"write {digits}% if that is meant" : "");
    }

    private static string NotAllowed(string part) => $"'{SettingFormats.EchoPlain(part)}' is not allowed";

    private static Parsed<ImmutableArray<int>> ReadSteps(string text, int greatest)
    {
        var steps = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ReadWhole(part, 1, greatest) is not { } step)
                return Parsed<ImmutableArray<int>>.Bad(part.Length == 0 ? "a number is missing" : NotAllowed(part));
            if (steps.Count > 0 && step <= steps[^1])
                return Parsed<ImmutableArray<int>>.Bad(string.Create(CultureInfo.InvariantCulture, $"{step} follows {steps[^1]}"));
            steps.Add(step);
        }

        return steps.ToImmutable();
    }
}
