using System.Collections.Immutable;
using Support.Ecs;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>A run against a service in ECS: its metrics, and what became of the evidence.</summary>
internal static class SampleServices
{
    private static readonly DateTimeOffset First = new(2026, 11, 15, 9, 30, 0, TimeSpan.Zero);

    public static ServiceMetrics Metrics { get; } = new()
    {
        Service = "prod/chat",
        LoadBalancer = "app/my-alb/50dc6c495c0c9188",
        From = First,
        Until = First.AddMinutes(5),
        LoadedMinutes = [First.AddMinutes(2)],
        Metrics =
        [
            new("CPUUtilization", "Average", "Percent")
            {
                Threshold = 80,
                EveryMinute = true,
                Note = "over all tasks of the service, of what they reserve",
                Points = [new(First, 3.25), new(
                    First.AddMinutes(1), 48.5), new(First.AddMinutes(2), 91.25), new(First.AddMinutes(4), 12)],
            },
            new("MemoryUtilization", "Maximum", "Percent")
            {
                Threshold = 80,
                EveryMinute = true,
                Note = "the fullest task of the service, of what it reserves",
                Points = [new(First, 31), new(First.AddMinutes(1), 42.75), new(
                    First.AddMinutes(2), 60), new(First.AddMinutes(3), 60.5), new(First.AddMinutes(4), 60)],
            },
            new("ActiveConnectionCount", "Sum", "Count")
            {
                Note = "counts both legs of a connection, so half of it is connections; in the minute of 09:32 UTC "
                    + "700 ÷ 2 = 350, and the run held 350",
                Points = [new(First.AddMinutes(2), 700)],
            },
            new("RejectedConnectionCount", "Sum", "Count") { Note = "reported only in minutes in which there was one" },
            new("TargetResponseTime", "Average", "Seconds")
            {
                Problem = "CloudWatch does not allow it to be read",
                Next = "Grant cloudwatch:GetMetricData to the task role (deploy/iam/task-role-policy.json).",
            },
        ],
    };

    public static ImmutableArray<Publication> Published { get; } =
    [
        new("metrics", PublicationOutcome.HandedOn, "CloudWatch namespace WebSocketCapacity, embedded metric format",
            "7 lines in metrics.emf.jsonl"),
        new("reports", PublicationOutcome.NotPublished, "s3://reports/capacity/20261115-093012-4f2a/",
            "measured, not published: 3 of 9 files are there: s3:PutObject: throttled", "Run again later."),
        new("metrics", PublicationOutcome.Published, "CloudWatch namespace WebSocketCapacity, PutMetricData",
            "94 values in 4 requests"),
    ];

    public static CapacityReport Over()
    {
        var report = SampleReports.LimitFound();
        return report with
        {
            Service = Metrics,
            Publications = Published,
            Verdict = report.Verdict with
            {
                Outcome = RunOutcome.Failed,
                Reasons = [.. ServiceJudge.Exceeded(Metrics)],
                Findings = ServiceJudge.Findings(
                    new() { Steps = report.Steps, Search = report.Search, Service = Metrics }),
            },
        };
    }

    public static CapacityReport NotRead()
    {
        var report = SampleReports.OneStep();
        var service = Metrics with
        {
            LoadBalancer = null,
            Metrics = [],
            Problem = "cloudwatch:GetMetricData: the caller has no permission. Allow it.",
        };
        return report with
        {
            Service = service,
            Verdict = RunJudge.Judge(new() { Steps = report.Steps, Service = service }),
        };
    }
}
