using System.Globalization;
using System.Xml.Linq;

namespace Support.Reports.Documents;

/// <summary>
/// A drawing that grows shape by shape. Its unit is a pixel of the width that it is laid out for; colours are the style
/// sheet's, by class: <c>s0</c> to <c>s7</c> for a series, and a tone's name.
/// </summary>
/// <param name="width">The width that it is laid out for.</param>
internal sealed class ChartCanvas(double width)
{
    /// <summary>The size of every text.</summary>
    internal const double TextSize = 12;

    /// <summary>How far the lines of a text are apart.</summary>
    internal const double LineHeight = 16;

    /// <summary>How many colours the palette has; they come again after the last.</summary>
    internal const int Palette = 8;

    private const double Radius = 4;
    private const double TipPadding = 9;
    private const string Thin = " ijlItfr.,:;|'()";
    private const string Thick = "mwMW%@";

    private readonly List<XElement> shapes = [];
    private readonly List<XElement> targets = [];

    internal double Width { get; } = width;

    internal void Line(string className, double x1, double y1, double x2, double y2) =>
        shapes.Add(Segment(className, x1, y1, x2, y2));

    internal void Box(string className, double x, double y, double boxWidth, double height) =>
        shapes.Add(Rectangle(className, x, y, boxWidth, height));

    /// <summary>A text on its baseline; <c>middle</c> and <c>end</c> in its class say where it is held.</summary>
    internal void Text(string className, double x, double y, string text) => shapes.Add(Words(className, x, y, text));

    internal void Path(string className, IEnumerable<(double X, double Y)> points) =>
        shapes.Add(Corners("polyline", className, points));

    internal void Add(XElement shape) => shapes.Add(shape);

    /// <summary>The named values below a horizontal axis, from its end, as many as there is room for.</summary>
    internal void Ticks(ChartScale scale, Func<double, double> x, double bottom)
    {
        const double Gap = 10;
        var free = double.MaxValue;
        foreach (var tick in scale.Ticks.Reverse())
        {
            var text = PlainText.Line(tick.Label);
            var length = WidthOf(text);
            var from = Math.Clamp(x(tick.Value) - (length / 2), 0, Math.Max(0, Width - length));
            if (length > Width || from + length > free)
                continue;
            Text("tick middle", from + (length / 2), bottom + LineHeight, text);
            free = from - Gap;
        }
    }

    /// <summary>
    /// A part of the drawing that says something when it is pointed at or reached by the keyboard, above all shapes.
    /// </summary>
    /// <param name="zone">Where it is pointed at.</param>
    /// <param name="lines">What it says.</param>
    /// <param name="at">Where the words stand, if there is room: their left and top.</param>
    /// <param name="isStop">Whether the keyboard stops there.</param>
    /// <param name="shown">What else is seen then.</param>
    internal void Target(
        (double X, double Y, double Width, double Height) zone,
        IReadOnlyList<string> lines,
        (double X, double Y) at,
        bool isStop,
        IEnumerable<XElement> shown)
    {
        var most = (int)((Width - (2 * TipPadding)) / (TextSize * 0.58));
        string[] words = [.. lines.SelectMany(line => PlainText.Wrap(line, most))];
        var tipWidth = words.Max(WidthOf) + (2 * TipPadding);
        var left = at.X + tipWidth <= Width ? at.X : Math.Max(0, Math.Min(at.X - tipWidth - 16, Width - tipWidth));
        var box = Rectangle("tip-box", left, at.Y, tipWidth, (words.Length * LineHeight) + TipPadding);
        box.Add(new XAttribute("rx", 6));
        targets.Add(new XElement(
            "g",
            new XAttribute("class", "target"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", string.Join("; ", lines)),
            isStop ? new XAttribute("tabindex", 0) : null,
            Rectangle("zone", zone.X, zone.Y, zone.Width, zone.Height),
            new XElement(
                "g",
                new XAttribute("class", "tip"),
                shown,
                box,
                words.Select((text, index) =>
                    Words("tip-text", left + TipPadding, at.Y + ((index + 1) * LineHeight), text)))));
    }

    /// <summary>The drawing. Title and description are what a screen reader says of it.</summary>
    internal XElement Render(string id, string className, double height, Chart chart) => new(
        "svg",
        new XAttribute("class", className),
        new XAttribute("viewBox", $"0 0 {Number(Width)} {Number(height)}"),
        new XElement(
            "g",
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-desc"),
            new XElement("title", new XAttribute("id", id + "-title"), PlainText.Line(chart.Title)),
            new XElement("desc", new XAttribute("id", id + "-desc"), PlainText.Line(chart.Description)),
            shapes),
        targets);

    /// <summary>A series' or a tone's mark in a box of 16 by 16, for a legend.</summary>
    internal static XElement Swatch(params object?[] content) => new(
        "svg",
        new XAttribute("class", "swatch"),
        new XAttribute("viewBox", "0 0 16 16"),
        new XAttribute("aria-hidden", "true"),
        content);

    internal static XElement Segment(string className, double x1, double y1, double x2, double y2) =>
        Shape("line", className, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    internal static XElement Rectangle(string className, double x, double y, double width, double height) =>
        Shape("rect", className, ("x", x), ("y", y), ("width", Math.Max(0, width)), ("height", Math.Max(0, height)));

    internal static XElement Ring(double x, double y, int series, Tone tone) =>
        Shape("circle", "ring " + Colour(series, tone), ("cx", x), ("cy", y), ("r", Radius + 3));

    /// <summary>A point of a series, whose shape tells it apart as well as its colour; so does a tone's.</summary>
    internal static XElement MarkerOf(double x, double y, int series, Tone tone)
    {
        var className = "dot " + Colour(series, tone);
        return (tone, series % 4) switch
        {
            (Tone.Bad, _) => Cross(className, x, y),
            (Tone.Warning, _) or (Tone.Neutral, 2) => Polygon(className, x, y, (0, -1.25), (1.25, 1), (-1.25, 1)),
            (Tone.Skipped, _) => Shape("circle", className + " hollow", ("cx", x), ("cy", y), ("r", Radius)),
            (Tone.Neutral, 1) => Polygon(className, x, y, (-1, -1), (1, -1), (1, 1), (-1, 1)),
            (Tone.Neutral, 3) => Polygon(className, x, y, (0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
            _ => Shape("circle", className, ("cx", x), ("cy", y), ("r", Radius)),
        };
    }

    /// <summary>The class of a colour: of the tone, and of the series where the tone is neutral.</summary>
    internal static string Colour(int series, Tone tone) => tone == Tone.Neutral
        ? "s" + (Math.Abs(series) % Palette).ToString(CultureInfo.InvariantCulture)
        : ClassOf(tone);

    /// <summary>The class of a tone.</summary>
    internal static string ClassOf(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Warning => "warn",
        Tone.Bad => "bad",
        Tone.Skipped => "skip",
        _ => "neutral",
    };

    /// <summary>About how wide a text is; rather too much than too little, as the font is the reader's own.</summary>
    internal static double WidthOf(string text) => TextSize * text.EnumerateRunes().Sum(rune => rune.Value switch
    {
        >= 0x1100 when PlainText.Columns(rune.ToString()) == 2 => 1.05,
        < 0x80 when Thin.Contains((char)rune.Value) => 0.38,
        < 0x80 when Thick.Contains((char)rune.Value) => 0.95,
        >= 'A' and <= 'Z' => 0.71,
        _ => 0.62,
    });

    /// <summary>The same of a bold text.</summary>
    internal static double BoldWidthOf(string text) => WidthOf(text) * 1.12;

    /// <summary>A text cut to a width, with an ellipsis where something is missing.</summary>
    internal static string Cut(string text, double width)
    {
        if (WidthOf(text) <= width)
            return text;
        var length = text.Length;
        while (length > 1 && WidthOf(text[..length] + "…") > width)
            length--;
        return text[..length].TrimEnd() + "…";
    }

    private static XElement Words(string className, double x, double y, string text)
    {
        var element = Shape("text", className, ("x", x), ("y", y));
        element.Add(text);
        return element;
    }

    private static XElement Cross(string className, double x, double y) => new(
        "path",
        new XAttribute("class", className + " cross"),
        new XAttribute("d", Stroke(x, y, 1) + Stroke(x, y, -1)));

    private static string Stroke(double x, double y, int slope) => string.Join(
        ' ',
        "M" + Number(x - Radius), Number(y - (slope * Radius)), "L" + Number(x + Radius), Number(y + (slope * Radius)));

    private static XElement Polygon(string className, double x, double y, params (double X, double Y)[] corners) =>
        Corners("polygon", className, corners.Select(corner => (x + (corner.X * Radius), y + (corner.Y * Radius))));

    private static XElement Corners(string name, string className, IEnumerable<(double X, double Y)> points) => new(
        name,
        new XAttribute("class", className),
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    private static XElement Shape(string name, string className, params (string Name, double Value)[] numbers) => new(
        name,
        new XAttribute("class", className),
        numbers.Select(number => new XAttribute(number.Name, Number(number.Value))));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
