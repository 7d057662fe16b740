using System.Xml.Linq;
using Support.Measuring;
using Support.Verdict;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The steps as tables: what was counted, by whom, and what it cost.</summary>
internal static class StepSections
{
    internal static XElement? Counts(CapacityReport report)
    {
        if (report.Steps.Length == 0)
            return null;

        var table = new HtmlTable(
            "Steps", "Sessions", "Outcome", "Attempted", "Opened", "Held", "Server counts", "Kernel counts", "Dropped", "Success", "Seconds")
        {
            Numbers = [0, 2, 3, 4, 5, 6, 7, 8, 9],
        };
        foreach (var step in report.Steps)
        {
            table.Row("", Cells(step));
            var why = step.Outcome == StepOutcome.Reliable ? Words.OneLine(step.Result?.StoppedEarly) : VerdictWords.Reason(step);
            foreach (var note in StepWords.Notes(step).Prepend(why).Where(note => note.Length > 0))
                table.Note(note);
        }

        const string words = "Three counts of the same connections: held by the suite, open by the server's own count, and established by this machine's kernel. – is not known.";
        return Section("steps", "Steps", Paragraph("note", words), table.Render());
    }

    internal static XElement? Costs(CapacityReport report)
    {
        var steps = report.Steps.Where(step => step.Result is not null).ToArray();
        if (steps.Length == 0)
            return null;

        var table = new HtmlTable(
            "Cost of a step", "Sessions", "Workers", "Client CPU", "Busy", "Longest lag", "Client memory", "Target CPU", "Target memory", "Server descriptors", "Queue overflows")
        {
            Numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        };
        foreach (var step in steps)
            table.Row("", Costs(step.Sessions, step.Result!.Resources));
        const string words = "Client: the processes that held the connections. Busy: their processor time while opening, of what they may use. "
            + "Longest lag: how late a thread of the client came to its turn.";
        return Section("costs", "What a step cost", Paragraph("note", words), table.Render());
    }

    private static object?[] Cells(JudgedStep step)
    {
        var result = step.Result;
        string Known(int? value) => Words.Count(value, "–");
        return
        [
            Words.Count(step.Sessions),
            Tag("span", $"state {(step.Outcome switch { StepOutcome.Reliable => "good", StepOutcome.Unreliable => "bad", _ => "faint" })}",
                $"{VerdictWords.Mark(step.Outcome)} {VerdictWords.Outcome(step.Outcome)}"),
            Known(result?.Attempted),
            Known(result?.Opened),
            Known(result?.Held),
            Known(result?.Resources.TargetOpen),
            Known(result?.Resources.KernelEstablished),
            Known(result?.Dropped),
            result is null ? "–" : Words.Percent(result.Held, result.Attempted) + "%",
            result is null ? "–" : Words.Seconds(result.Seconds),
        ];
    }

    private static object?[] Costs(int sessions, StepResources resources)
    {
        var client = resources.WorkerCount > 0 ? resources.Workers : resources.Suite;
        var (strain, server) = (resources.Client, resources.Server);
        return
        [
            Words.Count(sessions),
            resources.WorkerCount > 0 ? Words.Count(resources.WorkerCount) : "in the suite",
            Seconds(client?.CpuSeconds),
            StepWords.Share(strain?.BusyShare) ?? "–",
            strain is null ? "–" : $"{Words.Milliseconds(strain.LongestLagMilliseconds)} ms",
            Bytes(client?.ResidentBytesHeld),
            Seconds(server?.CpuSeconds ?? resources.Target?.CpuSeconds),
            Bytes(server?.ResidentBytes ?? resources.Target?.ResidentBytesHeld),
            StepWords.Descriptors(server) ?? "–",
            server?.ListenOverflows is { } overflows ? Words.Count(overflows) : "–",
        ];
    }

    private static string Seconds(double? seconds) => seconds is { } known ? Words.Seconds(known) : "–";

    private static string Bytes(long? bytes) => bytes is { } known ? Words.Bytes(known) : "–";
}
