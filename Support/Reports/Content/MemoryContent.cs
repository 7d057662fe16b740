using System.Collections.Immutable;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>
/// What a connection costs in memory, with its interval, and how well the lines predicted the next step.
/// </summary>
internal static class MemoryContent
{
    private const double Mebibyte = 1024 * 1024;

    private const string Meaning =
        "A least-squares line: baseline without a connection, and what each adds, idle and without compression. "
        + "The server's is through the stages of one growth after it was started anew, where Target.Command says how; "
        + "else through the steps, and an upper bound: what earlier steps left in its heap is in it. "
        + "The kernel's memory is that of the whole host, so anything else that runs there blurs it.";

    internal static IEnumerable<Block> Of(CapacityReport report)
    {
        var slopes = report.MemorySlopes;
        if (slopes.IsDefaultOrEmpty)
            yield break;
        if (Ends(slopes).ToImmutableArray() is { IsEmpty: false } ends)
            yield return new Block.Bullets([.. ends.Select(end => (Text)end)]);
        yield return new Block.Picture(Chart(slopes));
        Block[] predicted = report.MemoryPredictions.IsDefaultOrEmpty ? [] : [Predictions(report)];
        yield return new Block.Details("Figures per process and step",
            [Slopes(slopes), new Block.Paragraph(Meaning), .. predicted]);
    }

    private static Block.Table Slopes(ImmutableArray<MemorySlope> slopes) => new(
        [
            .. Words("Memory of"), .. Counts("Per connection", "95 % interval", "Baseline", "R²", "Steps"),
            .. Words("Note"),
        ],
        [
            .. slopes.Select(slope => Row(
                Warning(slope) is null ? Tone.Neutral : Tone.Warning,
                slope.Of, $"{AtMost(slope)}{WholeBytes(slope.BytesPerConnection)}", $"± {WholeBytes(slope.HalfWidth)}",
                Mebibytes(slope.InterceptBytes), RSquared(slope.RSquared), Count(slope.Points.Length),
                Warning(slope) ?? (slope.IsUpperBound ? "Upper bound: its heap grew over the steps" : ""))),
        ],
        "Memory per connection");

    private static Block.Table Predictions(CapacityReport report) => new(
        [.. Counts("Connections", "Held"), .. Words("Memory of"),
            .. Counts("Predicted", "Measured", "Difference", "Of the predicted growth")],
        [
            .. report.MemoryPredictions.OrderBy(one => one.Sessions).ThenBy(one => one.Of, StringComparer.Ordinal)
                .Select(one => Row(
                Count(one.Sessions), Count(one.Held), one.Of, Mebibytes(one.PredictedBytes), Mebibytes(one.ActualBytes),
                (one.OffBytes > 0 ? "+" : "") + Mebibytes(one.OffBytes), Share(one.OffShare, "+0.0;-0.0;0.0"))),
        ],
        "What the steps before a step predicted for its memory, and what was measured");

    /// <summary>What one end of a connection costs in all: in its process and in the kernel.</summary>
    private static IEnumerable<string> Ends(ImmutableArray<MemorySlope> slopes)
    {
        MemorySlope? Find(params MemoryOwner[] owners) => slopes.LastOrDefault(slope => owners.Contains(slope.Owner));
        if (Find(MemoryOwner.Kernel) is not { } kernel)
            return [];
        (string Name, MemorySlope? Process)[] ends =
            [("Client", Find(MemoryOwner.Suite, MemoryOwner.Workers)), ("Server", Find(MemoryOwner.Target))];
        return ends.Where(end => end.Process is not null).Select(end => End(end.Name, end.Process!, kernel));
    }

    // A sum is no better than what it is made of.
    private static string End(string name, MemorySlope process, MemorySlope kernel) =>
        $"{name}: {AtMost(process)}{Bytes(process.BytesPerConnection + kernel.BytesPerConnection)} per connection, "
        + $"{Bytes(process.BytesPerConnection)} in the process and "
        + $"{Bytes(kernel.BytesPerConnection)} in the kernel"
        + (Warning(process) is null && Warning(kernel) is null ? "." : "; do not plan with it yet, see the notes.");

    private static string AtMost(MemorySlope slope) => slope.IsUpperBound ? "at most " : "";

    /// <summary>Why the slope must not be planned with; null where nothing speaks against it.</summary>
    internal static string? Warning(MemorySlope slope) => MemoryFit.IsTooFew(slope)
        ? $"Too few connections to plan with: at most {Count(slope.Points.Max(point => point.Held))} were held, "
            + $"and it takes {Count(MemoryFit.LeastHeldOfProcess)}"
        : MemoryFit.IsTooNoisy(slope)
            ? "Too noisy to plan with: the steps do not lie on a line; measure with more connections"
            : null;

    private static LineChart Chart(ImmutableArray<MemorySlope> slopes)
    {
        double Growth(MemorySlope slope, MemoryPoint point) =>
            (point.Bytes - (slope.InterceptBytes * point.Processes)) / Mebibyte;
        var most = slopes.SelectMany(slope => slope.Points).Max(point => point.Held);
        return new(
            "Memory over held connections",
            Phrases.List(slopes.Select(
                slope => $"{slope.Of}: {AtMost(slope)}{Bytes(slope.BytesPerConnection)} per connection")),
            new("connections held", Least: 0),
            new("MiB above the baseline", "MiB"),
            [
                .. slopes.SelectMany((slope, series) => new Line[]
                {
                    new(
                        slope.Of,
                        [
                            .. slope.Points.OrderBy(point => point.Held).Select(point => new Point(
                                point.Held, Growth(slope, point),
                                $"{slope.Of}, {Count(point.Held)} held: {Bytes(point.Bytes)}")),
                        ],
                        series,
                        HasLine: false),
                    new(
                        $"{slope.Of}, fitted",
                        [new(0, 0, ""), new(most, slope.BytesPerConnection * most / Mebibyte, "")],
                        series, HasPoints: false),
                }),
            ]);
    }
}
