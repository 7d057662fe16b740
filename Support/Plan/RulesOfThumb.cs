using System.Collections.Immutable;

namespace Support.Plan;

/// <summary>The rules of thumb for WebSockets on AWS, each beside what was measured.</summary>
internal static class RulesOfThumb
{
    internal static ImmutableArray<RuleOfThumb> Of(ScalingPlan plan, PlanInput input) => [];
}
