using System.Globalization;
using System.Xml.Linq;

namespace Support.Reports.Html;

/// <summary>Short names for the elements of the page. Text goes in as text: the tree escapes it when it is written.</summary>
internal static class Markup
{
    private static readonly HashSet<string> Void = ["meta", "br", "hr", "col"];

    /// <summary>An element; a null in the content is left out, and an empty class name as well.</summary>
    internal static XElement Tag(string name, string className, params object?[] content)
    {
        var element = new XElement(name, className.Length == 0 ? null : new XAttribute("class", className), content);
        // HTML reads <td/> as an open tag: only void elements and those of SVG may be written that way.
        if (element.IsEmpty && !Void.Contains(name))
            element.Add("");
        return element;
    }

    internal static XAttribute With(string name, object value) => new(name, value);

    internal static XElement Paragraph(string className, params object?[] content) => Tag("p", className, content);

    /// <summary>An element of a drawing; numbers to a tenth of a unit.</summary>
    internal static XElement Shape(string name, string className, params (string Name, double Value)[] numbers) =>
        new(name, new XAttribute("class", className), numbers.Select(number => new XAttribute(number.Name, Unit(number.Value))));

    internal static string Unit(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A section with its heading; the heading names it for a screen reader.</summary>
    internal static XElement Section(string id, string title, params object?[] content) => Tag(
        "section", "", With("id", id), With("aria-labelledby", id + "-title"), Tag("h2", "", With("id", id + "-title"), title), content);
}
