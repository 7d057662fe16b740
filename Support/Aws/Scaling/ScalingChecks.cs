using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Support.Host;
using Support.Plan;

namespace Support.Aws.Scaling;

/// <summary>Compare what is deployed with the plan. What is critical misses a gate.</summary>
internal static partial class ScalingChecks
{
    private const string Expected = "answers of ECS, Application Auto Scaling and Elastic Load Balancing";

    /// <summary>The checks, in the order that they run and are reported in. Making the list reads nothing.</summary>
    /// <param name="deployed">What is deployed, null where no service is named; asked by each check.</param>
    /// <param name="plan">What it is to agree with; asked by each check.</param>
    /// <param name="folder">Where the plan's policies are, for the commands.</param>
    /// <param name="given">What <see cref="ScalingCase.Given"/> is. Default: none.</param>
    public static ImmutableArray<DeferredCheck> For(
        Func<CancellationToken, Task<Reading<DeployedScaling>?>> deployed, Func<ScalingPlan> plan,
        string folder = "reports/latest/scaling", ImmutableHashSet<string>? given = null)
    {
        return
        [
            .. ScalingRules.All.Select(rule => new DeferredCheck(
                rule.Id, rule.Title, async token => Answer(rule.Check, await deployed(token).ConfigureAwait(false)))),
        ];

        Answer Answer(Func<ScalingCase, Answer>? check, Reading<DeployedScaling>? reading) => reading switch
        {
            null => NoService,
            _ when check is null => OfReading(reading),
            { Value: { } facts } => check(new(facts, plan(), folder) { Given = given ?? [] }),
            _ => ScalingCase.NotRead(Expected),
        };
    }

    private static Answer NoService { get; } =
        Answer.NotApplicable("a service under test", "Aws.Service is not set");

    // One warning for one fault: the checks that it leaves without an answer say so and no more.
    private static Answer OfReading(Reading<DeployedScaling> reading)
    {
        AwsFault?[] faults = [reading.Fault, reading.Value?.AutoScaling.Fault, reading.Value?.LoadBalancing.Fault];
        return faults.OfType<AwsFault>().ToImmutableArray() is { IsEmpty: false } found
            ? OfFaults(found)
            : Answer.Passed(Expected, reading.Value!.ResourceId);
    }

    private static Answer OfFaults(ImmutableArray<AwsFault> faults) =>
        Answer.Warning(
            Expected, WithoutAccount(string.Join("; ", faults)),
            WithoutAccount(string.Join(" ", faults.Select(fault => fault.Next).Distinct())));

    // AWS names the caller by its ARN, and findings stand in public job summaries.
    private static string WithoutAccount(string text) => Account().Replace(text, ":ACCOUNT:");

    [GeneratedRegex(@":\d{12}:")]
    private static partial Regex Account();
}

/// <summary>The checks of scaling, in the order of the report; <c>docs/checks.md</c> is made of them.</summary>
internal static class ScalingRules
{
    public static ImmutableArray<ScalingRule> All { get; } =
    [
        new(
            "Api", "AWS answers about the scaling of the service", "",
            "a call fails or is not allowed; what rests on it is not applicable", null),
        new(
            "Bounds", "Scaling may start as many tasks as are planned", "the maximum is below the planned tasks",
            "nothing is registered and too few run; the minimum is below the plan's; scaling is suspended",
            CountChecks.Bounds),
        new(
            "ConnectionsPolicy", "Scaling target is at most the safe limit of a task",
            "the target is above the safe limit; connections of all tasks are tracked as if of one",
            "no policy on connections; a target above the plan's; a safe limit that is a lower bound; "
                + "a metric not understood, of another load balancer, or one is missing",
            PolicyChecks.Connections),
        new(
            "ResponseTimePolicy", "Scaling on response time has the limit in seconds",
            "a hundred times `Plan.ResponseTime`: milliseconds in place of seconds",
            "above `Plan.ResponseTime`, or not understood", PolicyChecks.ResponseTime),
        new(
            "DesiredCount", "Desired count lies within the bounds of scaling",
            "nothing starts tasks, and fewer than planned are desired",
            "outside the bounds; nothing starts tasks, and 1 is desired, as for a measurement", CountChecks.Desired),
        new(
            "Deployment", "Deployments leave enough tasks running", "the tasks that stay cannot hold the target",
            "minimumHealthyPercent is below `Plan.MinimumHealthyPercent`", CountChecks.Deployment),
        new(
            "DeregistrationDelay", "Tasks that are taken out give clients time to move", "",
            "shorter than `Plan.ReconnectWithin`; longer than that and 300 s", BalancingChecks.Delay),
        new(
            "IdleTimeout", "Load balancer keeps idle connections open", "no longer than `Plan.PingInterval`",
            "shorter than twice `Plan.PingInterval`", BalancingChecks.Idle),
        new(
            "HealthGrace", "Health checks wait until clients are back", "",
            "set, and shorter than `Plan.ReconnectWithin`; 0 s is that of `Service.HealthGrace`",
            BalancingChecks.Grace),
    ];
}

/// <summary>What one check of scaling asks, in words.</summary>
/// <param name="Name">The end of its id.</param>
/// <param name="Title">What is checked, at most 70 characters.</param>
/// <param name="Critical">When it misses a gate; empty: never.</param>
/// <param name="Warning">When it is shown and misses none.</param>
/// <param name="Check">Compares; null for the check of the reading itself.</param>
internal sealed record ScalingRule(
    string Name, string Title, string Critical, string Warning, Func<ScalingCase, Answer>? Check)
{
    /// <summary>Stable and unique, as in <c>Scaling.Bounds</c>.</summary>
    public string Id => $"Scaling.{Name}";
}
