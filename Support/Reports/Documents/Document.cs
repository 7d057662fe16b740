using System.Collections.Immutable;

namespace Support.Reports.Documents;

/// <summary>
/// What a person reads of a run, once, before it is a screen, Markdown or a page. Its texts are plain: escaping is a
/// renderer's, and no renderer computes. Numbers are texts by now, formatted in one place.
/// </summary>
/// <param name="Title">The title, as in the browser's tab: one line.</param>
/// <param name="Blocks">In the order in which they are read.</param>
internal sealed record Document(string Title, ImmutableArray<Block> Blocks);

/// <summary>One part of a document.</summary>
internal abstract record Block
{
    /// <summary>A heading.</summary>
    /// <param name="Level">1 to 4.</param>
    /// <param name="Text">One line.</param>
    /// <param name="Anchor">What a link inside the document calls it; null where none leads here.</param>
    public sealed record Heading(int Level, Text Text, string? Anchor = null) : Block;

    /// <summary>How the run ended, as the first thing that is seen.</summary>
    /// <param name="Tone">How good it is.</param>
    /// <param name="Word">The outcome in a word, as in <c>PASSED</c>.</param>
    /// <param name="Text">The verdict in one line.</param>
    public sealed record Banner(Tone Tone, string Word, Text Text) : Block;

    /// <summary>Sentences.</summary>
    public sealed record Paragraph(Text Text) : Block;

    /// <summary>What a reader must not miss, set apart.</summary>
    public sealed record Callout(Tone Tone, Text Text) : Block;

    /// <summary>A list.</summary>
    /// <param name="Items">One line each.</param>
    /// <param name="IsNumbered">Whether the order is to be followed.</param>
    public sealed record Bullets(ImmutableArray<Text> Items, bool IsNumbered = false) : Block;

    /// <summary>Names and values, one a line: the summary of a run.</summary>
    /// <param name="Items">In order.</param>
    public sealed record Figures(ImmutableArray<Figure> Items) : Block;

    /// <summary>A table.</summary>
    /// <param name="Columns">At least one.</param>
    /// <param name="Rows">Each with a cell a column.</param>
    /// <param name="Caption">What it shows, for whoever cannot see it; null where the heading before says so.</param>
    public sealed record Table(ImmutableArray<Column> Columns, ImmutableArray<Row> Rows, string? Caption = null)
        : Block;

    /// <summary>What is to be copied, or was said by a program: shown as it is.</summary>
    /// <param name="Source">Any number of lines.</param>
    /// <param name="Language">As Markdown names it, as in <c>sh</c>, <c>json</c>; null for plain text.</param>
    public sealed record Code(string Source, string? Language = null) : Block;

    /// <summary>
    /// A picture of numbers. A renderer without pictures leaves it out: what it shows stands in a table as well.
    /// </summary>
    public sealed record Picture(Chart Chart) : Block;

    /// <summary>What is folded until somebody asks for it; on the screen it is left out.</summary>
    /// <param name="Summary">The line that stays.</param>
    /// <param name="Blocks">What is folded.</param>
    public sealed record Details(Text Summary, ImmutableArray<Block> Blocks) : Block;

    /// <summary>
    /// All that follows once the first questions are answered: folded as a whole in Markdown, at its place on a page,
    /// left out on the screen.
    /// </summary>
    /// <param name="Summary">The line that stays where it is folded.</param>
    /// <param name="Blocks">What follows.</param>
    public sealed record Appendix(Text Summary, ImmutableArray<Block> Blocks) : Block;
}

/// <summary>A name and its value.</summary>
/// <param name="Name">A word or two.</param>
/// <param name="Value">The value, as short as it can be.</param>
/// <param name="Note">What else there is to say of it, in brackets or small; null for nothing.</param>
/// <param name="Tone">How good the value is.</param>
/// <param name="IsKey">Whether it is one of the few that a page shows large.</param>
internal sealed record Figure(string Name, Text Value, Text? Note = null, Tone Tone = Tone.Neutral, bool IsKey = false);

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsNumber">Whether its cells are set to the right.</param>
internal sealed record Column(string Title, bool IsNumber = false);

/// <summary>A row of a table.</summary>
/// <param name="Cells">One a column; an empty text for nothing.</param>
/// <param name="Tone">How good what it tells is; a mark stands before its first cell where it is not neutral.</param>
internal sealed record Row(ImmutableArray<Text> Cells, Tone Tone = Tone.Neutral);

/// <summary>How good something is. A renderer shows it by a sign as well as by a colour.</summary>
internal enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Neutral,

    /// <summary>As wanted: ✓.</summary>
    Good,

    /// <summary>To be looked at: !.</summary>
    Warning,

    /// <summary>Not as wanted: ✗.</summary>
    Bad,

    /// <summary>Not done, or not known: –.</summary>
    Skipped,
}

/// <summary>A run of text. It reads the same with and without the emphasis of its parts.</summary>
/// <param name="Parts">In order.</param>
internal sealed record Text(ImmutableArray<Span> Parts)
{
    /// <summary>Nothing.</summary>
    public static Text None { get; } = new([]);

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => Parts.All(part => part.Content.Length == 0);

    /// <summary>The text without emphasis.</summary>
    public string Plain => string.Concat(Parts.Select(part => part.Content));

    /// <summary>Plain text.</summary>
    public static implicit operator Text(string? text) => string.IsNullOrEmpty(text) ? None : new([new(text)]);

    /// <summary>One after the other.</summary>
    public static Text operator +(Text left, Text right) => new([.. left.Parts, .. right.Parts]);

    /// <summary>What is typed or read as it stands: a command, a setting, a file.</summary>
    public static Text Code(string text) => new([new(text, SpanKind.Code)]);

    /// <summary>What the eye should find first.</summary>
    public static Text Strong(string text) => new([new(text, SpanKind.Strong)]);

    /// <summary>A link.</summary>
    /// <param name="text">What is read.</param>
    /// <param name="target">A path beside the report, <c>#anchor</c>, or an https address.</param>
    public static Text Link(string text, string target) => new([new(text, SpanKind.Link, target)]);

    /// <inheritdoc />
    public override string ToString() => Plain;
}

/// <summary>A part of a text.</summary>
/// <param name="Content">What is read.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">Where a link leads; null for every other kind.</param>
internal sealed record Span(string Content, SpanKind Kind = SpanKind.Plain, string? Target = null);

/// <summary>What a part of a text is.</summary>
internal enum SpanKind
{
    /// <summary>Text.</summary>
    Plain,

    /// <summary>To be typed or read as it stands.</summary>
    Code,

    /// <summary>To be found first.</summary>
    Strong,

    /// <summary>Leads somewhere.</summary>
    Link,
}
