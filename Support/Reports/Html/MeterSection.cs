using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>Whether the meter read what a server did that misbehaves in a known way.</summary>
internal static class MeterSection
{
    internal static XElement? Of(CapacityReport report)
    {
        if (report.Calibration is not { } calibration)
            return null;

        var table = new HtmlTable("Readings of the meter", "What was done", "Outcome", "What was so", "What was read", "Seconds", "What does not agree")
        {
            Numbers = [4],
            Stack = true,
        };
        foreach (var reading in calibration.Readings)
        {
            table.Row(
                "",
                Words.OneLine(reading.Name),
                Tag("span", $"state {(reading.IsTrue ? "good" : "bad")}", reading.IsTrue ? "✓ true" : "✗ not true"),
                Words.OneLine(reading.Truth),
                Words.OneLine(reading.Read),
                Words.Seconds(reading.Seconds),
                Words.OneLine(reading.Problem));
        }

        var words = $"Before the first step the meter was tried on servers that misbehave in a known way. It is {WarningWords.Of(calibration)}.";
        return Section("meter", "Is the meter true?", Paragraph("note", words), table.Render());
    }
}
