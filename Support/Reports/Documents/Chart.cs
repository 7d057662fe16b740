using System.Collections.Immutable;

namespace Support.Reports.Documents;

/// <summary>A picture of numbers. Two kinds are enough: lines over an axis of numbers, and bars over names.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Description">What is to be seen in it, in a sentence or two: for whoever cannot see it.</param>
internal abstract record Chart(string Title, string Description)
{
    /// <summary>What a reader should keep of it, below the picture; null for nothing.</summary>
    public string? Note { get; init; }
}

/// <summary>Lines, points and bands over numbers.</summary>
/// <param name="Title">As in <see cref="Chart"/>.</param>
/// <param name="Description">As in <see cref="Chart"/>.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Lines">Each with its points.</param>
internal sealed record LineChart(string Title, string Description, Axis X, Axis Y, ImmutableArray<Line> Lines)
    : Chart(Title, Description)
{
    /// <summary>Values that are marked across the picture, as a threshold or the safe limit.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];
}

/// <summary>Bars, one or a stack a name, with an interval or a marked value where there is one.</summary>
/// <param name="Title">As in <see cref="Chart"/>.</param>
/// <param name="Description">As in <see cref="Chart"/>.</param>
/// <param name="Y">The axis of the values.</param>
/// <param name="Bars">In order, from the top.</param>
internal sealed record BarChart(string Title, string Description, Axis Y, ImmutableArray<Bar> Bars)
    : Chart(Title, Description)
{
    /// <summary>Values that are marked across the picture, as what is required.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];
}

/// <summary>An axis.</summary>
/// <param name="Title">What is counted, with its unit.</param>
/// <param name="Unit">What a value's text ends in, as in <c>%</c> or <c>ms</c>; empty for a plain count.</param>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios.</param>
/// <param name="Least">Where it begins; null for where its values do, and 0 for a linear axis of values above 0.
/// </param>
/// <param name="Most">Where it ends; null for where its values do.</param>
internal sealed record Axis(
    string Title, string Unit = "", bool IsLogarithmic = false, double? Least = null, double? Most = null)
{
    /// <summary>The values that are named on it, as minutes or steps; empty for round numbers.</summary>
    public ImmutableArray<Tick> Ticks { get; init; } = [];
}

/// <summary>A named value of an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What is written there; left out where there is no room.</param>
internal sealed record Tick(double Value, string Label);

/// <summary>A line of a chart.</summary>
/// <param name="Name">As in the legend.</param>
/// <param name="Points">In the order of their X.</param>
/// <param name="Series">Which of the palette's colours and marks it has, from 0.</param>
/// <param name="HasLine">Whether its points are joined.</param>
/// <param name="HasPoints">Whether its points are drawn; a fit has none.</param>
internal sealed record Line(
    string Name, ImmutableArray<Point> Points, int Series = 0, bool HasLine = true, bool HasPoints = true);

/// <summary>A point of a line.</summary>
/// <param name="X">Along the horizontal axis.</param>
/// <param name="Y">Along the vertical axis; NaN for no value, which is a gap in the line.</param>
/// <param name="Label">What is said of it when it is pointed at: one line; empty for nothing.</param>
/// <param name="Tone">How good it is.</param>
internal sealed record Point(double X, double Y, string Label, Tone Tone = Tone.Neutral);

/// <summary>A bar, with what it is made of.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Parts">From its foot; one for a plain bar.</param>
internal sealed record Bar(string Name, ImmutableArray<BarPart> Parts)
{
    /// <summary>The least and the most of what was seen, drawn across its end; null for no interval.</summary>
    public (double Low, double High)? Interval { get; init; }

    /// <summary>Whether the value may be greater than what was seen: an arrow stands at its end.</summary>
    public bool IsLowerBound { get; init; }

    /// <summary>Values of this bar alone, as its safe limit or what was expected.</summary>
    public ImmutableArray<BarMark> Marks { get; init; } = [];

    /// <summary>What stands after it; null for its value.</summary>
    public string? Text { get; init; }

    /// <summary>How good it is, as its text shows; its parts have their own.</summary>
    public Tone Tone { get; init; }
}

/// <summary>A value of one bar, or from one value to another.</summary>
/// <param name="Name">As in the legend.</param>
/// <param name="Low">Where it begins.</param>
/// <param name="High">Where it ends; the same for a single value.</param>
/// <param name="Label">What is said of it when it is pointed at: one line.</param>
internal sealed record BarMark(string Name, double Low, double High, string Label);

/// <summary>A part of a bar.</summary>
/// <param name="Name">As in the legend.</param>
/// <param name="Value">From 0.</param>
/// <param name="Label">What is said of it when it is pointed at: one line.</param>
/// <param name="Series">Which of the palette's colours it has, from 0.</param>
/// <param name="Tone">How good it is; where it is not neutral it decides the colour.</param>
internal sealed record BarPart(string Name, double Value, string Label, int Series = 0, Tone Tone = Tone.Neutral);

/// <summary>A value that is marked across a chart.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What it is, as in <c>safe limit 800</c>.</param>
/// <param name="IsVertical">Whether it is a value of the horizontal axis of a line chart.</param>
/// <param name="Tone">How good it is to reach it.</param>
internal sealed record Mark(double Value, string Label, bool IsVertical = false, Tone Tone = Tone.Neutral);
