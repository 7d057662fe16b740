using System.Collections.Immutable;
using Support.Reports.Documents;

namespace Support.Reports.Content;

/// <summary>Tables in few words.</summary>
internal static class Tables
{
    /// <summary>Columns of text.</summary>
    internal static ImmutableArray<Column> Words(params ImmutableArray<string> titles) =>
        [.. titles.Select(title => new Column(title))];

    /// <summary>Columns of numbers, set to the right.</summary>
    internal static ImmutableArray<Column> Counts(params ImmutableArray<string> titles) =>
        [.. titles.Select(title => new Column(title, IsNumber: true))];

    internal static Row Row(params ImmutableArray<Text> cells) => new(cells);

    internal static Row Row(Tone tone, params ImmutableArray<Text> cells) => new(cells, tone);

    /// <summary>A heading and what stands below it; nothing where that is nothing.</summary>
    internal static IEnumerable<Block> Section(string title, string anchor, IEnumerable<Block> blocks) =>
        blocks.ToArray() is { Length: > 0 } all ? all.Prepend(new Block.Heading(2, title, anchor)) : [];
}
