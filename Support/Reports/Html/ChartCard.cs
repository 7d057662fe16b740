using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>A chart on the page: heading, the finding in words, the drawing, its legend.</summary>
internal static class ChartCard
{
    internal static XElement Of(string id, string title, string words, ChartCanvas canvas, string description, params XElement[] legend) => Tag(
        "figure",
        "card",
        With("id", id),
        Caption(title, words),
        canvas.Render(id, title, $"{words} {description}"),
        Legend(legend));

    /// <summary>A card over the whole width, with a table beside the drawing and its legend.</summary>
    internal static XElement Wide(
        string id, string title, string words, ChartCanvas canvas, string description, XElement table, params XElement[] legend) =>
        Wide(id, title, words, canvas.Render(id, title, $"{words} {description}"), table, legend);

    /// <summary>The same with a drawing that is there already, and has its words.</summary>
    internal static XElement Wide(string id, string title, string words, XElement drawing, XElement table, params XElement[] legend) => Tag(
        "figure",
        "card wide",
        With("id", id),
        Caption(title, words),
        Tag("div", "beside", Tag("div", "", drawing, Legend(legend)), table));

    /// <summary>A card with a drawing that is there already, and has its words.</summary>
    internal static XElement Of(string id, string title, string words, XElement drawing, params XElement[] legend) =>
        Tag("figure", "card", With("id", id), Caption(title, words), drawing, Legend(legend));

    /// <summary>A card that has nothing to draw, and says why.</summary>
    internal static XElement Empty(string id, string title, string words, bool wide = false) =>
        Tag("figure", wide ? "card empty wide" : "card empty", With("id", id), Caption(title, words));

    private static XElement? Legend(XElement[] entries) => entries.Length == 0 ? null : Tag("ul", "legend", entries.Cast<object>().ToArray());

    private static XElement Caption(string title, string words) => Tag("figcaption", "", Tag("h3", "", title), Paragraph("", words));
}
