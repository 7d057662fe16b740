using System.Xml.Linq;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The ECS task that the suite ran in.</summary>
internal static class TaskSection
{
    internal static XElement? Of(CapacityReport report)
    {
        var facts = TaskWords.Of(report.Task).ToArray();
        return facts.Length == 0
            ? null
            : Section(
                "ecs",
                "ECS task of the suite",
                Paragraph("note", "The task that the suite ran in, as its metadata endpoint told before the first connection."),
                Tag("dl", "facts", facts.Select(fact => Tag("div", "", Tag("dt", "", fact.Name), Tag("dd", "", Words.OneLine(fact.Value))))));
    }
}
