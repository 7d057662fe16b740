namespace Support.Reports.Documents;

/// <summary>The names of values marked from top to bottom: above the plot, in rows that keep them apart.</summary>
/// <param name="width">The width of the drawing.</param>
internal sealed class ChartLabels(double width)
{
    private const double Gap = 12;

    private readonly List<(int Row, double From, double To)> taken = [];
    private readonly List<(Mark Mark, double At, int Row, double X, string Text)> labels = [];

    /// <summary>How high the rows are.</summary>
    internal double Height => taken.Count == 0 ? 0 : (taken.Max(label => label.Row) + 1) * ChartCanvas.LineHeight;

    /// <summary>Keeps the beginning of the first row free.</summary>
    internal void Block(double to) => taken.Add((0, 0, to));

    /// <summary>Finds a row for a mark's name.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="at">Where its line stands.</param>
    internal void Add(Mark mark, double at)
    {
        var text = ChartCanvas.Cut(PlainText.Line(mark.Label), width);
        var length = ChartCanvas.BoldWidthOf(text);
        var from = Math.Clamp(at - (length / 2), 0, Math.Max(0, width - length));
        var row = 0;
        while (taken.Any(other => other.Row == row && from < other.To + Gap && other.From < from + length + Gap))
            row++;
        taken.Add((row, from, from + length));
        labels.Add((mark, at, row, from + (length / 2), text));
    }

    /// <summary>Draws the lines, then the names above them.</summary>
    internal void Draw(ChartCanvas canvas, double top, double bottom)
    {
        foreach (var label in labels)
        {
            var from = Math.Min(top, Baseline(label.Row) + 4);
            canvas.Line("mark " + ChartCanvas.ClassOf(label.Mark.Tone), label.At, from, label.At, bottom);
        }

        foreach (var label in labels)
        {
            var className = "mark-name middle " + ChartCanvas.ClassOf(label.Mark.Tone);
            canvas.Text(className, label.X, Baseline(label.Row), label.Text);
        }
    }

    private static double Baseline(int row) => (row * ChartCanvas.LineHeight) + ChartCanvas.TextSize;
}
