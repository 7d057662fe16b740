using System.Text.Json.Nodes;
using Support.Plan;
using Support.Plan.Scaling;

namespace Support.Tests.Plan.Scaling;

/// <summary>The seed's service: 10,000 connections on tasks that hold 2,000 safely.</summary>
internal static class ScalingSamples
{
    public static ScalingPlan Plan { get; } = new(10_000, 2_000, 1.2, 6)
    {
        IsAskedFor = true,
        Needs =
        [
            new(PlanNeedKind.Buffer, 6, "10,000 ÷ 2,000 × 1.2 = 6"),
            new(PlanNeedKind.Deployment, 5, "100 % of 5 keep running"),
            new(PlanNeedKind.ZoneLost, 8, "8 − 3 = 5 are left of 3 zones"),
        ],
        Minimum = 3,
        Maximum = 10,
        TargetPerTask = 1_333,
        OpensPerSecond = 900,
    };

    /// <summary>Every name.</summary>
    public static ScalingScope Scope { get; } = new()
    {
        Cluster = "main",
        Service = "chat",
        LoadBalancer = "app/my-alb/50dc6c495c0c9188",
        TargetGroup = "targetgroup/chat/6d0ecf831eec9f09",
        Region = "eu-west-1",
    };

    public static string Text(string name, ScalingScope? scope = null) =>
        ScalingFiles.Of(Plan, scope ?? Scope).Single(file => file.Name == name).Text;

    public static JsonObject Json(
        string name, ScalingScope? scope = null) => JsonNode.Parse(Text(name, scope))!.AsObject();
}
