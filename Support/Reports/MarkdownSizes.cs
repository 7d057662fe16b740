using System.Text;
using Support.Sizes;
using static Support.Reports.MarkdownText;

namespace Support.Reports;

/// <summary>What was found at task sizes, in <c>capacity.md</c>; nothing in a run without them.</summary>
internal static class MarkdownSizes
{
    internal static void Write(StringBuilder text, CapacityReport report)
    {
        if (report.Sizes is not { } sizes)
            return;

        text.Append("## Task sizes\n\n");
        WriteChange(text, report, sizes);
        text.Append("Server: ").Append(Text(sizes.Server));
        text.Append(report.RequiredConnections is { } required ? $". Required: a safe limit of {Words.Count(required)}.\n\n" : ". No number is required.\n\n");
        foreach (var row in sizes.Rows.Select(SizeWords.NotOfThisRun).OfType<string>())
            text.Append("**! ").Append(Text(row)).Append("**\n\n");
        SizeTables.Capacity(sizes).WriteTo(text);
        text.Append(Text(SizeTables.Legend(sizes))).Append("\n\n");
        SizeTables.Behaviour(sizes)?.WriteTo(text);
        WriteNotes(text, sizes);
        text.Append(Text(SizeWords.Price(sizes))).Append("\n\n").Append(Text(SizeWords.Chosen(sizes))).Append("\n\n");
    }

    private static void WriteChange(StringBuilder text, CapacityReport report, SizeReport sizes)
    {
        if (sizes.Change is not { } change)
            return;

        text.Append("**").Append(Text(SizeWords.Summary(change))).Append("**\n\n").Append(Text(SizeWords.Before(change))).Append("\n\n");
        SizeTables.Change(sizes, report.RequiredConnections)?.WriteTo(text);
    }

    private static void WriteNotes(StringBuilder text, SizeReport sizes)
    {
        string[] notes =
        [
            .. sizes.Missed.Select(missed => $"**✗ Gate missed:** {Text(missed)}"),
            .. sizes.LockNotes.Select(SizeWords.Accepted).Select(Text),
            .. sizes.Rows.Select(SizeWords.Cause).OfType<string>().Select(Text),
        ];
        foreach (var note in notes)
            text.Append("- ").Append(note).Append('\n');
        if (notes.Length > 0)
            text.Append('\n');
    }
}
