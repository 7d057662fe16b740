using System.Globalization;
using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>A drawing with two axes. Units are those of the view box; the page scales it to the width there is.</summary>
internal sealed class ChartCanvas
{
    internal const double Left = 54;
    internal const double Right = 470;
    internal const double Top = 56;
    internal const double Bottom = 250;
    internal const double AxisLine = Height - 8;
    private const double Width = 480;
    private const double Height = 298;
    private const double RoomForLabel = 48;

    private readonly List<XElement> shapes = [];
    private readonly Scale vertical;

    /// <param name="axis">What the vertical axis counts, with its unit.</param>
    /// <param name="vertical">The vertical axis.</param>
    /// <param name="label">A tick in words, without the unit.</param>
    internal ChartCanvas(string axis, Scale vertical, Func<double, string> label)
    {
        this.vertical = vertical;
        Text("axis", 2, 13, axis);
        foreach (var tick in vertical.Ticks)
        {
            Line("grid", Left, Y(tick), Right, Y(tick));
            Text("tick end", Left - 7, Y(tick) + 4, label(tick));
        }
    }

    internal double Y(double value) => Bottom - (vertical.At(value) * (Bottom - Top));

    /// <summary>The middle of the n-th of so many equal bands.</summary>
    internal static double X(int index, int count) => Left + ((index + 0.5) * Band(count));

    internal static double Band(int count) => (Right - Left) / count;

    internal void Line(string className, double x1, double y1, double x2, double y2) =>
        shapes.Add(Shape("line", className, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)));

    internal void Box(string className, double x, double y, double width, double height) =>
        shapes.Add(Shape("rect", className, ("x", x), ("y", y), ("width", width), ("height", Math.Max(0, height))));

    internal void Text(string className, double x, double y, string text)
    {
        var element = Shape("text", className, ("x", x), ("y", y));
        element.Add(text);
        shapes.Add(element);
    }

    internal void Path(string className, IEnumerable<(double X, double Y)> points) => shapes.Add(new XElement(
        "polyline",
        new XAttribute("class", className),
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Unit(point.X)},{Unit(point.Y)}")))));

    internal void Mark(string shape, string className, double x, double y) => shapes.Add(Marker.Of(shape, className, x, y));

    /// <summary>The counts of connections below the bands, as many as there is room for.</summary>
    internal void Categories(IReadOnlyList<int> sessions) => Categories([.. sessions.Select(count => Compact(count))], "connections attempted");

    /// <summary>A name below each band, as many as there is room for, and what the bands are.</summary>
    internal void Categories(IReadOnlyList<string> names, string axis)
    {
        var every = (int)Math.Ceiling(RoomForLabel / Band(names.Count));
        for (var index = 0; index < names.Count; index++)
        {
            if ((names.Count - 1 - index) % every == 0)
                Text("tick middle", X(index, names.Count), Bottom + 19, names[index]);
        }

        Text("axis middle", (Left + Right) / 2, AxisLine, axis);
    }

    /// <summary>The drawing; title and description are what a screen reader says.</summary>
    internal XElement Render(string id, string title, string description) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Unit(Width)} {Unit(Height)}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-svg-title {id}-svg-desc"),
        new XElement("title", new XAttribute("id", id + "-svg-title"), title),
        new XElement("desc", new XAttribute("id", id + "-svg-desc"), description),
        shapes,
        Shape("line", "base", ("x1", Left), ("y1", Bottom), ("x2", Right), ("y2", Bottom)));

    /// <summary>As in <c>500</c>, <c>5,000</c>, <c>15k</c>, <c>1M</c>.</summary>
    internal static string Compact(double value) => Math.Abs(value) switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (value / 1000).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };
}
