using System.Text;

namespace Support.Reports;

/// <summary>The few forms of Markdown that the report repeats; every text is escaped.</summary>
internal static class MarkdownText
{
    internal static void Table(this StringBuilder text, string[] headers, Range numbers = default)
    {
        var (start, count) = numbers.GetOffsetAndLength(headers.Length);
        text.Append("| ").AppendJoin(" | ", headers).Append(" |\n|");
        for (var column = 0; column < headers.Length; column++)
            text.Append(column >= start && column < start + count ? " ---: |" : " --- |");
        text.Append('\n');
    }

    internal static void Row(this StringBuilder text, params string[] cells) => text.Append("| ").AppendJoin(" | ", cells.Select(Text)).Append(" |\n");

    /// <summary>In one line, and with every sign escaped that Markdown or HTML would read as its own.</summary>
    internal static string Text(string value)
    {
        var text = new StringBuilder();
        foreach (var character in Words.OneLine(value))
        {
            _ = character switch
            {
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                '\\' or '|' or '`' or '*' or '[' or ']' or '~' => text.Append('\\').Append(character),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }
}
