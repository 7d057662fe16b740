using System.Globalization;
using System.Text;

namespace Support.Settings;

/// <summary>A value read from text, or why it could not be read.</summary>
/// <param name="Value">The value; meaningless where there is a problem.</param>
/// <param name="Problem">Null for a good value; empty where the allowed form says it all; never holds a secret.</param>
internal readonly record struct Parsed<T>(T Value, string? Problem)
{
    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static Parsed<T> Bad(string why = "") => new(default!, why);
}

/// <summary>One form of value: what is allowed, how it is read, and how it is shown.</summary>
/// <param name="Allowed">What is allowed, in words.</param>
/// <param name="Parse">Text to value, the same in every culture.</param>
/// <param name="Show">Value to text without secrets; what it returns can be read back unless something was hidden.</param>
internal sealed record SettingFormat<T>(string Allowed, Func<string, Parsed<T>> Parse, Func<T, string> Show)
{
    /// <summary>How a value that could not be read is repeated in a message, without secrets.</summary>
    public Func<string, string> Echo { get; init; } = SettingFormats.EchoPlain;
}

/// <summary>The plain forms, and how one form is made of another.</summary>
internal static class SettingFormats
{
    /// <summary>Stands for whatever may not be shown.</summary>
    public const string Hidden = "***";

    /// <summary>What an optional setting says where nothing is set.</summary>
    public const string None = "none";

    /// <summary>What an optional setting says where the suite's own value is taken.</summary>
    public const string Default = "default";

    private const int LongestEcho = 160;

    public static SettingFormat<bool> Boolean { get; } = new(
        "true or false",
        text => bool.TryParse(text, out var value) ? value : Parsed<bool>.Bad(),
        value => value ? "true" : "false");

    /// <summary>One of a few words, in any case; the value is spelt as in the list.</summary>
    public static SettingFormat<string> OneOf(params string[] words) => new(
        string.Join(" or ", words),
        text => words.FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } word
            ? word
            : Parsed<string>.Bad(),
        value => value);

    /// <summary>A text on one line.</summary>
    public static SettingFormat<string> Line(string allowed) => new(
        allowed,
        text => text.Any(char.IsControl) ? Parsed<string>.Bad("it holds a control character") : text.Trim(),
        value => value);

    /// <summary>A file or folder; whether it can be used is asked of the disk later.</summary>
    public static SettingFormat<string> Path(string allowed) => Line(allowed);

    /// <summary>The word instead of a value: null.</summary>
    public static SettingFormat<T?> OrWord<T>(this SettingFormat<T> format, string word)
        where T : struct => new(
        $"{format.Allowed}, or {word}",
        text => IsWord(text, word) ? new Parsed<T?>(null, null) : Lift(format.Parse(text)),
        value => value is { } some ? format.Show(some) : word) { Echo = format.Echo };

    /// <summary>The word instead of a text: null.</summary>
    public static SettingFormat<T?> OrNull<T>(this SettingFormat<T> format, string word)
        where T : class => new(
        $"{format.Allowed}, or {word}",
        text => IsWord(text, word) ? new Parsed<T?>(null, null) : Widen(format.Parse(text)),
        value => value is null ? word : format.Show(value)) { Echo = format.Echo };

    /// <summary>Repeats a value on one line, cut to a readable length; what cannot be seen or may not stand in XML is spelt out.</summary>
    public static string EchoPlain(string text)
    {
        // By whole code points: half of a pair would make the report that repeats it unreadable.
        var shown = string.Concat(text.EnumerateRunes().Take(LongestEcho).Select(EchoRune));
        return text.EnumerateRunes().Skip(LongestEcho).Any() ? shown + "…" : shown;
    }

    public static bool IsWord(string text, string word) => text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string EchoRune(Rune rune)
    {
        var isSpeltOut = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
        return isSpeltOut ? "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture) : rune.ToString();
    }

    private static Parsed<T?> Lift<T>(Parsed<T> parsed)
        where T : struct => parsed.Problem is null ? parsed.Value : Parsed<T?>.Bad(parsed.Problem);

    private static Parsed<T?> Widen<T>(Parsed<T> parsed)
        where T : class => new(parsed.Value, parsed.Problem);
}
