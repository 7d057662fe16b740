using Support.Ecs;
using Support.Host;
using Support.Measuring.Search;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>Runs whose plan is what the reader is after.</summary>
internal static class SampleScalings
{
    private const string Mend =
        "aws application-autoscaling put-scaling-policy --cli-input-json file://connections-policy.json";

    /// <summary>Everything that a run in ECS can tell: 2,000 are safe; what is deployed does not agree.</summary>
    public static CapacityReport Eight()
    {
        var report = SampleReports.EightSteps();
        return report with
        {
            Verdict = report.Verdict with
            {
                SafeLimit = 2000,
                MaxReliable = 2000,
                PeakConnections = 2500,
                Exact = new ExactLimit(2500, 2510),
            },
            Task = new TaskMetadata.Read(SampleTasks.Fargate),
            Service = SampleServices.Metrics,
            Publications = SampleServices.Published,
            Plan = SamplePlans.EightTasks with { IsAskedFor = true },
            ScalingFiles = SamplePlans.Files,
            Deployed =
            [
                new(
                    "Scaling.Target",
                    "Scaling keeps a task at no more than the plan",
                    CheckOutcome.Critical,
                    "1,333 connections a task or less",
                    "2,400 (policy chat-connections), above the safe limit of 2,000",
                    Mend),
                new("Scaling.Minimum", "The least number of tasks is the plan's", CheckOutcome.Warning, "3", "1",
                    "aws application-autoscaling register-scalable-target "
                    + "--cli-input-json file://scalable-target.json"),
                new("Scaling.IdleTimeout", "The load balancer waits longer than clients are silent",
                    CheckOutcome.Passed, "more than 30 s", "60 s", ""),
            ],
        };
    }

    public static CapacityReport Thousands() =>
        Eight() with { Plan = SamplePlans.Thousands with { IsAskedFor = true }, Deployed = [] };

    public static CapacityReport One() =>
        Eight() with { Plan = SamplePlans.OneTask with { IsAskedFor = true }, ScalingFiles = [], Deployed = [] };
}
