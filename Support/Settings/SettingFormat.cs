using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Support.Settings;

/// <summary>A value read from text, or why it could not be read.</summary>
/// <param name="Value">The value; meaningless where there is a problem.</param>
/// <param name="Problem">Null for a good value; empty where the allowed form says it all; never holds a secret.</param>
internal readonly record struct Parsed<T>(T Value, string? Problem)
{
    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static implicit operator Parsed<T>(Bad bad) => new(default!, bad.Why);

    public Parsed<TOther> Select<TOther>(Func<T, TOther> change) => Problem is null ? change(Value) : new Bad(Problem);
}

/// <summary>No value; why, as in <see cref="Parsed{T}.Problem"/>.</summary>
internal sealed record Bad(string Why = "");

/// <summary>One form of value: what is allowed, how it is read, and how it is shown.</summary>
/// <param name="Allowed">What is allowed, in words.</param>
/// <param name="Parse">Text to value, the same in every culture.</param>
/// <param name="Show">Value to text without secrets; it can be read back unless something was hidden.</param>
internal sealed record SettingFormat<T>(string Allowed, Func<string, Parsed<T>> Parse, Func<T, string> Show)
{
    /// <summary>How a value that could not be read is repeated in a message, without secrets.</summary>
    public Func<string, string> Echo { get; init; } = SettingFormats.EchoPlain;
}

/// <summary>The plain forms of text, and how one form is made of another.</summary>
internal static class SettingFormats
{
    /// <summary>Stands for whatever may not be shown.</summary>
    public const string Hidden = "***";

    /// <summary>What an optional setting says where nothing is set.</summary>
    public const string None = "none";

    /// <summary>What an optional setting says where the suite's own value is taken.</summary>
    public const string Default = "default";

    private const int LongestEcho = 160;

    public static SettingFormat<bool> Boolean { get; } = OneOf(("true", true), ("false", false));

    /// <summary>One of a few words, in any case.</summary>
    public static SettingFormat<T> OneOf<T>(params (string Word, T Value)[] words) => new(
        string.Join(" or ", words.Select(known => known.Word)),
        text => Array.FindIndex(words, known => IsWord(text, known.Word)) is var index and >= 0
            ? words[index].Value
            : new Bad(),
        value => words.First(known => Equals(known.Value, value)).Word);

    /// <summary>A command, a file, a folder. Whether it can be used is asked of the disk later.</summary>
    public static SettingFormat<string> Line(string allowed) => new(
        allowed, text => text.Any(char.IsControl) ? new Bad("it holds a control character") : text.Trim(),
        value => value);

    /// <summary>A text that a regular expression matches as a whole.</summary>
    public static SettingFormat<string> Matching(string pattern, string allowed) => new(
        allowed, text => Regex.IsMatch(text.Trim(), $@"\A(?:{pattern})\z") ? text.Trim() : new Bad(), value => value);

    /// <summary>Several, comma separated.</summary>
    /// <param name="allowed">What is allowed, as text.</param>
    /// <param name="item">As "a number", for a message about one that is missing.</param>
    /// <param name="read">One of them, already trimmed.</param>
    /// <param name="show">One of them.</param>
    /// <param name="clash">What is wrong with one beside those before it; null where nothing is.</param>
    public static SettingFormat<ImmutableArray<T>> ListOf<T>(
        string allowed, string item, Func<string, Parsed<T>> read, Func<T, string> show,
        Func<IReadOnlyList<T>, T, string?> clash)
    {
        return new(allowed, Parse, items => string.Join(", ", items.Select(show)));

        Parsed<ImmutableArray<T>> Parse(string text)
        {
            var items = ImmutableArray.CreateBuilder<T>();
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (part.Length == 0) return new Bad($"{item} is missing");
                var (value, problem) = read(part);
                if (problem is "") return new Bad($"'{EchoPlain(part)}' is not allowed");
                if ((problem ?? clash(items, value)) is { } why) return new Bad(why);
                items.Add(value);
            }

            return items.ToImmutable();
        }
    }

    /// <summary>The word instead of a value: null.</summary>
    public static SettingFormat<T?> OrWord<T>(this SettingFormat<T> format, string word)
        where T : struct => format.Or<T, T?>(word, null, value => value, value => value!.Value);

    /// <summary>The word instead of a text: null.</summary>
    public static SettingFormat<T?> OrNull<T>(this SettingFormat<T> format, string word)
        where T : class => format.Or<T, T?>(word, null, value => value, value => value!);

    /// <summary>The word "none" instead of a list: an empty one.</summary>
    public static SettingFormat<ImmutableArray<T>> OrNone<T>(this SettingFormat<ImmutableArray<T>> format) =>
        format.Or(None, ImmutableArray<T>.Empty, value => value, value => value, value => value.IsDefaultOrEmpty);

    /// <summary>A word that stands for a value of its own.</summary>
    public static SettingFormat<TWide> Or<T, TWide>(
        this SettingFormat<T> format, string word, TWide meant, Func<T, TWide> widen, Func<TWide, T> narrow,
        Func<TWide, bool>? isMeant = null) => new(
        $"{format.Allowed}, or {word}",
        text => IsWord(text, word) ? meant : format.Parse(text).Select(widen),
        value => isMeant?.Invoke(value) ?? Equals(value, meant) ? word : format.Show(narrow(value)))
        {
            Echo = format.Echo,
        };

    /// <summary>One line, cut to a readable length; spells out what is invisible or not allowed in XML.</summary>
    public static string EchoPlain(string text)
    {
        // By whole code points: half of a pair would make the report that repeats it unreadable.
        var shown = string.Concat(text.EnumerateRunes().Take(LongestEcho).Select(EchoRune));
        return text.EnumerateRunes().Skip(LongestEcho).Any() ? shown + "…" : shown;
    }

    private static bool IsWord(
        string text, string word) => text.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);

    private static string EchoRune(Rune rune)
    {
        var isSpeltOut = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
        return isSpeltOut ? "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture) : rune.ToString();
    }
}
