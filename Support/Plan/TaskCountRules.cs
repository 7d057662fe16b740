using System.Collections.Immutable;
using Support.Host;
using Support.Settings;

namespace Support.Plan;

/// <summary>The rules about limits and the number of tasks.</summary>
internal static class TaskCountRules
{
    private const int RuleTarget = 10_000;
    private const int RulePerTask = 2_000;
    private const int SafePercent = 80;

    internal static ImmutableArray<RuleOfThumb> Of(RuleContext context) => [Reliable(context), Safe(context), Tasks(context), Desired(context)];

    private static RuleOfThumb Reliable(RuleContext context) => new(
        "successThreshold", "What makes a number of connections reliable", "75 % of them succeed; 80 % in the variant for AWS",
        context.Verdict.Exact is { } exact ? $"{RuleContext.Number(exact.Holds)} held at 99 % (the exact limit); {Step(context)} at the threshold of the steps" : $"{Step(context)} at the threshold of the steps; no exact limit",
        null,
        "A step at 75 % turns every fourth client away. The steps keep that threshold (Ladder.Threshold), to find where it breaks; the exact limit asks for 99 %, and the safe limit is never above 80 % of what was held.");

    private static string Step(RuleContext context) => context.Verdict.MaxReliable is { } most ? RuleContext.Number(most) : "nothing";

    private static RuleOfThumb Safe(RuleContext context)
    {
        var (safe, reliable, held) = (context.Verdict.SafeLimit, context.Verdict.MaxReliable, context.Verdict.HeldAtOnce);
        var byRule = reliable is { } most ? (long)most * SafePercent / 100 : (long?)null;
        return new(
            "safeLimit", "Safe limit", "80 % of the highest reliable step",
            safe is { } limit && byRule is { } rule && held is { } there ? $"{RuleContext.Number(limit)}; the rule gives {RuleContext.Number(rule)}, and {RuleContext.Number(there)} were held at most" : "not measured",
            safe is null || byRule is null ? null : safe == byRule,
            "A step of 500 that is reliable at 75 % held 375, and 80 % of 500 are 400, which nothing held. So the safe limit is also at most 80 % of what was held at once, and of the exact limit.");
    }

    private static RuleOfThumb Tasks(RuleContext context)
    {
        var example = TaskCounts.Of(RuleTarget, new TaskStrength(RulePerTask, null, new PlanSettings { Zones = context.Settings.Zones, MinimumHealthyPercent = context.Settings.MinimumHealthyPercent }));
        var here = context.Plan.Desired is { } desired
            ? $"; here {RuleContext.Number(desired)} for {RuleContext.Number(context.Plan.TargetConnections)} at {RuleContext.Number(context.Plan.ConnectionsPerTask ?? 0)} a task"
            : "";
        return new(
            "tasksNeeded", "Tasks of a service", "10,000 ÷ 2,000 × 1.2 = 6", $"{RuleContext.Number(example.Desired)} for the same figures{here}",
            context.Plan is { TasksNeeded: { } needed, Desired: { } all } ? needed >= all : null,
            $"{string.Join("; ", example.Needs.Select(need => $"{Name(need.Kind)}: {need.Basis}"))}. The greatest counts, and a quotient is rounded up: the formula alone gives 4.2 tasks for 7,000. A buffer of 20 % is less than one of three zones.");
    }

    private static RuleOfThumb Desired(RuleContext context) => new(
        "desiredCount", "Setting the number of tasks", "aws ecs update-service --desired-count 6",
        context.Plan is { Desired: { } desired, Minimum: { } least, Maximum: { } most }
            ? $"{RuleContext.Number(desired)} at the peak; between {RuleContext.Number(least)} and {RuleContext.Number(most)} by scaling"
            : "not known: nothing was measured",
        false,
        "A desired count alone neither follows the load nor lasts: with a scaling policy the service goes back to what the policy says. Minimum and maximum belong to the scalable target (Application Auto Scaling user guide).");

    private static string Name(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "with the buffer",
        PlanNeedKind.Deployment => "for a deployment",
        PlanNeedKind.ZoneLost => "for the loss of a zone",
        PlanNeedKind.Reconnect => "for clients to come back",
        _ => "for scaling",
    };
}
