using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Plan;
using Support.Plan.Scaling;
using Support.Reports.Data;
using Support.Reports.Files;
using Support.Settings;
using Support.Sizes;
using Support.Tests.Measuring.Search;
using Support.Tests.Plan;
using Support.Tests.Pool.Faults;
using Support.Tests.Reports;
using Support.Tests.Verdict;
using Support.Tests.Verdict.Matrix;
using Support.Verdict;

using static Support.Tests.Sizes.Given;
using Given = Support.Tests.Verdict.Given;
using GivenSizes = Support.Tests.Sizes.Given;

namespace Support.Tests.Wording;

/// <summary>
/// What the suite makes of the same evidence, as facts; run in this process's own suite and in the reworded one.
/// </summary>
internal static class WordingScenarios
{
    /// <summary>All that is judged and planned from values.</summary>
    public static Task<string> OfValuesAsync(CancellationToken cancellationToken)
    {
        Facts facts = new();
        Verdicts(facts);
        Searches(facts);
        Sizes(facts);
        Plans(facts);
        Files(facts);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(facts.Written());
    }

    /// <summary>Every server of the fault matrix that misbehaves for real, measured, counted and judged.</summary>
    public static async Task<string> OfServersAsync(CancellationToken cancellationToken)
    {
        var cases = BeforeOpenCases.All().Concat(WhileOpenCases.All()).Concat(SurroundingCases.All())
            .Where(fault => !fault.IsAlone && fault.Class != FaultCatalog.NoClass).ToList();
        var runs = await Task.WhenAll(cases.Select(fault => fault.ProduceAsync(cancellationToken)));
        Facts facts = new();
        foreach (var (fault, run) in cases.Zip(runs))
        {
            var (main, bottleneck) = (FailureReading.Main(run.Steps[^1].Result!), run.Judged().Bottleneck);
            facts.Add($"{fault}", new { Class = $"{main}", bottleneck.Side, bottleneck.Resource, bottleneck.Cause });
        }

        return facts.Written();
    }

    /// <summary>A ladder and the search after it, against a server with a cap.</summary>
    public static async Task<string> OfASearchAsync(CancellationToken cancellationToken)
    {
        await using var server = FaultServer.Start(LimitedServers.Cap(37));
        server.Go();
        var found = await Measuring.Search.Searches.RunAsync(
            TestPool.Options(server), [10, 50], null, cancellationToken);
        Facts facts = new();
        facts.Add("search", new
        {
            found.Limit, found.End.Kind, found.End.Low, found.End.High, found.Ended,
            Probes = found.Probes.Select(tried => new { tried.Kind, tried.Result.Sessions, tried.Result.Held }),
        });
        return facts.Written();
    }

    private static void Verdicts(Facts facts)
    {
        IEnumerable<TestCaseData> cases =
        [
            .. BottleneckCauseTests.Limits(), .. BottleneckCauseTests.Refined(), .. GroupRulesTests.Limits(),
            .. OutcomeTests.Runs(), .. OutcomeTests.Searches(),
        ];
        foreach (var (number, one) in cases.Index())
        {
            var run = one.Arguments[0] as RunEvidence ?? Given.Run(Given.Step(100, 100), (JudgedStep)one.Arguments[0]!);
            facts.Add($"verdict {number}", run.Judged());
            facts.Add($"verdict {number} required", run.Requiring(150).Judged());
            facts.Add($"verdict {number} at a size", (run with { AtSize = true }).Judged());
        }
    }

    private static void Searches(Facts facts)
    {
        string[] failures =
        [
            "HandshakeRejected(503)", "HandshakeRejected(429)", "HandshakeRejected(404)", "Refused", "ConnectReset",
            "TlsFailure", "IdleLost", "HarnessError", "EnvironmentFailure", "ClientLimit(fd)", "Interrupted",
        ];
        foreach (var failure in failures)
        {
            var cut = Given.Result(90, 50, failure) with { Failures = Given.Result(1, 1).Failures, Attempted = 50 };
            StepResult[] steps =
            [
                Given.Result(50, 30, failure), Given.Result(50, 0, failure) with { Opened = 50, CutOff = 50 },
                Given.Result(50, 0, failure) with { TargetAnswer = TargetAnswer.Gone },
                cut.Stopped(OpenStep.Interrupted),
                cut with { Stop = Support.Pool.EarlyStopKind.Deadline },
            ];
            foreach (var (number, step) in steps.Index())
            {
                facts.Add($"stop {failure} {number}", SearchStops.Of(step));
                facts.Add($"pace {failure} {number}", OpeningProbe.CouldMatter(step, new(10, null)));
                facts.Add($"judged {failure} {number}", StepJudge.Judge(step, Given.Threshold));
            }
        }
    }

    private static void Sizes(Facts facts)
    {
        var accepted = GivenSizes.Gated(990, 1000, 1010);
        SizeRun Run(int number, int limit, string? boundBy, BottleneckSide side = BottleneckSide.Server) =>
            GivenSizes.Run(GivenSizes.Middle, number, limit, boundBy, side);
        SizeEvidence[] all =
        [
            accepted, accepted.Requiring(5_000), GivenSizes.Gated(600, 610, 620).After(accepted),
            GivenSizes.Gated().TooLarge().After(accepted).Requiring(792),
            accepted with { Runs = [GivenSizes.Faulty(GivenSizes.Middle, 1)] },
            (accepted with { Runs = [GivenSizes.NotStarted(GivenSizes.Middle, 1), Run(2, 900, null)] }).After(accepted),
            accepted with { Runs = [Run(1, 900, "descriptors"), Run(2, 990, null, BottleneckSide.Client)] },
        ];
        foreach (var (number, evidence) in all.Index())
            facts.Add($"sizes {number}", evidence.Judged());
        facts.Add("lock file", JsonDocument.Parse(accepted.Text()).RootElement);
    }

    private static void Plans(Facts facts)
    {
        var run = Given.Run(Given.Step(100, 100), Given.Step(1000, 730));
        ScalingPlan[] plans =
        [
            PlanSamples.Plan(700), PlanSamples.Plan(null), PlanSamples.Plan(40, task: PlanSamples.SmallTask, opens: 55),
        ];
        foreach (var (number, plan) in plans.Index())
            facts.Add($"plan {number}", plan);
        foreach (var resource in Enum.GetValues<Resource>())
        {
            Bottleneck bottleneck = new(BottleneckSide.Server, "it ran out", [], "more") { Resource = resource };
            facts.Add($"estimate {resource}", PlanOf(run.Judged() with { Bottleneck = bottleneck }));
        }
    }

    private static ScalingPlan PlanOf(RunVerdict verdict) => ScalingPlanner.Plan(new()
    {
        Verdict = verdict,
        Plan = new() { MessageRate = 0 },
        Task = PlanSamples.SmallTask,
        IsOfThatSize = true,
    });

    private static void Files(Facts facts)
    {
        foreach (var (name, report) in SampleReports.All)
        {
            facts.Add($"capacity.json {name}", JsonDocument.Parse(DataJson.Render(report)).RootElement);
            // A failure and an error are kinds, and so is what is skipped; what they say is in attributes and texts.
            var junit = XDocument.Parse(JUnitReport.Render(report)).Descendants();
            facts.Add($"junit.xml {name}", junit.Select(element => element.Name.LocalName));
            var lines = report.Steps.Select(StepsLog.LineOf).ToList();
            facts.Add($"steps.jsonl {name}", lines.Select(line => JsonDocument.Parse(line).RootElement));
            facts.Add($"read back {name}", lines.Select(StepsLog.Read));
        }
    }
}
