using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Host;

namespace Support.Plan.Scaling;

/// <summary>One file of <c>scaling/</c> among the reports, with LF line ends and a final one.</summary>
internal sealed record ScalingFile(string Name, string Text);

/// <summary>A plan as files that AWS takes: the templates of this folder, filled. Pure.</summary>
internal static class ScalingFiles
{
    private const int LongestService = 110;

    // Files for AWS and for people, never pasted into HTML: signs of other scripts stay readable.
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// None where nobody asked for the plan, where it is in doubt, and where it says no number of tasks, or one that no
    /// API takes (32 bits). Placeholders stand in for names that are not known, and for another kind of load balancer.
    /// </summary>
    public static ImmutableArray<ScalingFile> Of(ScalingPlan plan, ScalingScope scope)
    {
        if (!plan.IsAskedFor || plan.Doubt is not null || Values(plan, scope) is not { } values)
            return [];
        var template = new Template(values);
        var resources = new ScalingTemplate(template.Json(ScalingFileNames.Template), scope.OfApplication());
        return
        [
            .. ScalingFileNames.Resources.Select(file =>
                new ScalingFile(file.Name, Text(resources.ForCli(file.Resource)))),
            new(ScalingFileNames.Template, Text(resources.ForCloudFormation())),
            new(ScalingFileNames.Commands, template.Shell(ScalingFileNames.Commands)),
            new(ScalingFileNames.Readme, template.Markdown(ScalingFileNames.Readme)),
        ];
    }

    /// <summary>What the templates' names stand for; null where the plan has no number for one of them.</summary>
    internal static ImmutableDictionary<string, object>? Values(ScalingPlan plan, ScalingScope scope)
    {
        if (plan is not { Minimum: { } minimum, Desired: { } desired and <= int.MaxValue, Maximum: { } maximum,
            TargetPerTask: { } target, ConnectionsPerTask: { } safe })
            return null;
        var known = scope.OfApplication();
        string[] unknown = [.. known.Names.Where(name => !known.IsKnown(name))];
        return new Dictionary<string, object>
        {
            ["targetConnections"] = plan.TargetConnections,
            ["minimum"] = (int)minimum,
            ["desired"] = (int)desired,
            ["maximum"] = (int)Math.Min(maximum, int.MaxValue),
            ["targetPerTask"] = target,
            ["safeLimit"] = safe,
            ["isLowerBound"] = plan.IsLowerBound,
            ["responseSeconds"] = plan.Settings.ResponseTime.TotalSeconds,
            ["responseMilliseconds"] = plan.Settings.ResponseTime.TotalMilliseconds,
            ["needs"] = string.Join('\n',
                plan.Needs.Select(need => $"| {Name(need.Kind)} | {Words.Count(need.Tasks)} | {need.Basis} |")),
            ["region"] = known.Region ?? "",
            ["cluster"] = known.Of(ScalingScope.ClusterName),
            ["service"] = known.Of(ScalingScope.ServiceName),
            ["loadBalancer"] = known.Of(ScalingScope.LoadBalancerName),
            ["alarms"] = known.AlarmEnd,
            ["namespace"] = known.Namespace,
            ["balancers"] = known.Balancers,
            ["hasSeveralBalancers"] = known.Balancers > 1,
            ["hasOtherKind"] = scope.HasOtherKind,
            ["hasNoTargetGroup"] = known.TargetGroup is null,
            ["hasUnknown"] = unknown.Length > 0,
            ["unknown"] = string.Join(", ", unknown.Select(name => $"`{known.Of(name)}`")),
            ["perTask"] = ScalingTemplate.PerTask(known, isFilled: false),
            ["perTaskFilled"] = ScalingTemplate.PerTask(known, isFilled: true),
            ["rejectedOfAll"] = ScalingTemplate.RejectedOfAll(known),
            ["stack"] = $"websocket-scaling-{StackEnd(known.Service)}",
            ["overrides"] = unknown.Length == 0
                ? ""
                : $" --parameter-overrides {string.Join(' ', unknown.Select(name => $"{name}=…"))}",
        }.ToImmutableDictionary();
    }

    // A stack's name has letters, digits and hyphens, at most 128 (CloudFormation API reference, CreateStack).
    private static string StackEnd(string? service) =>
        new([.. (service ?? "SERVICE").Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-')
            .Take(LongestService)]);

    private static string Name(PlanNeedKind kind) => kind switch
    {
        PlanNeedKind.Buffer => "more connections than planned",
        PlanNeedKind.Deployment => "a deployment",
        PlanNeedKind.ZoneLost => "a lost availability zone",
        PlanNeedKind.Reconnect => "all clients reconnect at once",
        _ => "the scaling target per task",
    };

    private static string Text(JsonObject json) => $"{json.ToJsonString(Options)}\n";
}
