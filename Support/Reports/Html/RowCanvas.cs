using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>A drawing of rows below each other over one horizontal axis. Units are those of the view box; the page scales it to the width there is.</summary>
internal sealed class RowCanvas
{
    internal const double RowHeight = 64;
    private const double Left = 14;
    private const double Right = 462;
    private const double Top = 30;
    private const double Width = 480;
    private const double RoomForTick = 56;
    private const double BelowRows = 44;
    private const double NameHeight = 18;
    private const double BesideBar = 12;
    private const double RoomForHalfTick = 24;

    private readonly List<XElement> shapes = [];
    private readonly Scale scale;
    private readonly double bottom;
    private double above;

    /// <param name="axis">What the axis counts.</param>
    /// <param name="scale">The axis.</param>
    /// <param name="rows">How many rows there are.</param>
    internal RowCanvas(string axis, Scale scale, int rows)
    {
        this.scale = scale;
        bottom = Top + (rows * RowHeight);
        var every = (int)Math.Ceiling(RoomForTick / ((Right - Left) / Math.Max(1, scale.Ticks.Length - 1)));
        for (var index = 0; index < scale.Ticks.Length; index++)
        {
            Line("grid", X(scale.Ticks[index]), Top, X(scale.Ticks[index]), bottom);
            if (index % every == 0)
                Tick(X(scale.Ticks[index]), ChartCanvas.Compact(scale.Ticks[index]));
        }

        Text("axis middle", (Left + Right) / 2, bottom + BelowRows - 4, axis);
    }

    internal double X(double value) => Left + (scale.At(value) * (Right - Left));

    /// <summary>The middle of a row's marks; its words stand above them.</summary>
    internal static double Y(int row) => Top + (row * RowHeight) + 44;

    /// <summary>What a row is, and its value in words at the other end.</summary>
    internal void Words(int row, string name, string value, string valueClass)
    {
        Text("value", Left, Y(row) - 19, name);
        Text($"value end {valueClass}".TrimEnd(), Right, Y(row) - 19, value);
    }

    /// <summary>From one value to another; never so narrow that it is not seen.</summary>
    internal void Span(string className, int row, double from, double to, double height, double narrowest)
    {
        var width = Math.Max(narrowest, X(to) - X(from));
        var x = ((X(from) + X(to)) / 2) - (width / 2);
        shapes.Add(Shape("rect", className, ("x", x), ("y", Y(row) - (height / 2)), ("width", width), ("height", height)));
    }

    /// <summary>That it may go on beyond a value.</summary>
    internal void Onwards(string className, int row, double from)
    {
        var (x, y) = (X(from) + 7, Y(row));
        shapes.Add(new XElement("polyline", new XAttribute("class", className), new XAttribute("points", $"{Unit(x)},{Unit(y - 5)} {Unit(x + 5)},{Unit(y)} {Unit(x)},{Unit(y + 5)}")));
    }

    internal void Mark(string shape, string className, int row, double value) => shapes.Add(Marker.Of(shape, className, X(value), Y(row)));

    /// <summary>A value across all rows, with its name on top; names that could meet stand on lines of their own.</summary>
    internal void Threshold(double value, string name, int line = 0)
    {
        var x = X(value);
        var up = line * NameHeight;
        above = Math.Max(above, up);
        Line("threshold", x, Top - 8 - up, x, bottom);
        // Near an end the name is turned inwards.
        var side = x > Width * 0.7 ? "end" : x < Width * 0.3 ? "start" : "middle";
        Text($"axis {side}", x, Top - 14 - up, name);
    }

    /// <summary>A value beside the bars of all rows, so that no word of a row is crossed, with its name on top; the greater value has the higher line.</summary>
    internal void Limit(double value, string name, int line)
    {
        var x = X(value);
        var up = line * NameHeight;
        above = Math.Max(above, up);
        Line("threshold", x, Top - 8 - up, x, Top + 4);
        for (var row = 0; Y(row) < bottom; row++)
            Line("threshold", x, Y(row) - BesideBar, x, Y(row) + BesideBar);
        // Turned away from the greater value, whose line goes past.
        Text($"axis {(x > Width * 0.42 ? "end" : "start")}", x, Top - 14 - up, name);
    }

    /// <summary>The drawing; title and description are what a screen reader says.</summary>
    internal XElement Render(string id, string title, string description) => new(
        "svg",
        new XAttribute("viewBox", $"0 {Unit(0 - above)} {Unit(Width)} {Unit(above + bottom + BelowRows)}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-svg-title {id}-svg-desc"),
        new XElement("title", new XAttribute("id", id + "-svg-title"), title),
        new XElement("desc", new XAttribute("id", id + "-svg-desc"), description),
        shapes,
        Shape("line", "base", ("x1", Left), ("y1", bottom), ("x2", Right), ("y2", bottom)));

    // The last one would be cut off at a phone's width, where letters are larger.
    private void Tick(double x, string text)
    {
        var isLast = x > Width - RoomForHalfTick;
        Text(isLast ? "tick end" : "tick middle", isLast ? Width : x, bottom + 19, text);
    }

    private void Line(string className, double x1, double y1, double x2, double y2) =>
        shapes.Add(Shape("line", className, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)));

    private void Text(string className, double x, double y, string text)
    {
        var element = Shape("text", className, ("x", x), ("y", y));
        element.Add(text);
        shapes.Add(element);
    }
}
