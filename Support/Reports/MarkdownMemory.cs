using System.Text;

namespace Support.Reports;

/// <summary>What a connection costs in memory, in <c>capacity.md</c>.</summary>
internal static class MarkdownMemory
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        if (report.MemorySlopes.Length == 0)
            return;

        text.Append("## Memory of a connection\n\n");
        foreach (var end in MemoryWords.Ends(report))
            text.Append("- ").Append(MarkdownText.Text(end)).Append('\n');
        foreach (var slope in report.MemorySlopes)
            text.Append("- ").Append(MarkdownText.Text(MemoryWords.Of(slope))).Append('\n');
        text.Append('\n').Append(MemoryWords.Interval95).Append("\n\n");
        if (report.MemoryPredictions.Length == 0)
            return;
        text.Append(MemoryWords.Predicted).Append("\n\n");
        text.Table(["Step", "Held", "Whose memory", "Predicted", "Read", "Read less predicted"], numbers: 0..6);
        foreach (var prediction in MemoryWords.InOrder(report))
        {
            text.Row(
                Words.Count(prediction.Sessions),
                Words.Count(prediction.Held),
                prediction.Of,
                Words.Bytes(prediction.PredictedBytes),
                Words.Bytes(prediction.ActualBytes),
                MemoryWords.Off(prediction));
        }

        text.Append('\n');
    }
}
