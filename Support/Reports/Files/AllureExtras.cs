using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Support.Reports.Content;
using Support.Reports.Documents;

namespace Support.Reports.Files;

/// <summary>
/// The files of an Allure results folder that no adapter writes: environment, categories, and which CI job it was.
/// </summary>
public static class AllureExtras
{
    /// <summary>
    /// Writes <c>environment.properties</c>, <c>categories.json</c> and, where a CI system says who it is,
    /// <c>executor.json</c>.
    /// </summary>
    /// <param name="results">The <c>allure-results</c> folder.</param>
    /// <param name="report">The finished report.</param>
    /// <param name="environment">The environment variables of the process.</param>
    /// <exception cref="ReportWriteException">A file could not be written.</exception>
    public static void Write(
        ReportFolder results, CapacityReport report, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(results);
        results.Write("environment.properties", Properties(report));
        results.Write("categories.json", Categories());
        if (Executor(environment) is { } executor)
            results.Write("executor.json", executor);
    }

    /// <summary>The search and the self-test as Markdown, to be attached to a case; null where neither ran.</summary>
    public static string? SearchText(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ReportContent.Search(report) is { } document ? MarkdownRenderer.Render(document) : null;
    }

    internal static string Properties(CapacityReport report)
    {
        var text = new StringBuilder();
        Add(text, "Run", report.Run.Id);
        Add(text, "Started", Numbers.Instant(report.Run.StartedAt));
        Add(text, "Suite.Version", report.Run.Version);
        Add(text, "Target", report.Target.Embedded ? $"{report.Target.Url} (embedded)" : report.Target.Url);
        foreach (var (name, value) in HostContent.TaskFacts(report.Task))
            Add(text, $"EcsTask.{name.Replace(' ', '.')}", value);
        Add(text, "Verdict", VerdictLine.Of(report));
        Add(text, "Max.connections", FoundLimit.Of(report).Value);
        if (report.SelfTest is { } test)
            Add(text, "Self-test", SearchContent.Of(test));
        foreach (var finding in report.Verdict.Findings)
            Add(text, $"Warning.{finding.Id}", Phrases.Of(finding).Plain);
        foreach (var check in report.Checks)
            Add(text, check.Id, check.Actual);
        foreach (var setting in report.Settings)
            Add(text, $"Setting.{setting.Name}", setting.Value);
        return text.ToString();
    }

    /// <summary>
    /// The outcomes of the suite as the Allure categories that a reader sorts by; the first that matches wins.
    /// </summary>
    // Allure 2 matches whole messages with Java's expressions, Allure 3 parts of them with JavaScript's: (?s) would
    // break the latter.
    internal static string Categories() => new JsonArray(
        Category("Environment", @"[\s\S]*[Ee]nvironment[\s\S]*", "failed", "broken"),
        Category("Limit found", @"[\s\S]*limit found[\s\S]*", "skipped"),
        Category("Gate missed", null, "failed"),
        Category("The suite could not measure", null, "broken")).ToJsonString(JsonForms.Indented) + "\n";

    /// <summary>The job as GitHub Actions or GitLab describes it; null on any other machine.</summary>
    internal static string? Executor(IReadOnlyDictionary<string, string> environment)
    {
        string Get(string name) => environment.GetValueOrDefault(name, "");
        var (name, type, order, job, url) = (Get("GITHUB_ACTIONS"), Get("GITLAB_CI")) switch
        {
            ("true", _) => (
                "GitHub Actions", "github", Get("GITHUB_RUN_NUMBER"),
                $"{Get("GITHUB_WORKFLOW")} #{Get("GITHUB_RUN_NUMBER")}",
                $"{Get("GITHUB_SERVER_URL")}/{Get("GITHUB_REPOSITORY")}/actions/runs/{Get("GITHUB_RUN_ID")}"),
            (_, "true") => (
                "GitLab CI", "gitlab", Get("CI_PIPELINE_IID"), $"{Get("CI_JOB_NAME")} #{Get("CI_PIPELINE_IID")}",
                Get("CI_JOB_URL")),
            _ => default,
        };
        if (name is null)
            return null;

        var executor = new JsonObject { ["name"] = name, ["type"] = type, ["buildName"] = job, ["buildUrl"] = url };
        if (long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            executor["buildOrder"] = number;
        return executor.ToJsonString(JsonForms.Indented) + "\n";
    }

    private static JsonObject Category(string name, string? message, params string[] statuses)
    {
        var matched = new JsonArray([.. statuses.Select(status => JsonValue.Create(status))]);
        var category = new JsonObject { ["name"] = name, ["matchedStatuses"] = matched };
        if (message is not null)
            category["messageRegex"] = message;
        return category;
    }

    private static void Add(StringBuilder text, string key, string value) =>
        text.Append(Escape(key, isKey: true)).Append(" = ").Append(Escape(value, isKey: false)).Append('\n');

    /// <summary>
    /// As <c>java.util.Properties</c> reads it: backslashes, in a key also separators, and everything beyond ASCII are
    /// escaped.
    /// </summary>
    private static string Escape(string value, bool isKey)
    {
        var text = new StringBuilder();
        foreach (var character in PlainText.Line(value))
        {
            _ = character switch
            {
                '\\' => text.Append("\\\\"),
                ' ' or '=' or ':' or '#' or '!' when isKey => text.Append('\\').Append(character),
                > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => text.Append(character),
            };
        }

        return text.ToString();
    }
}
