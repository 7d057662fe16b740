using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Plan;
using Support.Pool;
using Support.Reports;
using Support.Settings;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>Finished reports of every kind of run. Their figures are made up, and agree with each other.</summary>
internal static class SampleReports
{
    public static readonly DateTimeOffset Started = new(2026, 11, 15, 9, 30, 12, TimeSpan.Zero);

    public static IEnumerable<string> Names => All.Keys;

    public static IReadOnlyDictionary<string, CapacityReport> All { get; } =
        new SortedDictionary<string, CapacityReport>(StringComparer.Ordinal)
        {
            ["LimitFound"] = LimitFound(),
            ["Passed"] = Passed(),
            ["GateMissed"] = GateMissed(),
            ["Broken"] = Broken(),
            ["NothingAttempted"] = NothingAttempted(),
            ["EverythingNull"] = EverythingNull(),
            ["Hostile"] = Hostile(),
            ["OneStep"] = OneStep(),
            ["EightSteps"] = EightSteps(),
            ["ClientLimit"] = SampleLimits.ClientLimit(),
            ["Rebuilt"] = SampleLimits.Rebuilt(),
            ["Fargate"] = SampleTasks.OnFargate(),
            ["PlanEight"] = SampleScalings.Eight(),
            ["PlanThousands"] = SampleScalings.Thousands(),
            ["PlanOne"] = SampleScalings.One(),
            ["ServiceOver"] = SampleServices.Over(),
            ["ServiceNotRead"] = SampleServices.NotRead(),
            ["SizesRefused"] = SizeReports.Refused(),
            ["SizesNamed"] = SizeReports.Named(),
            ["SizesLocked"] = SizeReports.Locked(),
        };

    /// <summary>The run that the documents show: 350 of 500 held, the server answers 503 to the rest.</summary>
    public static CapacityReport LimitFound()
    {
        ImmutableArray<JudgedStep> steps =
        [
            SampleSteps.Reliable(1, 10, 10, 1.04), SampleSteps.Reliable(2, 25, 25, 1.05),
            SampleSteps.Reliable(3, 50, 50, 1.08), SampleSteps.Reliable(4, 100, 100, 1.12),
            SampleSteps.Reliable(5, 200, 200, 1.19), SampleSteps.Rejected(6, 500, 350, 1.47),
            SampleSteps.NotAttempted(1000, "not attempted: the limit was found at 500"),
        ];
        return Frame() with
        {
            Checks = SampleEnvironment.Checks,
            Ceilings = SampleEnvironment.Ceilings,
            SelfTest = SampleSearches.True,
            Steps = steps,
            Search = SampleSearches.HardCap,
            MemorySlopes = MemoryFit.FromSteps(steps),
            MemoryPredictions = MemoryFit.Predictions(steps),
            Verdict = new RunVerdict
            {
                Outcome = RunOutcome.Passed, LadderReliable = 200, MaxReliable = 350, PeakConnections = 350,
                SafeLimit = 280, Exact = new ExactLimit(351, 354) { Held = 350 },
                Bottleneck = new Bottleneck(
                    BottleneckSide.Server,
                    "The server answers 503 to every connection beyond 350.",
                    [
                        "150 of 500 handshakes were answered with 503, the first after 350 were open.",
                        "The suite used 512 of 65,535 descriptors and 14 % of one core.",
                    ],
                    "Raise the server's connection cap, or plan with 280 connections a task."),
            },
            Plan = SamplePlans.NinetyFiveTasks,
            ScalingFiles = SamplePlans.Files,
        };
    }

    public static CapacityReport Passed()
    {
        ImmutableArray<JudgedStep> steps = [.. new[] { 10, 25, 50, 100, 200, 500, 1000 }.Select(
            (sessions, index) => SampleSteps.Reliable(index + 1, sessions, sessions, 1.02 + (sessions * 0.0005)))];
        return LimitFound() with
        {
            Search = null,
            Steps = steps,
            MemorySlopes = MemoryFit.FromSteps(steps),
            MemoryPredictions = MemoryFit.Predictions(steps),
            Verdict = new RunVerdict
            {
                Outcome = RunOutcome.Passed,
                MaxReliable = 1000, PeakConnections = 1000, SafeLimit = 800, Exact = new ExactLimit(1000, null),
                Bottleneck = new Bottleneck(BottleneckSide.None, "every step held all of its connections.", [],
                    "Set Ladder.Steps higher to find the limit."),
            },
            Plan = SamplePlans.AtMostTwenty,
            ScalingFiles = [],
        };
    }

    public static CapacityReport GateMissed() => LimitFound() with
    {
        RequiredConnections = 500,
        Verdict = LimitFound().Verdict with
        {
            Outcome = RunOutcome.Failed,
            Reasons = ["350 of 500 held (70.0 %), threshold 75 %; Gate.RequiredConnections asks for 500"],
        },
    };

    public static CapacityReport Broken() => Frame() with
    {
        Complete = false,
        Interrupted = "SIGTERM",
        Checks = [SampleEnvironment.FewDescriptors, .. SampleEnvironment.Checks.Skip(1)],
        Ceilings = SampleEnvironment.Ceilings,
        Verdict = new RunVerdict
        {
            Outcome = RunOutcome.Broken,
            Reasons = [
                "The file descriptor limit of 256 does not cover the ladder: nothing measured here would be true.",
            ],
            Bottleneck = new Bottleneck(
                BottleneckSide.Client, "The suite may open 256 descriptors and needs 1,200.",
                ["/proc/self/limits: Max open files 256 (hard)"],
                "Raise nofile to 65,535, in a task definition under ulimits."),
        },
    };

    public static CapacityReport NothingAttempted() => Frame() with
    {
        Steps = [
            SampleSteps.NotAttempted(10, "not attempted: no case of the ladder was selected"),
            SampleSteps.NotAttempted(25, null),
        ],
        Verdict = new RunVerdict
        {
            Outcome = RunOutcome.NotAttempted,
            Reasons = ["No step was attempted, so nothing is known about the server. Run without a filter."],
            Bottleneck = new Bottleneck(BottleneckSide.None, "", [], "Run the whole suite."),
        },
    };

    /// <summary>As little as the types allow: what is left when the settings could not be read.</summary>
    public static CapacityReport EverythingNull() => new()
    {
        Complete = true,
        Run = new RunFacts("20261115-093012-4f2a", Started, 0.2, "progressive", 0.75, "1.0.0"),
        Target = new TargetFacts("not known", false),
        Verdict = new RunVerdict
        {
            Outcome = RunOutcome.Broken,
            Reasons = ["Target.Url is 'http://example', and ws:// or wss:// is allowed. "
                + "Set it as Target.Url or CAPACITY_TARGET_URL."],
            Bottleneck = new Bottleneck(
                BottleneckSide.Configuration, "A setting is not valid.", [], "Correct Target.Url."),
        },
        Plan = new ScalingPlan(10_000, null, 1.2, null),
    };

    /// <summary>Every text that comes from outside tries to leave its place.</summary>
    public static CapacityReport Hostile()
    {
        const string Evil = "</title></style><script>alert('x')</script> | `code` [a](b) \"q\" & \u0000\u001b[31m\r\n"
            + "line two \ud800 ]]> \u2028end";
        var step = SampleSteps.Rejected(1, 10, 7, 1);
        var result = step.Result! with
        {
            Failures = Classes.Of(("HandshakeRejected(<b>)", 2), ("ß|z", 1)),
            Examples = Classes.Of(("HandshakeRejected(<b>)", Evil)),
            Seconds = double.NaN,
            StoppedEarly = Evil,
        };
        return LimitFound() with
        {
            Interrupted = Evil,
            Complete = false,
            Run = Frame().Run with { Id = Evil, Profile = Evil, Version = Evil, Seconds = double.PositiveInfinity },
            Target = new TargetFacts("ws://host/" + Evil, false),
            Settings = [new RedactedSetting("Target.Url", Evil, Evil), new RedactedSetting(Evil, Evil, "default")],
            Checks = [
                new Finding("Environment.Evil", Evil, CheckOutcome.Warning, Evil, Evil, Evil),
                new Finding("Environment.None", "", CheckOutcome.NotApplicable, "", "", ""),
            ],
            Ceilings = new CeilingTable([new Ceiling(Resource.Memory, Evil, "client", null, Evil, Evil)]),
            SelfTest = new SelfTestResult([new SelfTestReading(Evil, Evil, Evil, double.NaN, Evil)], double.NaN),
            Steps = [step with
            {
                Reason = Evil,
                Result = result with { Addresses = [new AddressCount(Evil, 5, 3), new AddressCount(Evil, 5, 0)] },
            }],
            Search = SampleSearches.HardCap with { Ended = Evil, Seconds = double.NaN },
            Rebuilt = new RebuiltFrom(Evil, null, 10, null, false, Evil),
            Service = SampleServices.Metrics with { Service = Evil, LoadBalancer = Evil, Metrics = [new ServiceMetric(
                Evil, Evil, Evil) { Note = Evil, Problem = Evil, Points = [new MetricPoint(Started, double.NaN)] }] },
            Publications = [new Publication(Evil, PublicationOutcome.NotPublished, Evil, Evil, Evil)],
            Plan = SamplePlans.Hostile(Evil),
            ScalingFiles = [Evil, "commands.sh"],
            Deployed = [new Finding("Scaling.Evil", Evil, CheckOutcome.Critical, Evil, Evil, Evil)],
            Sizes = SizeReports.Hostile(Evil),
            MemorySlopes = [],
            MemoryPredictions = [],
            Verdict = LimitFound().Verdict with
            {
                Outcome = RunOutcome.Failed,
                Reasons = [Evil],
                Findings = [new Finding("Counts.Evil", Evil, CheckOutcome.Warning, Evil, Evil, Evil)],
                Bottleneck = new Bottleneck(BottleneckSide.Path, Evil, [Evil], Evil),
            },
        };
    }

    public static CapacityReport OneStep()
    {
        var steps = LimitFound().Steps.Take(1).ToImmutableArray();
        return Passed() with
        {
            Steps = steps,
            MemorySlopes = MemoryFit.FromSteps(steps),
            MemoryPredictions = MemoryFit.Predictions(steps),
            Verdict =
                Passed().Verdict with { MaxReliable = 10, PeakConnections = 10, SafeLimit = 8, Exact = new ExactLimit(
                    10, null) },
            Plan = new ScalingPlan(10_000, 8, 1.2, 1500),
        };
    }

    /// <summary>The <c>aws</c> profile: 5,000 at its top, several classes of failure there.</summary>
    public static CapacityReport EightSteps()
    {
        ImmutableArray<JudgedStep> steps =
        [
            .. new[] { 10, 50, 100, 200, 500, 1000, 2000 }.Select((sessions, index) => SampleSteps.Reliable(
                index + 1, sessions, sessions - (sessions / 400), 1.02 + (sessions * 0.0006))),
            SampleSteps.Troubled(SampleSteps.Mixed(8, 5000, 3120, 48.31)),
        ];
        return LimitFound() with
        {
            Run = Frame().Run with { Profile = "aws", Threshold = 0.8, Seconds = 92.4 },
            Target = new TargetFacts("wss://chat.example.com/socket?token=(secret)", false),
            Steps = steps,
            MemorySlopes = MemoryFit.FromSteps(steps),
            MemoryPredictions = MemoryFit.Predictions(steps),
            Verdict = LimitFound().Verdict with
            {
                LadderReliable = 2000,
                MaxReliable = 2000,
                Opening = OpeningLimit.Rate,
                PeakConnections = 4998,
                SafeLimit = 1600,
                Exact = new ExactLimit(2735, null) { Held = 2720 },
            },
            Search = SampleSearches.Paced,
            Plan = SamplePlans.ElevenTasks,
            ScalingFiles = [],
        };
    }

    private static CapacityReport Frame() => new()
    {
        Complete = true,
        Run = new RunFacts("20261115-093012-4f2a", Started, 27.84, "progressive", 0.75, "1.0.0"),
        Target = new TargetFacts("ws://127.0.0.1:41873/", true),
        Settings =
        [
            new("Target.Url", "embedded", "default"), new("Target.Headers", "Authorization: (secret)", "environment"),
            new("Ladder.Profile", "progressive", "default"),
            new("Ladder.Steps", "10, 25, 50, 100, 200, 500, 1000", "default"),
            new("Ladder.Threshold", "75%", "default"), new("Gate.RequiredConnections", "none", "default"),
            new("Reports.Directory", "reports/latest", "parameter"),
        ],
        Verdict = new RunVerdict
        {
            Outcome = RunOutcome.NotAttempted,
            Bottleneck = new Bottleneck(BottleneckSide.None, "", [], ""),
        },
        Plan = new ScalingPlan(10_000, null, 1.2, null),
    };
}
