using System.Collections.Immutable;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>The report as a document: what everybody reads first, then all the rest.</summary>
internal static class ReportContent
{
    /// <summary>The document of <c>capacity.md</c> and <c>capacity.html</c>.</summary>
    internal static Document Of(CapacityReport report) => new(
        Summary.Title(report),
        [
            new Block.Heading(1, "WebSocket capacity"),
            .. Summary.Head(report),
            .. StepContent.Ladder(report),
            .. Summary.Warnings(report),
            new Block.Heading(2, "Steps", "steps"),
            StepContent.Table(report),
            new Block.Appendix("Details", [.. Rest(report)]),
        ]);

    /// <summary>The search and the self-test alone, to be attached to a test case; null where neither ran.</summary>
    internal static Document? Search(CapacityReport report) => report is { Search: null, SelfTest: null }
        ? null
        : new("Search for the limit", [.. Searched(report), .. Tested(report)]);

    // What a reader asks next stands first: why this limit, then what follows from it, then how far the numbers can be
    // trusted.
    private static IEnumerable<Block> Rest(CapacityReport report) =>
    [
        .. Section("How the limit is known", "evidence", Evidence(report)),
        .. Section("Task sizes", "sizes", report.Sizes is { } sizes
            ? SizeContent.Details(sizes, report.RequiredConnections) : []),
        .. Section("Plan", "plan", PlanContent.Of(report)),
        .. Section("Planned vs. deployed", "deployed", HostContent.Checks(report.Deployed)),
        .. Section("Estimate of one task", "estimate", PlanContent.Estimate(report)),
        .. Section("Errors", "errors", StepContent.Failures(report)),
        .. Searched(report),
        .. Section("Connect time", "latency", StepContent.Latency(report)),
        .. Section("Service under test (CloudWatch)", "service", ServiceContent.Of(report.Service)),
        .. Section("Memory per connection", "memory", MemoryContent.Of(report)),
        .. Section("Resources of each step", "resources", StepContent.Resources(report)),
        .. Tested(report),
        .. Section("Checks", "checks", HostContent.Checks(report.Checks)),
        .. Section("Predicted limits of this machine", "ceilings",
            Folded("What each resource allows", HostContent.Ceilings(report))),
        .. Section("ECS task of the suite", "task", HostContent.Task(report.Task)),
        .. Section("Published", "published", ServiceContent.Published(report.Publications)),
        .. Section("Run", "run", Run(report)),
    ];

    private static IEnumerable<Block> Searched(CapacityReport report) =>
        Section("Search for the limit", "search", SearchContent.Of(report));

    private static IEnumerable<Block> Tested(CapacityReport report) =>
        Section("Self-test", "self-test", SearchContent.SelfTest(report));

    private static IEnumerable<Block> Evidence(CapacityReport report)
    {
        var bottleneck = report.Verdict.Bottleneck;
        if (bottleneck.Side != BottleneckSide.None && report.Verdict.PeakConnections is not null)
            yield return new Block.Paragraph(Phrases.Sentence(bottleneck.Cause));
        if (bottleneck.Evidence is { IsDefaultOrEmpty: false } evidence)
            yield return new Block.Bullets([.. evidence.Select(line => (Text)line)]);
    }

    private static IEnumerable<Block> Folded(string summary, IEnumerable<Block> blocks) =>
        blocks.ToImmutableArray() is { IsEmpty: false } all
            ? [all[0], .. all.Length > 1 ? [new Block.Details(summary, all[1..])] : Array.Empty<Block>()] : [];

    private static IEnumerable<Block> Run(CapacityReport report)
    {
        var run = report.Run;
        yield return new Block.Figures(
        [
            new("Run", run.Id),
            new("Started", Instant(run.StartedAt)),
            new("Took", Seconds(run.Seconds)),
            new("Profile", run.Profile, $"threshold {Share(run.Threshold)}"),
            new("Completed", Ended(report)),
            new("Version", run.Version),
            new("Data", Text.Link(DataFile, DataFile), "the same for machines"),
        ]);
        if (!report.Settings.IsDefaultOrEmpty)
            yield return new Block.Details(
                $"Settings ({Count(report.Settings.Count(setting => !setting.IsDefault))} set)", [Settings(report)]);
    }

    private const string DataFile = "capacity.json";

    private static string Ended(CapacityReport report) => report switch
    {
        { Rebuilt: { } earlier } => $"no: {Phrases.Of(earlier)}",
        { Complete: false } => $"no: stopped by {report.Interrupted ?? "an unknown cause"}",
        _ => "yes",
    };

    private static Block.Table Settings(CapacityReport report) => new(
        Words("Setting", "Value", "From"),
        [.. report.Settings.Select(setting => Row(Text.Code(setting.Name), setting.Value, setting.Source))],
        "Settings; secrets are replaced");
}
