using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Columns of squares, one a zone. Units are those of the view box; the page scales it to the width there is.</summary>
internal sealed class ZoneCanvas
{
    private const double Width = 480;
    private const double Top = 6;
    private const double GapOfZones = 12;
    private const double Padding = 10;
    private const double Gap = 5;
    private const double Heading = 30;
    private const double Footing = 26;
    private const double RoomForSquares = 190;

    // The largest that fits is taken; below the last one squares stand for several tasks.
    private static readonly double[] Sizes = [44, 32, 24, 18];

    private readonly List<XElement> shapes = [];
    private readonly ZoneSpread spread;
    private readonly double size;
    private readonly int columns;

    internal ZoneCanvas(ZoneSpread spread)
    {
        this.spread = spread;
        var most = spread.Tasks.Max();
        size = Array.Find(Sizes, one => Fits(one, most));
        if (size == 0)
            size = Sizes[^1];
        Group = RoundGroups().First(group => Fits(size, Squares(most, group)));
        columns = (int)Math.Clamp(Squares(most, Group), 1, Columns(size));
        var rows = (int)Math.Max(1, Math.Ceiling((double)Squares(most, Group) / columns));
        Bottom = Top + Heading + (rows * (size + Gap)) - Gap + Footing + Padding;
        for (var zone = 0; zone < spread.Tasks.Length; zone++)
            Draw(zone);
    }

    /// <summary>Tasks that one square stands for.</summary>
    internal long Group { get; }

    private double Bottom { get; }

    private double ZoneWidth => (Width - 2 - ((spread.Tasks.Length - 1) * GapOfZones)) / spread.Tasks.Length;

    /// <summary>The drawing; title and description are what a screen reader says.</summary>
    internal XElement Render(string id, string title, string description) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Unit(Width)} {Unit(Bottom + 2)}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-labelledby", $"{id}-svg-title {id}-svg-desc"),
        new XElement("title", new XAttribute("id", id + "-svg-title"), title),
        new XElement("desc", new XAttribute("id", id + "-svg-desc"), description),
        shapes);

    private void Draw(int zone)
    {
        var lost = spread.IsOneLost && zone == spread.Tasks.Length - 1;
        var x = 1 + (zone * (ZoneWidth + GapOfZones));
        Box(lost ? "zone lost" : "zone", x, Top, ZoneWidth, Bottom - Top);
        var middle = x + (ZoneWidth / 2);
        Text("middle" + (lost ? " is-faint" : ""), middle, Top + 20, $"zone {Words.Plain(zone + 1)}{(lost ? ": lost" : "")}");
        Text("tick middle", middle, Bottom - 11, PlanWords.Tasks(spread.Tasks[zone]));
        var squares = Squares(spread.Tasks[zone], Group);
        var left = middle - (((columns * (size + Gap)) - Gap) / 2);
        for (var index = 0; index < squares; index++)
            Square(left + (index % columns * (size + Gap)), Top + Heading + (index / columns * (size + Gap)), lost);
    }

    private void Square(double x, double y, bool lost)
    {
        Box(lost ? "task lost" : "task", x, y, size, size);
        if (lost)
            return;
        var (usual, most) = (Share(spread.Each), Share(spread.EachThen ?? spread.Each));
        if (most > usual)
            Box("bar c2", x, y + (size * (1 - most)), size, size * (most - usual));
        Box("bar c1", x, y + (size * (1 - usual)), size, size * usual);
    }

    private double Share(long connections) => Math.Clamp((double)connections / spread.Safe, 0, 1);

    private bool Fits(double square, long squares) => Math.Ceiling((double)squares / Columns(square)) * (square + Gap) <= RoomForSquares;

    private int Columns(double square) => Math.Max(1, (int)((ZoneWidth - (2 * Padding) + Gap) / (square + Gap)));

    private static long Squares(long tasks, long group) => (tasks + group - 1) / group;

    /// <summary>1, 2, 5, 10, 20 and so on.</summary>
    private static IEnumerable<long> RoundGroups()
    {
        for (long power = 1; ; power *= 10)
        {
            yield return power;
            yield return power * 2;
            yield return power * 5;
        }
    }

    private void Box(string className, double x, double y, double width, double height) =>
        shapes.Add(Shape("rect", className, ("x", x), ("y", y), ("width", width), ("height", height)));

    private void Text(string className, double x, double y, string text)
    {
        var element = Shape("text", className, ("x", x), ("y", y));
        element.Add(text);
        shapes.Add(element);
    }
}
