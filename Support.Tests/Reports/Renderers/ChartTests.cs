using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports.Documents;
using static Support.Reports.Documents.ChartCanvas;

namespace Support.Tests.Reports.Renderers;

internal sealed partial class ChartTests
{
    private static readonly Axis Plain = new("x");
    private static readonly Axis Ratios = new("x", IsLogarithmic: true);

    private static readonly double[][] Values =
    [
        [],
        [0],
        [7],
        [5, 5, 5],
        [1, 2],
        [0, 0],
        [-3, 4],
        [1e300, 1],
        [double.NaN],
        [double.NaN, 3, double.PositiveInfinity],
        [double.NegativeInfinity],
        [1e-12, 1e-3],
        [999_999, 1_000_001],
        [0.1, 0.30000000000000004],
        [1e15, -1e15],
        [.. Enumerable.Range(0, 500).Select(value => (double)value)],
    ];

    private static readonly Axis[] Axes =
    [
        Plain,
        Ratios,
        new("%", "%", Least: 0, Most: 100),
        new("x", Least: 5, Most: 5),
        new("x", IsLogarithmic: true, Least: 0, Most: -1),
        new("x") { Ticks = [new(1, "one"), new(2, new string('w', 300)), new(double.NaN, "never")] },
    ];

    [TestCase(new double[] { 0, 730 }, 6, "0 200 400 600 800")]
    [TestCase(new double[] { 0, 1000 }, 6, "0 200 400 600 800 1,000")]
    [TestCase(new double[] { 0, 1000 }, 5, "0 250 500 750 1,000")]
    [TestCase(new double[] { 0, 10 }, 5, "0 5 10")]
    [TestCase(new double[] { 12_000, 20_000 }, 6, "0 5,000 10k 15k 20k")]
    [TestCase(new double[] { 0.1, 0.3 }, 4, "0 0.1 0.2 0.3")]
    [TestCase(new double[] { -3, 4 }, 6, "-4 -2 0 2 4")]
    [TestCase(new double[] { 7, 7 }, 6, "0 2 4 6 8")]
    public void A_linear_axis_has_round_ticks_and_ends_at_them(double[] values, int most, string ticks)
    {
        var scale = ChartScale.Of(Plain, values, most);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', scale.Ticks.Select(tick => tick.Label)), Is.EqualTo(ticks));
            Assert.That(
                (scale.Low, scale.High),
                Is.EqualTo((scale.Ticks[0].Value, scale.Ticks[^1].Value)).Within(1e-9));
        }
    }

    [TestCase(new double[] { 100, 1000 }, 8, "100 200 500 1,000")]
    [TestCase(new double[] { 3, 40_000 }, 5, "10 100 1,000 10k")]
    [TestCase(new double[] { 0, 50, 50 }, 5, "50 100 200 500")]
    [TestCase(new double[] { 730, 760 }, 4, "600 800 1,000")]
    public void A_logarithmic_axis_has_ones_twos_and_fives_or_powers(double[] values, int most, string ticks) =>
        Assert.That(
            string.Join(' ', ChartScale.Of(Ratios, values, most).Ticks.Select(tick => tick.Label)),
            Is.EqualTo(ticks));

    [Test]
    public void Equal_ratios_are_equal_distances_on_a_logarithmic_axis()
    {
        var scale = ChartScale.Of(Ratios, [1, 1000], 4);

        Assert.That(
            new[] { 1.0, 10, 100, 1000, 0, 5000 }.Select(scale.At),
            Is.EqualTo(new[] { 0, 1 / 3.0, 2 / 3.0, 1, 0, 1 }).Within(1e-9));
    }

    [Test]
    public void A_scale_of_anything_has_two_ends_and_ordered_ticks_between_them(
        [ValueSource(nameof(Values))] double[] values,
        [Range(0, 5)] int number)
    {
        var axis = Axes[number];
        var scale = ChartScale.Of(axis, values, 6);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scale.High, Is.GreaterThan(scale.Low).And.LessThan(double.PositiveInfinity));
            Assert.That(
                scale.Ticks.Select(tick => tick.Value),
                Is.Ordered.And.All.InRange(scale.Low - 1e-6, scale.High + 1e-6));
            Assert.That(scale.Ticks.Length, Is.LessThanOrEqualTo(8));
            Assert.That(values.Select(scale.At), Is.All.InRange(0, 1));
        }
    }

    [Test]
    public void Whatever_is_drawn_every_number_is_one_and_lies_in_the_drawing(
        [ValueSource(nameof(Values))] double[] values,
        [Range(0, 5)] int number)
    {
        var axis = Axes[number];
        foreach (var drawing in Drawings(values, axis))
        {
            var box = drawing.Attribute("viewBox")!.Value.Split(' ').Select(Parse).ToArray();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    drawing.ToString(),
                    Does.Not.Contain("NaN").And.Not.Contain("∞").And.Not.Contain("Infinity"));
                Assert.That(Numbers(drawing, "x", "x1", "x2", "cx"), Is.All.InRange(-1, box[2] + 1));
                Assert.That(Numbers(drawing, "y", "y1", "y2", "cy"), Is.All.InRange(-14, box[3] + 14));
                Assert.That(Numbers(drawing, "width", "height"), Is.All.GreaterThanOrEqualTo(0));
            }
        }
    }

    [Test]
    public void A_point_stands_where_its_values_say_and_a_gap_is_not_drawn_across()
    {
        var chart = new LineChart(
            "",
            "",
            new("x", Least: 0, Most: 4),
            new("y", Least: 0, Most: 10),
            [Line(0, 10, double.NaN, 5, 5)]);

        var drawing = Draw(chart);
        var dots = drawing
            .Descendants("circle")
            .Where(dot => Class(dot).StartsWith("dot", StringComparison.Ordinal))
            .ToArray();
        var x = dots.Select(dot => Number(dot, "cx")).ToArray();
        var y = dots.Select(dot => Number(dot, "cy")).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dots, Has.Length.EqualTo(4));
            Assert.That((x[1] - x[0]) * 3, Is.EqualTo(x[2] - x[0]).Within(1));
            Assert.That((y[0] - y[1]) / 2, Is.EqualTo(y[0] - y[2]).Within(0.1));
            Assert.That(
                drawing.Descendants("polyline").Select(line => line.Attribute("points")!.Value.Split(' ').Length),
                Is.EqualTo(new[] { 2, 2 }));
        }
    }

    [Test]
    public void Parts_of_a_bar_stand_on_each_other_in_proportion()
    {
        var drawing = Draw(
            new BarChart(
                "",
                "",
                new("y"),
                [
                    new("a", [new("one", 10, ""), new("two", 30, "", 1), new("none", 0, "", 2)]),
                    new("b", [new("one", 20, "")]),
                ]));
        var bars = drawing
            .Descendants("rect")
            .Where(bar => Class(bar).StartsWith("bar", StringComparison.Ordinal))
            .ToArray();
        var widths = bars.Select(bar => Number(bar, "width")).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bars.Select(Class), Is.EqualTo(new[] { "bar s0", "bar s1", "bar s0" }));
            Assert.That(widths[1] / widths[0], Is.EqualTo(3).Within(0.05));
            Assert.That(widths[2] / widths[0], Is.EqualTo(2).Within(0.05));
            Assert.That(Number(bars[1], "x"), Is.EqualTo(Number(bars[0], "x") + widths[0]).Within(0.2));
        }
    }

    [Test]
    public void A_tone_has_a_shape_as_well_as_a_colour()
    {
        var tones = Enum.GetValues<Tone>();
        var drawing = Draw(
            new LineChart(
                "",
                "",
                Plain,
                Plain,
                [new("a", [.. tones.Select((tone, index) => new Point(index, 1, "", tone))])]));
        var shapes = drawing
            .Descendants()
            .Where(shape => Class(shape).StartsWith("dot", StringComparison.Ordinal))
            .Select(shape => (shape.Name.LocalName, Class(shape)));

        Assert.That(
            shapes,
            Is.EqualTo(
                new[]
                {
                    ("circle", "dot s0"),
                    ("circle", "dot good"),
                    ("polygon", "dot warn"),
                    ("path", "dot bad cross"),
                    ("circle", "dot skip hollow"),
                }));
    }

    [Test]
    public void Names_of_marks_do_not_lie_on_each_other([Values] bool isVertical, [Values(true, false)] bool isWide)
    {
        ImmutableArray<Mark> marks =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(number => new Mark(500 + (number * 3), $"a rather long name {number}", isVertical)),
        ];
        var chart = new LineChart("", "", Plain, Plain, [Line(0, 1000)]) { Marks = isVertical ? marks : marks[..4] };

        var names = Draw(chart, isWide)
            .Descendants("text")
            .Where(text => Class(text).StartsWith("mark-name", StringComparison.Ordinal))
            .Select(text =>
                (Text: text.Value, X: Number(text, "x"), Y: Number(text, "y"), Width: BoldWidthOf(text.Value)))
            .ToArray();
        var pairs =
            from one in names
            from other in names
            where string.CompareOrdinal(one.Text, other.Text) < 0
            select (one, other);

        Assert.That(
            pairs.Where(pair =>
                Math.Abs(pair.one.X - pair.other.X) < (pair.one.Width + pair.other.Width) / 2
                && Math.Abs(pair.one.Y - pair.other.Y) < 11),
            Is.Empty);
    }

    [Test]
    public void What_is_said_of_a_value_can_be_reached_by_pointer_and_keyboard()
    {
        var first = new Line("p50", [new(1, 5, "first: 5 ms"), new(2, 6, "second: 6 ms")]);
        var second = new Line("p99", [new(1, 50, "first: 50 ms"), new(3, 60, "")], 1);

        var targets = Targets(Draw(new LineChart("", "", Plain, Plain, [first, second])));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                targets.Select(target => (string?)target.Attribute("aria-label")),
                Is.EqualTo(new[] { "first: 5 ms; first: 50 ms", "second: 6 ms" }));
            Assert.That(targets.Select(target => (string?)target.Attribute("tabindex")), Is.All.EqualTo("0"));
            Assert.That(
                targets[0].Descendants("text").Select(text => text.Value),
                Is.EqualTo(new[] { "first: 5 ms", "first: 50 ms" }));
        }
    }

    [Test]
    public void A_chart_of_many_values_does_not_keep_the_keyboard_for_itself() =>
        Assert.That(
            Targets(
                    Draw(
                        new LineChart(
                            "",
                            "",
                            Plain,
                            Plain,
                            [Line([.. Enumerable.Range(0, 100).Select(value => (double)value)])])))
                .Attributes("tabindex"),
            Is.Empty);

    [Test]
    public void A_legend_names_what_the_drawing_shows()
    {
        var figure = ChartFigure.Of(
            new BarChart(
                "",
                "",
                Plain,
                [
                    new("a", [new("measured", 1, ""), new("more", 2, "", 1)])
                    {
                        Marks = [new("expected", 1, 2, ""), new("safe", 1, 1, "")],
                    },
                    new("b", [new("measured", 3, "")]),
                ]),
            "id",
            isWide: true);

        Assert.That(
            figure.Descendants("li").Select(entry => entry.Value),
            Is.EqualTo(new[] { "measured", "more", "expected", "safe" }));
    }

    private static IEnumerable<XElement> Drawings(double[] values, Axis axis)
    {
        var points = values.Select((value, index) => new Point(index, value, $"{value}"));
        var turned = values.Select((value, index) => new Point(value, index, ""));
        ImmutableArray<Mark> marks =
        [
            .. values
                .Take(4)
                .SelectMany(value => new[] { new Mark(value, "mark"), new Mark(value, "mark", IsVertical: true) }),
        ];
        Chart[] charts =
        [
            new LineChart("t", "d", Plain, axis, [new("a", [.. points])]) { Marks = marks },
            new LineChart("t", "d", axis, axis, [new("a", [.. turned], HasLine: false), new("b", [], 1)]),
            new BarChart(
                "t",
                "d",
                axis,
                [
                    .. values
                        .Take(20)
                        .Select(value => new Bar("name", [new("p", value, "l")])
                        {
                            Interval = (value, value * 2),
                            IsLowerBound = true,
                            Marks = [new("m", value, value, ""), new("n", value / 2, value, "")],
                        }),
                ])
            {
                Marks = marks,
            },
        ];
        return charts.SelectMany(chart =>
            new[] { true, false }.SelectMany(isWide => ChartFigure.Of(chart, "id", isWide).Elements("svg")));
    }

    private static XElement Draw(Chart chart, bool isWide = true) =>
        ChartFigure.Of(chart, "id", isWide).Elements("svg").First();

    private static XElement[] Targets(XElement drawing) =>
        [.. drawing.Elements("g").Where(group => Class(group) == "target")];

    private static Line Line(params double[] values) =>
        new("line", [.. values.Select((value, index) => new Point(index, value, "point"))]);

    private static string Class(XElement shape) => (string?)shape.Attribute("class") ?? "";

    private static double Number(XElement shape, string name) => Parse(shape.Attribute(name)!.Value);

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<double> Numbers(XElement drawing, params string[] names) =>
        names
            .SelectMany(name => drawing.Descendants().Where(shape => !Tip().IsMatch(Class(shape))).Attributes(name))
            .Select(number => Parse(number.Value));

    // What is shown when something is pointed at may stand out of the drawing.
    [GeneratedRegex("^tip")]
    private static partial Regex Tip();
}
