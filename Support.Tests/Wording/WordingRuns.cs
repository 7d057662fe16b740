using System.Text.Json;
using System.Xml.Linq;
using Support.Measuring;
using Support.Reports;
using Support.Tests.Run;

namespace Support.Tests.Wording;

/// <summary>Whole runs on simulated servers, from the settings to the files, as facts.</summary>
internal static class WordingRuns
{
    private static readonly (string, string)[] Sized =
        [("Gate.Sizes", "256/512"), ("Target.Command", "node server.js"), ("Gate.LockFile", "accepted.lock.json")];

    /// <summary>Runs that pass, fail, are stopped, are refused, do not measure, and end at a task's size.</summary>
    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        Facts facts = new();
        await AddAsync(facts, "a limit", new(cap: 137), [], cancellationToken);
        await AddAsync(facts, "no limit", new(cap: 1_000), [], cancellationToken);
        await AddAsync(facts, "a missed gate", new(cap: 137), [("Gate.RequiredConnections", "200")], cancellationToken);
        await AddAsync(facts, "a server that dies", new(cap: 137, dies: true), [], cancellationToken);
        await AddAsync(facts, "a server that refuses", new(cap: 137) { Rejects = "Refused: nothing listens there" }, [], cancellationToken);
        await AddAsync(facts, "settings that cannot be used", new(cap: 137), [("Ladder.Threshold", "101%")], cancellationToken);
        await AddAsync(facts, "stopped", new(cap: 137), [], cancellationToken, driven => driven.Server.Opening = count =>
        {
            if (count == 100)
                driven.Run.Interruption.Stop("SIGTERM");
        });
        await AddAsync(facts, "a self-test that fails", new(cap: 137), [], cancellationToken, driven => driven.SelfTest.Problem = "one more than there is");
        await AddAsync(facts, "a size", new(cap: 137, dies: true), Sized, cancellationToken);
        await AddAsync(facts, "a size that is too small", new(cap: 137, dies: true), [.. Sized, ("Gate.RequiredConnections", "200")], cancellationToken);
        return facts.Written();
    }

    private static async Task AddAsync(
        Facts facts, string name, SimulatedServer server, (string, string)[] settings, CancellationToken stop, Action<Driven>? prepare = null)
    {
        await using var driven = new Driven(server, settings);
        prepare?.Invoke(driven);
        if (settings.Any(setting => setting.Item1 == "Gate.Sizes"))
            await MeasureSizesAsync(driven, stop);
        else
            await driven.MeasureAsync(stop);
        var (left, problems) = (await driven.ConcludeAsync(), driven.Run.Conclusion.Finish().Problems);
        Add(facts, name, driven, left);
        facts.Add($"{name} problems", problems.Length);
        // A whole run of an earlier log, told by the next that measures nothing.
        driven.Again(settings);
        Add(facts, $"{name} again", driven, await driven.ConcludeAsync());
    }

    private static void Add(Facts facts, string name, Driven driven, CapacityReport report)
    {
        var verdict = report.Verdict;
        facts.Add($"{name} verdict", new
        {
            verdict.Outcome, verdict.MaxReliable, verdict.HeldAtOnce, verdict.SafeLimit, verdict.Exact, verdict.Bottleneck.Side, verdict.Bottleneck.Resource,
            Reasons = verdict.Reasons.Length, verdict.Bottleneck.Cause, Findings = verdict.Findings.Select(finding => (object)new { finding.Id, finding.Outcome }),
        });
        facts.Add($"{name} checks", report.Checks.Select(check => new { check.Id, check.Outcome }));
        facts.Add($"{name} steps", report.Steps.Select(step => new
        {
            step.Sessions, step.Outcome, step.OutOf, step.Reason, step.Result?.Held, step.Result?.Stop, step.Result?.TargetAnswer,
            Main = step.Result is { } result ? FailureReading.Main(result) : null,
        }));
        facts.Add($"{name} search", new
        {
            report.Search?.Limit, report.Search?.End.Kind, Tries = report.Search?.Tries.Select(one => one.Result.Held),
            NotFound = report.Search is { } search ? driven.Run.Ladder.WhyNotFound(search) : null,
        });
        facts.Add($"{name} sizes", new
        {
            report.Sizes?.Chosen, Missed = report.Sizes?.Missed.Length, Rows = report.Sizes?.Rows.Select(row => new { row.Label, row.Limit, row.SafeLimit, row.Source }),
        });
        facts.Add($"{name} run", new { report.Complete, report.Interrupted, IsRebuilt = report.Rebuilt is not null, driven.Logged });
        foreach (var key in Keys("", driven.Json).Distinct())
            facts.Add($"{name} capacity.json {key}", "");
        facts.Add($"{name} junit.xml", XDocument.Parse(driven.Folder.Read("junit.xml")!).Descendants().Select(element => element.Name.LocalName).ToArray());
    }

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
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Keys($"{where}.{member.Name}", member.Value).Prepend($"{where}.{member.Name}")),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(one => Keys($"{where}[]", one)),
        _ => [],
    };
}
