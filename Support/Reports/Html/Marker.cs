using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The point of a series; each series has its own shape, so that colour is never the only sign.</summary>
internal static class Marker
{
    internal static readonly string[] Shapes = ["circle", "square", "triangle", "diamond"];

    private const double Radius = 4.5;

    internal static XElement Of(string shape, string className, double x, double y) => shape switch
    {
        "square" => Polygon(className, x, y, (-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle" => Polygon(className, x, y, (0, -1.2), (1.2, 1), (-1.2, 1)),
        "diamond" => Polygon(className, x, y, (0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        _ => Shape("circle", className, ("cx", x), ("cy", y), ("r", Radius)),
    };

    /// <summary>An entry of a legend: the mark and its name.</summary>
    internal static XElement Legend(string shape, string className, params object?[] name) => Tag(
        "li",
        "",
        new XElement(
            "svg",
            new XAttribute("class", "swatch"),
            new XAttribute("viewBox", "0 0 16 16"),
            new XAttribute("aria-hidden", "true"),
            Of(shape, className, 8, 8)),
        Tag("span", "", name));

    private static XElement Polygon(string className, double x, double y, params (double X, double Y)[] corners) => new(
        "polygon",
        new XAttribute("class", className),
        new XAttribute("points", string.Join(' ', corners.Select(at => $"{Unit(x + (at.X * Radius))},{Unit(y + (at.Y * Radius))}"))));
}
