using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>A table in a box of its own: the box scrolls, never the page; with <c>stack</c> each row becomes a card on a narrow screen.</summary>
internal sealed class HtmlTable(string label, params string[] headers)
{
    private readonly List<XElement> rows = [];

    /// <summary>The columns of numbers, set to the right.</summary>
    internal HashSet<int> Numbers { get; init; } = [];

    internal bool Stack { get; init; }

    /// <summary>Whether cells break wherever they have to, so that no column is out of sight.</summary>
    internal bool Wrap { get; init; }

    /// <summary>A table of texts.</summary>
    internal static XElement Of(string label, TextTable texts, bool stack)
    {
        var table = new HtmlTable(label, [.. texts.Headers]) { Numbers = [.. Enumerable.Range(0, texts.Headers.Length).Where(texts.IsNumber)], Stack = stack };
        foreach (var row in texts.Rows)
            table.Row("", [.. row.Select(cell => (object)Words.OneLine(cell))]);
        return table.Render();
    }

    internal void Row(string className, params object?[] cells) => rows.Add(Tag("tr", className, cells.Select(Cell)));

    /// <summary>A line of words over the whole width, about the row before it.</summary>
    internal void Note(string text) =>
        rows.Add(Tag("tr", "about", Tag("td", "", With("colspan", headers.Length), Tag("span", "", text))));

    internal XElement Render() => Tag(
        "div",
        "scroll",
        With("role", "region"),
        With("aria-label", label),
        With("tabindex", 0),
        Tag(
            "table",
            string.Join(' ', new[] { Stack ? "stack" : "", Wrap ? "wrap" : "" }.Where(name => name.Length > 0)),
            Tag("thead", "", Tag("tr", "", headers.Select((header, column) => Tag("th", Class(column), With("scope", "col"), header)))),
            Tag("tbody", "", rows)));

    private XElement Cell(object? content, int column)
    {
        var label = With("data-label", headers[column]);
        return column == 0
            ? Tag("th", Class(column), With("scope", "row"), label, content)
            : Tag("td", Class(column), label, content);
    }

    private string Class(int column) => Numbers.Contains(column) ? "n" : "";
}
