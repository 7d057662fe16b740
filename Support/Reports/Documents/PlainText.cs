using System.Globalization;
using System.Text;

namespace Support.Reports.Documents;

/// <summary>What every renderer does to a text before it escapes it in its own way, and how wide a text is.</summary>
internal static class PlainText
{
    // The blocks that a terminal draws two columns wide: East Asian Width W and F of Unicode, and the emoji.
    private static readonly (int From, int To)[] WideBlocks =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    /// <summary>As <see cref="Words.Line"/>.</summary>
    internal static string Line(string text) => Words.Line(text);

    /// <summary>The lines of a text, each as in <see cref="Line"/>; empty ones at its two ends are left out.</summary>
    internal static string[] Lines(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Trim('\n').Split('\n')
            .Select(line => Line(line).TrimEnd()),
    ];

    /// <summary>What stands before an item of a list.</summary>
    internal static string Bullet(Block.Bullets list, int index) => list.IsNumbered ? Say($"{index + 1}. ") : "- ";

    /// <summary>How many columns of a terminal a text takes.</summary>
    internal static int Columns(string text) => text.EnumerateRunes().Sum(Columns);

    private static int Columns(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ => WideBlocks.Any(block => rune.Value >= block.From && rune.Value <= block.To) ? 2 : 1,
    };

    /// <summary>Lines of at most so many columns, broken between words, and within a word that is wider.</summary>
    internal static IEnumerable<string> Wrap(string text, int columns)
    {
        var line = new StringBuilder();
        var used = 0;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, columns));
        foreach (var word in words)
        {
            var width = Columns(word);
            if (used > 0 && used + 1 + width > columns)
            {
                yield return line.ToString();
                (used, line) = (0, new StringBuilder());
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += width + (used > 0 ? 1 : 0);
        }

        yield return line.ToString();
    }

    /// <summary>A text in pieces of at most so many columns, each but the last as long as it can be.</summary>
    internal static IEnumerable<string> Pieces(string text, int columns)
    {
        var piece = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var width = Columns(rune);
            if (used > 0 && used + width > columns)
            {
                yield return piece.ToString();
                (used, piece) = (0, new StringBuilder());
            }

            piece.Append(rune.ToString());
            used += width;
        }

        yield return piece.ToString();
    }

    /// <summary>The blocks that a form has a text for, without the headings that nothing is left of.</summary>
    /// <param name="blocks">All blocks.</param>
    /// <param name="isShown">Whether the form has a text for a block.</param>
    internal static IEnumerable<Block> Shown(IEnumerable<Block> blocks, Func<Block, bool> isShown)
    {
        Block[] shown = [.. blocks.Where(isShown)];
        bool HasText(Block.Heading heading, Block? next) =>
            next is Block.Heading below ? below.Level > heading.Level : next is not null;

        return shown.Where((block, index) =>
            block is not Block.Heading heading || HasText(heading, shown.ElementAtOrDefault(index + 1)));
    }

    /// <summary>The sign of a tone; empty for a neutral one.</summary>
    internal static string Sign(Tone tone) => tone switch
    {
        Tone.Good => "✓",
        Tone.Warning => "!",
        Tone.Bad => "✗",
        Tone.Skipped => "–",
        _ => "",
    };

    /// <summary>The same and a space, before a text.</summary>
    internal static string Signed(Tone tone) => Sign(tone) is { Length: > 0 } sign ? sign + " " : "";

    /// <summary>
    /// Whether a link may lead there: inside the document, to a file beside it, or to an https address.
    /// </summary>
    internal static bool IsLink(string? target) => target is { Length: > 1 } && !target.Any(IsUnfitForLink)
        && (target[0] == '#'
            || (Uri.TryCreate(target, UriKind.Absolute, out var address)
                ? address.Scheme == Uri.UriSchemeHttps
                : !target.Contains(':', StringComparison.Ordinal) && target[0] is not ('/' or '\\')));

    private static bool IsUnfitForLink(char character) => char.IsControl(character) || char.IsWhiteSpace(character)
        || char.IsSurrogate(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format
        || character is '<' or '>' or '"' or '\'' or '`' or '\\' or '(' or ')' or '[' or ']' or '|';
}
