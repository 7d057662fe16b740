using System.Collections.Immutable;
using System.Xml.Linq;
using Support.Host;
using static Support.Reports.Html.Markup;

namespace Support.Reports.Html;

/// <summary>The tables below the charts: ceilings, environment, settings, run.</summary>
internal static class DetailSections
{
    internal static XElement? Ceilings(CapacityReport report)
    {
        if (report.Ceilings is not { } ceilings)
            return null;

        var table = new HtmlTable("Predicted ceilings", "Resource", "Whose", "Connections", "Basis", "How to raise it")
        {
            Numbers = [2],
            Stack = true,
        };
        foreach (var row in ceilings.Rows)
        {
            var first = ReferenceEquals(row, ceilings.BindsFirst);
            table.Row(
                first ? "first" : "",
                new object?[] { Words.OneLine(row.Resource), first ? Tag("span", "tag", "lowest") : null },
                Words.OneLine(row.Side),
                Words.Count(row.Connections, "–"),
                Words.OneLine(row.Basis),
                Words.OneLine(row.Next));
        }

        var words = ceilings.BindsFirst is { } binding
            ? $"Predicted before the first connection; lowest: {Words.OneLine(binding.Resource)} ({Words.OneLine(binding.Side)}), "
                + $"{Words.Count(binding.Connections)} connections."
            : "No resource has a limit that is known before the first connection.";
        return Section("ceilings", "Predicted ceilings of this run, on this machine", Paragraph("note", words), table.Render());
    }

    internal static XElement? Environment(CapacityReport report)
    {
        if (report.Checks.Length == 0)
            return null;

        return Section("environment", "Environment", Paragraph("note", CheckWords.Summary(report.Checks) + "; the worst first."), Findings("Environment checks", report.Checks));
    }

    /// <summary>Findings of any kind, the worst first.</summary>
    internal static XElement Findings(string label, ImmutableArray<Finding> checks)
    {
        var table = new HtmlTable(label, "Check", "Outcome", "Expected", "Actual", "Next step") { Stack = true, Wrap = true };
        foreach (var check in checks.OrderByDescending(check => check.Outcome))
        {
            table.Row(
                "",
                new object[] { Words.OneLine(check.Title), Tag("code", "id", check.Id) },
                Tag("span", $"state {Tone(check.Outcome)}", $"{CheckWords.Mark(check.Outcome)} {CheckWords.Outcome(check.Outcome)}"),
                Words.OneLine(check.Expected),
                Words.OneLine(check.Actual),
                CommandText.Of(check.Next));
        }

        return table.Render();
    }

    internal static XElement? Settings(CapacityReport report)
    {
        if (report.Settings.Length == 0)
            return null;

        var table = new HtmlTable("Settings", "Setting", "Value", "From");
        foreach (var setting in report.Settings)
            table.Row("", Tag("code", "", setting.Name), Tag("span", "clip", Words.OneLine(setting.Value)), setting.Source);
        return Section("settings", "Settings", Paragraph("note", "Secrets are replaced."), table.Render());
    }

    internal static XElement Run(CapacityReport report)
    {
        (string Name, string Value)[] facts =
        [
            ("Run", report.Run.Id),
            ("Started", Words.Instant(report.Run.StartedAt)),
            ("Took", Words.Seconds(report.Run.Seconds)),
            ("Profile", $"{report.Run.Profile}, threshold {Words.Share(report.Run.Threshold)}"),
            ("Target", report.Target.Url + (report.Target.Embedded ? " (embedded)" : "")),
            ("Came to its end", VerdictWords.Incomplete(report) is { } why ? $"no: {why}" : "yes"),
            ("Suite", report.Run.Version),
            ("Same data for machines", new JsonReport().FileName),
        ];
        var entries = facts.Select(fact => Tag("div", "", Tag("dt", "", fact.Name), Tag("dd", "", Words.OneLine(fact.Value))));
        return Section("run", "Run", Tag("dl", "facts", entries));
    }

    private static string Tone(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "good",
        CheckOutcome.Warning => "warn",
        CheckOutcome.Critical => "bad",
        _ => "faint",
    };
}
