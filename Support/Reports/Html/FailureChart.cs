using System.Xml.Linq;
using Support.Measuring;
using Support.Pool;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Why connections failed, by step: stacked shares, and the counts in a table.</summary>
internal static class FailureChart
{
    private const string Id = "failures";
    private const string Title = "Failures by class";
    private const int Colours = 7;
    private const double RoomForLetter = 15;

    internal static XElement Of(CapacityReport report)
    {
        var classes = Classes(report);
        var words = Sentence(report, classes);
        if (classes.Length == 0)
            return ChartCard.Empty(Id, Title, words, wide: true);

        var canvas = new ChartCanvas("failed ÷ attempted", Scale.Share(), share => Words.Share(share));
        var width = Math.Min(34, ChartCanvas.Band(report.Steps.Length) * 0.62);
        for (var index = 0; index < report.Steps.Length; index++)
        {
            if (report.Steps[index].Result is { Attempted: > 0 } result)
                Stack(canvas, result, classes, ChartCanvas.X(index, report.Steps.Length) - (width / 2), width);
        }

        canvas.Categories([.. report.Steps.Select(step => step.Sessions)]);
        return ChartCard.Wide(
            Id,
            Title,
            words,
            canvas,
            "Stacked shares of what a step attempted. A letter in a bar stands for its class; the table has the counts.",
            Counts(report, classes));
    }

    /// <summary>Counts by step, and an example of each class.</summary>
    private static XElement Counts(CapacityReport report, FailureClass[] classes)
    {
        var steps = report.Steps.Where(step => step.Result is { Failures.Count: > 0 }).ToArray();
        var table = new HtmlTable("Failures by class and step", ["Class", .. steps.Select(step => $"of {Words.Count(step.Sessions)}"), "All"])
        {
            Numbers = [.. Enumerable.Range(1, steps.Length + 1)],
        };
        foreach (var (name, number) in classes.Select((name, number) => (name, number)))
        {
            var counts = steps.Select(step => step.Result!.Failures.GetValueOrDefault(name))
                .Select(count => count == 0 ? "–" : Words.Count(count));
            var example = steps.Select(step => step.Result!.Examples.GetValueOrDefault(name)).FirstOrDefault(text => text is not null);
            table.Row("", [Key(name, number), .. counts, Words.Count(Total(report, name))]);
            if (Words.OneLine(example) is { Length: > 0 } words)
                table.Note($"Example: {words}");
        }

        return table.Render();
    }

    private static void Stack(ChartCanvas canvas, StepResult result, FailureClass[] classes, double x, double width)
    {
        var below = 0.0;
        for (var number = 0; number < classes.Length; number++)
        {
            var share = (double)result.Failures.GetValueOrDefault(classes[number]) / result.Attempted;
            var (bottom, top) = (canvas.Y(below), canvas.Y(below + share));
            below += share;
            if (share <= 0)
                continue;

            canvas.Box($"bar c{(number % Colours) + 1}", x, top, width, Math.Max(1.5, bottom - top));
            if (bottom - top >= RoomForLetter)
                canvas.Text("letter middle", x + (width / 2), ((top + bottom) / 2) + 4.5, Letter(number));
        }

        if (below <= 0)
            canvas.Text("value middle is-good", x + (width / 2), ChartCanvas.Bottom - 6, "0");
    }

    private static FailureClass[] Classes(CapacityReport report) =>
    [
        .. report.Steps.Select(step => step.Result).OfType<StepResult>().SelectMany(result => result.Failures).Where(failure => failure.Value > 0)
            .Select(failure => failure.Key).Distinct().OrderByDescending(name => Total(report, name)).ThenBy(name => name),
    ];

    private static long Total(CapacityReport report, FailureClass name) =>
        report.Steps.Sum(step => (long)(step.Result?.Failures.GetValueOrDefault(name) ?? 0));

    private static string Letter(int number) => ((char)('A' + (number % 26))).ToString();

    private static object[] Key(FailureClass name, int number) =>
        [Tag("span", $"key c{(number % Colours) + 1}", Letter(number)), " ", Tag("code", "", name.ToString())];

    private static string Sentence(CapacityReport report, FailureClass[] classes)
    {
        if (report.Steps.All(step => step.Result is null))
            return "No step was attempted, so nothing could fail.";
        var failed = Words.Count(classes.Sum(name => Total(report, name)));
        return classes.Length switch
        {
            0 => "No connection failed in any step.",
            1 => $"{failed} connections failed, all as {classes[0]}.",
            _ => $"{failed} connections failed, most of them as {classes[0]}.",
        };
    }
}
