using System.Collections.Immutable;
using NUnit.Framework;
using Support.Aws.Scaling;
using Support.Host;
using Support.Plan;
using static Support.Tests.Aws.Scaling.ScalingSamples;

namespace Support.Tests.Aws.Scaling;

/// <summary>What is deployed, a fault at a time, and what the checks of scaling say of it.</summary>
internal static class ScalingCheckCases
{
    public static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("Bounds", "good", Good, CheckOutcome.Passed, "3 to 10 tasks");
        yield return Case("Bounds", "maximum below the plan", Good with { AutoScaling = Scaled(new(2, 7, [])) },
            CheckOutcome.Critical, "2 to 7 tasks", "--min-capacity 3 --max-capacity 10");
        yield return Case("Bounds", "minimum below the plan", Good with { AutoScaling = Scaled(new(2, 20, [])) },
            CheckOutcome.Warning, "2 to 20 tasks", "--min-capacity 3 --max-capacity 20");
        yield return Case("Bounds", "suspended", Good with { AutoScaling = Scaled(new(3, 10, ["scaling out"])) },
            CheckOutcome.Warning, "suspended: scaling out", "DynamicScalingOutSuspended=false");
        yield return Case(
            "Bounds",
            "none, and too few",
            Good with { AutoScaling = Scaled(null) },
            CheckOutcome.Warning,
            "nothing is registered, so the service stays at 3 tasks",
            "register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount "
            + "--resource-id service/main/chat --min-capacity 3 --max-capacity 10");
        yield return Case("Bounds", "none, and enough", Good with { AutoScaling = Scaled(null), Desired = 8 },
            CheckOutcome.Passed, "which are enough");
        yield return Case("DesiredCount", "between", Good, CheckOutcome.Passed, "3 desired");
        yield return Case("DesiredCount", "below the bounds", Good with { Desired = 1 }, CheckOutcome.Warning,
            "1 desired", "aws ecs update-service --cluster main --service chat --desired-count 3");
        yield return Case("DesiredCount", "above the bounds", Good with { Desired = 11 }, CheckOutcome.Warning,
            "11 desired", "--desired-count 10");
        yield return Case("DesiredCount", "fixed, too few", Good with { AutoScaling = Scaled(null), Desired = 7 },
            CheckOutcome.Critical, "7 desired", "--desired-count 8");
        yield return Case("DesiredCount", "fixed, enough", Good with { AutoScaling = Scaled(null), Desired = 8 },
            CheckOutcome.Passed, "8 desired");
        yield return Case(
            "DesiredCount",
            "fixed, one is measured",
            Good with { AutoScaling = Scaled(null), Desired = 1 },
            CheckOutcome.Warning,
            "1 task runs, as for a measurement",
            "After it: Start the rest: aws ecs update-service --cluster main --service chat --desired-count 8");
        yield return Case(
            "DesiredCount",
            "no policy",
            Good with { AutoScaling = Scaled(new(3, 10, [])) },
            CheckOutcome.Critical,
            "3 desired",
            "Put the plan's policy: aws application-autoscaling put-scaling-policy --cli-input-json "
            + "file://reports/latest/scaling/connections-policy.json");
        yield return Case(
            "DesiredCount",
            "no policy, and enough",
            Good with { AutoScaling = Scaled(new(3, 10, [])), Desired = 8 },
            CheckOutcome.Passed,
            "8 desired");
        yield return Case(
            "DesiredCount",
            "no policy, above the bounds",
            Good with { AutoScaling = Scaled(new(3, 10, [])), Desired = 11 },
            CheckOutcome.Warning,
            "11 desired",
            "--desired-count 10");
        yield return Case(
            "DesiredCount",
            "held",
            Good with { AutoScaling = Scaled(new(3, 10, ["scaling out"]), Calculated("conns / tasks", 2_666)) },
            CheckOutcome.Critical,
            "3 desired",
            "Let scaling go on: aws application-autoscaling register-scalable-target");
        yield return Case(
            "DesiredCount",
            "only scaling in is held",
            Good with { AutoScaling = Scaled(new(3, 10, ["scaling in"]), Calculated("conns / tasks", 2_666)) },
            CheckOutcome.Passed,
            "3 desired");
        yield return Case("Deployment", "good", Good, CheckOutcome.Passed, "100 %");
        yield return Case(
            "Deployment",
            "enough stay",
            Good with { MinimumHealthyPercent = 60 },
            CheckOutcome.Warning,
            "of 8 tasks 5 stay in a deployment; 10,000 connections at 2,000 per task want 5",
            "minimumHealthyPercent=100,maximumPercent=200");
        yield return Case("Deployment", "too few stay", Good with { MinimumHealthyPercent = 50 }, CheckOutcome.Critical,
            "of 8 tasks 4 stay");
        yield return Case(
            "Deployment",
            "fixed",
            Good with { MinimumHealthyPercent = 50, AutoScaling = Scaled(null), Desired = 10 },
            CheckOutcome.Warning,
            "of 10 tasks 5 stay");
        yield return Case("Deployment", "not told", Good with { MinimumHealthyPercent = null },
            CheckOutcome.NotApplicable, "not known: ECS did not return minimumHealthyPercent");
        yield return Case(
            "Deployment",
            "one is measured",
            Good with { MinimumHealthyPercent = 60, AutoScaling = Scaled(null), Desired = 1 },
            CheckOutcome.Warning,
            "of 8 tasks 5 stay");
        yield return Case("HealthGrace", "good", Good, CheckOutcome.Passed, "60 s");
        yield return Case("HealthGrace", "short", Good with { HealthCheckGraceSeconds = 59 }, CheckOutcome.Warning,
            "59 s", "--health-check-grace-period-seconds 60");
        yield return Case("HealthGrace", "none", Good with { HealthCheckGraceSeconds = null },
            CheckOutcome.NotApplicable, "0 s: Service.HealthGrace says what to do");
        yield return Case("HealthGrace", "no load balancer", Good with { TargetGroupArns = [] },
            CheckOutcome.NotApplicable, "no load balancer");
        yield return Case(
            "DeregistrationDelay", "good", Good, CheckOutcome.Passed, "targetgroup/chat/73e2d6bc24d8a067: 120 s");
        yield return Case("DeregistrationDelay", "short", WithDelay(59), CheckOutcome.Warning, "cut off",
            "modify-target-group-attributes --target-group-arn \"$(aws elbv2 describe-target-groups --names chat "
            + "--query 'TargetGroups[0].TargetGroupArn' --output text)\" --attributes "
            + "Key=deregistration_delay.timeout_seconds,Value=60");
        yield return Case(
            "DeregistrationDelay", "long", WithDelay(301), CheckOutcome.Warning, "every deployment", "Value=300");
        yield return Case("DeregistrationDelay", "at its ends", WithDelay(300), CheckOutcome.Passed, "300 s");
        yield return Case("DeregistrationDelay", "not told", WithDelay(null), CheckOutcome.NotApplicable, "not known");
        yield return Case("DeregistrationDelay", "no target group", Good with { LoadBalancing = Balancing(null, null) },
            CheckOutcome.NotApplicable, "no target group");
        yield return Case("IdleTimeout", "good", WithIdle(60), CheckOutcome.Passed, $"{Balancer}: 60 s");
        yield return Case("IdleTimeout", "one ping late", WithIdle(59), CheckOutcome.Warning, "59 s",
            "modify-load-balancer-attributes --load-balancer-arn \"$(aws elbv2 describe-load-balancers --names chat "
            + "--query 'LoadBalancers[0].LoadBalancerArn' --output text)\" --attributes "
            + "Key=idle_timeout.timeout_seconds,Value=60");
        yield return Case(
            "IdleTimeout", "as the pings", WithIdle(30), CheckOutcome.Critical, "cut before its next ping", "Value=60");
        yield return Case("IdleTimeout", "has none", WithIdle(null), CheckOutcome.NotApplicable, "no such setting");
        yield return Case("IdleTimeout", "no load balancer", Good with { LoadBalancing = Balancing(null, null) },
            CheckOutcome.NotApplicable, "no load balancer");
    }

    public static IEnumerable<TestCaseData> Policies()
    {
        yield return Tracked(
            "good",
            CheckOutcome.Passed,
            "live has a target of 1,333 connections per task on average: conns / tasks at 2,666",
            "",
            Calculated("conns / tasks", 2_666));
        yield return Tracked("without room", CheckOutcome.Warning, "within the safe limit",
            """'{"TargetValue":2666,"ScaleInCooldown":300}'""", Calculated("conns / tasks", 4_000));
        yield return Tracked(
            "above the safe limit",
            CheckOutcome.Critical,
            "2,000.5 connections per task on average: conns / tasks at 4,001, above the safe limit of 2,000",
            """--policy-name live --policy-type TargetTrackingScaling --target-tracking-scaling-policy"""
            + """-configuration '{"TargetValue":2666,"ScaleInCooldown":300}'""",
            Calculated("conns / tasks", 4_001));
        yield return Tracked("half of both legs", CheckOutcome.Critical, "at 2,001", "\"TargetValue\":1333,",
            Calculated("conns / 2 / tasks", 2_001));
        yield return Tracked("the lowest of two holds", CheckOutcome.Passed, "1,333", "",
            Calculated("conns / tasks", 9_000), Calculated("own", 1_333));
        yield return Tracked(
            "its own metric",
            CheckOutcome.Passed,
            "WebSocketCapacity ConnectionsOpen is taken as the connections of one task",
            "",
            Single(1_333, "WebSocketCapacity", "ConnectionsOpen", "Average"));
        yield return Tracked(
            "of the load balancer",
            CheckOutcome.Critical,
            "above 2,000 in all, the count does not fall when tasks start: it would run to the maximum",
            "--policy-name live --cli-input-json file://reports/latest/scaling/connections-policy.json",
            Single(4_000, "AWS/ApplicationELB", "ActiveConnectionCount", "Sum", Balancer));
        yield return Tracked(
            "own of all tasks",
            CheckOutcome.Passed,
            "the connections of all tasks, of which each publishes once a minute",
            "",
            Own("own / tasks"));
        yield return Tracked(
            "own of all tasks, as if of one",
            CheckOutcome.Critical,
            "live tracks own, which counts the connections of all tasks",
            "Divide it",
            Own("own"));
        yield return Tracked("step scaling", CheckOutcome.Warning,
            "none of cpu tracks connections; steps not read: step scaling goes by its alarms", "Put the plan's policy",
            new DeployedPolicy { Name = "steps", Type = "StepScaling" }, new DeployedPolicy
            {
                Name = "cpu",
                Type = "TargetTrackingScaling",
                TargetValue = 50,
                Predefined = "ECSServiceAverageCPUUtilization",
            });
        yield return Tracked("not understood", CheckOutcome.Warning, "not understood: SUM(conns) / tasks", "by hand",
            Calculated("SUM(conns) / tasks", 1));
        yield return Tracked("of another load balancer", CheckOutcome.Warning, "it counts at app/other/1",
            "connections-policy.json", Policy(
                2_666, new("c", false)
                {
                    Namespace = "AWS/ApplicationELB",
                    Name = "ActiveConnectionCount",
                    Statistic = "Sum",
                    LoadBalancer = "app/other/1",
                }, Calculated("", 1).Metrics[1], new("e", true) { Expression = "c / tasks" }));
        yield return Tracked("upgrades", CheckOutcome.Warning, "counts upgrades", "then delete requests",
            new DeployedPolicy
            {
                Name = "requests",
                Type = "TargetTrackingScaling",
                TargetValue = 100,
                Predefined = "ALBRequestCountPerTarget",
            });
        yield return Tracked(
            "processor",
            CheckOutcome.Warning,
            "none of cpu tracks connections",
            "put-scaling-policy --cli-input-json file://reports/latest/scaling/connections-policy.json",
            new DeployedPolicy
            {
                Name = "cpu",
                Type = "TargetTrackingScaling",
                TargetValue = 50,
                Predefined = "ECSServiceAverageCPUUtilization",
            });
        yield return Tracked("none", CheckOutcome.Warning, "no policy", "connections-policy.json");
        yield return Time("none", CheckOutcome.NotApplicable, "no policy tracks TargetResponseTime", "",
            Calculated("conns / tasks", 1));
        yield return Time("good", CheckOutcome.Passed, "live tracks 0.5 s", "", OfTime(0.5));
        yield return Time("slow", CheckOutcome.Warning, "live tracks 0.6 s", "\"TargetValue\":0.5,", OfTime(0.6));
        yield return Time("milliseconds", CheckOutcome.Critical, "milliseconds in place of seconds",
            "\"TargetValue\":0.5,", OfTime(500));
        yield return Time(
            "a factor below that", CheckOutcome.Warning, "live tracks 49.9 s", "\"TargetValue\":0.5,", OfTime(49.9));
        yield return Time("calculated in milliseconds", CheckOutcome.Passed, "live tracks 0.5 s", "", Policy(
            500, OfTime(1).Metrics[0] with { Returned = false }, new("e", true) { Expression = "metric * 1000" }));
        yield return Time("not understood", CheckOutcome.Warning, "not understood", "by hand",
            Policy(500, OfTime(1).Metrics[0] with { Returned = false }, new("e", true) { Expression = "metric + 1" }));
    }

    private static DeployedPolicy OfTime(double target) =>
        Single(target, "AWS/ApplicationELB", "TargetResponseTime", "Average", Balancer);

    private static DeployedScaling WithDelay(int? seconds) =>
        Good with { LoadBalancing = Balancing(new(GroupArn, seconds), null) };

    public static DeployedScaling WithIdle(int? seconds) =>
        Good with { LoadBalancing = Balancing(null, new(BalancerArn, seconds)) };

    private static TestCaseData Tracked(
        string name, CheckOutcome outcome, string actual, string next, params DeployedPolicy[] policies) =>
        Case("ConnectionsPolicy", name, Good with { AutoScaling = Scaled(new(3, 10, []), [.. policies]) }, outcome,
            actual, next);

    private static TestCaseData Time(
        string name, CheckOutcome outcome, string actual, string next, params DeployedPolicy[] policies) =>
        Case("ResponseTimePolicy", name, Good with { AutoScaling = Scaled(new(3, 10, []), [.. policies]) }, outcome,
            actual, next);

    private static TestCaseData Case(
        string id, string name, DeployedScaling deployed, CheckOutcome outcome, string actual, string next = "") =>
        new TestCaseData(id, deployed, outcome, actual, next).SetArgDisplayNames(id, name);
}
