using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Plan;

namespace Support.Plan.Scaling;

/// <summary>A plan as files that AWS takes. Pure.</summary>
public static class ScalingFiles
{
    // Files for AWS and for people, never pasted into HTML: signs of other scripts stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The files of <see cref="ScalingScope.Folder"/>; none where nobody asked for the plan, where it is in doubt, and where it says
    /// no number of tasks, or one that no API takes (32 bits).
    /// </summary>
    /// <param name="plan">The numbers.</param>
    /// <param name="scope">The names; placeholders stand in for those that are not known, and for a load balancer that is no application load balancer.</param>
    public static ImmutableArray<ScalingFile> Of(ScalingPlan plan, ScalingScope scope)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scope);
        if (!plan.IsAskedFor || plan.Doubt is not null || ScalingFigures.Of(plan) is not { } figures)
            return [];
        var known = scope.OfApplication();
        var names = new LiteralNames(known);
        var (policies, alarms) = (new ScalingPolicies(figures, names), new ScalingAlarms(figures, names));
        return
        [
            Json(ScalingFileNames.Target, policies.Target()),
            Json(ScalingFileNames.ConnectionsPolicy, policies.Connections()),
            Json(ScalingFileNames.ResponseTimePolicy, policies.ResponseTime()),
            Json(ScalingFileNames.EchoTimePolicy, policies.EchoTime()),
            Json(ScalingFileNames.ConnectionsAlarm, alarms.Connections()),
            Json(ScalingFileNames.ResponseTimeAlarm, alarms.ResponseTime()),
            Json(ScalingFileNames.EchoTimeAlarm, alarms.EchoTime()),
            Json(ScalingFileNames.RejectedAlarm, alarms.Rejected()),
            Json(ScalingFileNames.AtMaximumAlarm, alarms.AtMaximum()),
            Json(ScalingFileNames.Template, ScalingTemplate.Of(figures, known)),
            new(ScalingFileNames.Commands, ScalingCommands.Of(figures, known)),
            new(ScalingFileNames.Readme, ScalingReadme.Of(plan, figures, scope)),
        ];
    }

    private static ScalingFile Json(string name, JsonObject json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
            json.WriteTo(writer);
        return new(name, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }
}
