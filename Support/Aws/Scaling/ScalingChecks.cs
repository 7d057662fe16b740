using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Support.Host;
using Support.Plan;

namespace Support.Aws.Scaling;

/// <summary>
/// The checks that compare what is deployed with the plan. What is critical misses a gate: the service does not hold
/// what it is planned for.
/// </summary>
internal static partial class ScalingChecks
{
    private const string Expected = "answers of ECS, Application Auto Scaling and Elastic Load Balancing";

    /// <summary>The checks, in the order that they run and are reported in. Making the list reads nothing.</summary>
    /// <param name="deployed">
    /// Gives what is deployed, null where no service is named; asked by each check, so it reads once and remembers, as
    /// <see cref="Deployed.DeployedContext.ScalingAsync"/>.
    /// </param>
    /// <param name="plan">Gives what it is to agree with; asked by each check.</param>
    /// <param name="folder">
    /// Where the files of the plan's policies are, for the commands. Default: <c>reports/latest/scaling</c>.
    /// </param>
    /// <param name="given">
    /// The settings that the user gave: what rests on another's default is a warning and misses no gate. Default: none.
    /// </param>
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
        new(CheckOutcome.NotApplicable, "a service under test", "Aws.Service is not set");

    // One warning for one fault: the checks that it leaves without an answer say so and no more.
    private static Answer OfReading(Reading<DeployedScaling> reading)
    {
        AwsFault?[] faults = [reading.Fault, reading.Value?.AutoScaling.Fault, reading.Value?.LoadBalancing.Fault];
        return faults.OfType<AwsFault>().ToImmutableArray() is { IsEmpty: false } found
            ? OfFaults(found)
            : new(CheckOutcome.Passed, Expected, reading.Value!.ResourceId);
    }

    private static Answer OfFaults(ImmutableArray<AwsFault> faults) =>
        new(
            CheckOutcome.Warning, Expected, WithoutAccount(string.Join("; ", faults)),
            WithoutAccount(string.Join(" ", faults.Select(fault => fault.Next).Distinct())));

    // AWS names the caller by its ARN, and findings stand in public job summaries.
    private static string WithoutAccount(string text) => Account().Replace(text, ":ACCOUNT:");

    [GeneratedRegex(@":\d{12}:")]
    private static partial Regex Account();
}
