using System.Collections.Immutable;
using System.Globalization;
using Support.Settings;
using Support.Verdict;

namespace Support.Plan;

/// <summary>The rules of thumb for WebSockets on AWS, each beside what was measured or is right. Sources are named in each reason.</summary>
internal static class RulesOfThumb
{
    internal static ImmutableArray<RuleOfThumb> Of(ScalingPlan plan, PlanInput input)
    {
        var context = new RuleContext(plan, input);
        return
        [
            .. MemoryRules.Of(context),
            .. ResourceRules.Of(context),
            .. BalancerRules.Of(context),
            .. TaskCountRules.Of(context),
            .. TaskSizeRules.Of(context),
        ];
    }
}

/// <summary>What the rules are held against.</summary>
internal sealed record RuleContext(ScalingPlan Plan, PlanInput Input)
{
    internal RunVerdict Verdict => Input.Verdict;

    internal PlanSettings Settings => Input.Plan;

    /// <summary>The instance that the rules are about.</summary>
    internal static MachineSize Medium => MachineSizes.Find("t3.medium")!;

    internal static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Whether what was held lies in the range; null where it was not measured, or is a lower bound below its end.</summary>
    internal bool? HeldIn(long from, long to) => Input.IsOfThatSize && Verdict.HeldAtOnce is { } held && !(Plan.IsLowerBound && held <= to)
        ? held >= from && held <= to
        : null;

    /// <summary>What was held, in words.</summary>
    internal string Held => Verdict.HeldAtOnce is not { } held ? "not measured"
        : Input.IsOfThatSize ? $"{(Plan.IsLowerBound ? "at least " : "")}{Number(held)} held"
        : "not measured at a task's size";
}
