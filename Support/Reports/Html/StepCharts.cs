using System.Xml.Linq;
using Support.Verdict;

namespace Support.Reports.Html;

/// <summary>How much of each step was held: as a share against the threshold, and as counts.</summary>
internal static class StepCharts
{
    internal static XElement Success(CapacityReport report)
    {
        var steps = report.Steps;
        var canvas = new ChartCanvas("held ÷ attempted", Scale.Share(), share => Words.Share(share));
        var width = Math.Min(34, ChartCanvas.Band(steps.Length) * 0.62);
        for (var index = 0; index < steps.Length; index++)
        {
            var (step, x) = (steps[index], ChartCanvas.X(index, steps.Length));
            var top = canvas.Y(step.Result?.SuccessRate ?? 0);
            if (step.Result is not null)
                canvas.Box(step.Outcome == StepOutcome.Reliable ? "bar good" : "bar bad", x - (width / 2), top, width, ChartCanvas.Bottom - top);
            var label = step.Result is { } result ? Words.Percent(result.Held, result.Attempted) : "";
            canvas.Text($"value middle {Tone(step.Outcome)}", x, ChartCanvas.Top - 23, VerdictWords.Mark(step.Outcome));
            canvas.Text("value middle", x, ChartCanvas.Top - 7, label == "100.0" ? "100" : label);
        }

        var threshold = canvas.Y(report.Run.Threshold);
        canvas.Line("threshold", ChartCanvas.Left, threshold, ChartCanvas.Right, threshold);
        canvas.Categories([.. steps.Select(step => step.Sessions)]);
        return ChartCard.Of(
            "success",
            "Success rate",
            SuccessWords(report),
            canvas,
            "One bar a step: held ÷ attempted, in percent. The dashed line is the threshold; ✓ reliable, ✗ unreliable, – not attempted.");
    }

    internal static XElement Held(CapacityReport report)
    {
        var steps = report.Steps;
        var counts = steps.SelectMany(step => new double[] { step.Sessions, step.Result?.Held ?? step.Sessions });
        var canvas = new ChartCanvas("connections", Scale.Log(counts), ChartCanvas.Compact);
        for (var index = 0; index < steps.Length; index++)
        {
            var (step, x) = (steps[index], ChartCanvas.X(index, steps.Length));
            var attempted = canvas.Y(step.Result?.Attempted ?? step.Sessions);
            canvas.Mark("circle", step.Result is null ? "ring faint" : "ring", x, attempted);
            if (step.Result is not { } result)
                continue;

            var held = canvas.Y(result.Held);
            canvas.Line("drop", x, attempted, x, held);
            canvas.Mark("circle", "dot c1", x, held);
            canvas.Text("value middle", x, held - attempted > 4 ? held + 18 : held - 10, ChartCanvas.Compact(result.Held));
        }

        canvas.Categories([.. steps.Select(step => step.Sessions)]);
        return ChartCard.Of(
            "held",
            "Held against attempted",
            HeldWords(report),
            canvas,
            "The vertical axis is logarithmic: equal distances are equal factors.",
            Marker.Legend("circle", "dot c1", "held, the number beside it"),
            Marker.Legend("circle", "ring", "attempted"),
            Marker.Legend("circle", "ring faint", "planned, not attempted"));
    }

    private static string Tone(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Reliable => "is-good",
        StepOutcome.Unreliable => "is-bad",
        _ => "is-faint",
    };

    private static string SuccessWords(CapacityReport report)
    {
        var threshold = Words.Share(report.Run.Threshold);
        var measured = report.Steps.Where(step => step.Result is not null).ToArray();
        var first = measured.FirstOrDefault(step => step.Outcome == StepOutcome.Unreliable);
        return (first?.Result, measured.Length) switch
        {
            (_, 0) => "No step was attempted.",
            ({ } result, _) =>
                $"The step of {Words.Count(result.Sessions)} is the first below the threshold of {threshold}: {VerdictWords.Held(result)}.",
            (_, 1) => $"The one step that ran reached the threshold of {threshold}.",
            var (_, all) => $"All {Words.Plain(all)} steps that ran reached the threshold of {threshold}.",
        };
    }

    private static string HeldWords(CapacityReport report) =>
        report.Steps.Select(step => step.Result).Where(result => result is not null).MaxBy(result => result!.Held) is { } best
            ? $"Most at once: {Words.Count(best.Held)} of {Words.Count(best.Attempted)}, open and proven alive at one instant."
            : "Nothing was held, as no step was attempted.";
}
