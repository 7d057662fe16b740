using System.Text;
using Support.Ecs;

namespace Support.Reports;

/// <summary>The ECS task, in <c>capacity.md</c>; nothing outside of one.</summary>
internal static class MarkdownTask
{
    internal static void Write(StringBuilder text, TaskMetadata? metadata)
    {
        var facts = TaskWords.Of(metadata).ToArray();
        if (facts.Length == 0)
            return;

        text.Append("## ECS task of the suite\n\n");
        foreach (var (name, value) in facts)
            text.Append("- ").Append(name).Append(": ").Append(MarkdownText.Text(value)).Append('\n');
        text.Append('\n');
    }
}
