using System.Text.Json;
using System.Xml.Linq;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports;
using Support.Sizes;
using Support.Tests.Run;
using Support.Verdict;

namespace Support.Tests.Wording;

/// <summary>Whole runs on simulated servers, from the settings to the files, as facts.</summary>
internal static class WordingRuns
{
    private static readonly (string, string)[] Sized =
        [("Gate.Sizes", "256/512"), ("Target.Command", "node server.js"), ("Gate.LockFile", "accepted.lock.json")];

    private sealed record Case(string Name, SimulatedServer Server, params (string, string)[] Settings)
    {
        public Action<Driven> Prepare { get; init; } = _ => { };
    }

    /// <summary>Runs that pass, fail, are stopped, are refused, do not measure, and end at a task's size.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        Facts facts = new();
        foreach (var one in Cases())
            await AddAsync(facts, one, cancellationToken);
        return facts.Written();
    }

    private static IEnumerable<Case> Cases() =>
    [
        new("a limit", new(cap: 137)),
        new("no limit", new(cap: 1_000)),
        new("a missed gate", new(cap: 137), ("Gate.RequiredConnections", "200")),
        new("a server that dies", new(cap: 137, dies: true)),
        new("a server that refuses", new(cap: 137) { Rejects = "Refused: nothing listens there" }),
        new("settings that cannot be used", new(cap: 137), ("Ladder.Threshold", "101%")),
        new("stopped", new(cap: 137)) { Prepare = StopAtTheSecondStep },
        new("a self-test that fails", new(cap: 137)) { Prepare = run => run.SelfTest.Problem = "one more than is" },
        new("a size", new(cap: 137, dies: true), Sized),
        new("a size that is too small", new(cap: 137, dies: true), [.. Sized, ("Gate.RequiredConnections", "200")]),
    ];

    private static void StopAtTheSecondStep(Driven driven) => driven.Server.Opening = count =>
    {
        if (count == 100)
            driven.Run.Interruption.Stop("SIGTERM");
    };

    private static async Task AddAsync(Facts facts, Case one, CancellationToken stop)
    {
        await using var driven = new Driven(one.Server, one.Settings);
        one.Prepare(driven);
        if (one.Settings.Any(setting => setting.Item1 == "Gate.Sizes"))
            await MeasureSizesAsync(driven, stop);
        else
            await driven.MeasureAsync(stop);
        var report = await driven.ConcludeAsync();
        facts.Add($"{one.Name} problems", driven.Run.Conclusion.Finish().Problems.Length);
        Add(facts, one.Name, driven, report);
        // The next run in the folder, which measures nothing and tells of this one's log.
        driven.Again(one.Settings);
        Add(facts, $"{one.Name}, told again", driven, await driven.ConcludeAsync());
    }

    private static void Add(Facts facts, string name, Driven driven, CapacityReport report)
    {
        facts.Add($"{name} verdict", Of(report.Verdict));
        facts.Add($"{name} checks", report.Checks.Select(check => new { check.Id, check.Outcome }));
        facts.Add($"{name} steps", report.Steps.Select(Of));
        facts.Add($"{name} search", report.Search is { } search ? Of(search, driven) : null);
        facts.Add($"{name} sizes", report.Sizes is { } sizes ? Of(sizes) : null);
        facts.Add(
            $"{name} run",
            new { report.Complete, report.Interrupted, IsRebuilt = report.Rebuilt is not null, driven.Logged.Length });
        foreach (var key in Keys("", driven.Json).Distinct())
            facts.Add($"{name} capacity.json {key}", "");
        var junit = XDocument.Parse(driven.Folder.Read("junit.xml")!).Descendants();
        facts.Add($"{name} junit.xml", junit.Select(element => element.Name.LocalName));
    }

    private static object Of(RunVerdict verdict) => new
    {
        verdict.Outcome, verdict.MaxReliable, verdict.PeakConnections, verdict.SafeLimit, verdict.Exact,
        verdict.Bottleneck.Side, verdict.Bottleneck.Resource, verdict.Bottleneck.Cause,
        Reasons = verdict.Reasons.Length,
        Findings = verdict.Findings.Select(finding => new { finding.Id, finding.Outcome }),
    };

    private static object Of(JudgedStep step) => new
    {
        step.Sessions, step.Outcome, step.OutOf, step.Reason, step.Result?.Held, step.Result?.Stop,
        Main = step.Result is { } result ? FailureReading.Main(result) : null,
    };

    private static object Of(SearchResult search, Driven driven) => new
    {
        search.Limit, search.End.Kind, search.Ended, Probes = search.Probes.Select(tried => tried.Result.Held),
        NotFound = driven.Run.Ladder.WhyNotFound(search),
    };

    private static object Of(SizeReport sizes) => new
    {
        sizes.Chosen, Missed = sizes.Missed.Length,
        Rows = sizes.Rows.Select(row => new { row.Label, row.Limit, row.SafeLimit, row.Source }),
    };

    private static async Task MeasureSizesAsync(Driven driven, CancellationToken stop)
    {
        await driven.Run.BeginAsync();
        foreach (var size in (await driven.Run.Sizes.PlanAsync()).Cases)
        {
            for (var run = 1; run <= driven.Run.Sizes.Repeats; run++)
                await driven.InTimeAsync(driven.Run.Sizes.MeasureAsync(size, run), stop);
        }
    }

    // How long each took and what this machine had in use is another each time: the names say that nothing is gone.
    private static IEnumerable<string> Keys(string where, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(
            member => Keys($"{where}.{member.Name}", member.Value).Prepend($"{where}.{member.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(one => Keys($"{where}[]", one)),
        _ => [],
    };
}
