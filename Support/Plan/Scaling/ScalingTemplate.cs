using System.Text.Json.Nodes;

namespace Support.Plan.Scaling;

/// <summary>
/// The scalable target, policies and alarms of <c>Templates/cloudformation.json</c> for what is scaled: as a template
/// (CDK takes it with <c>CfnInclude</c>), and each resource as input of the AWS CLI. Pure.
/// </summary>
/// <remarks>
/// The template is that of one application load balancer and a target group that is known. RejectedAlarmOfSeveral takes
/// the place of RejectedAlarm where there are more. A policy's query has no period, an alarm's has one.
/// </remarks>
internal sealed class ScalingTemplate(JsonObject template, ScalingScope scope)
{
    /// <summary>The name of the policy on connections.</summary>
    public const string ConnectionsPolicyName = "websocket-connections-per-task";

    private const string Rejected = "RejectedAlarm";
    private const string RejectedOfSeveral = "RejectedAlarmOfSeveral";

    private readonly JsonObject template = ForScope(template, scope);

    /// <summary>Connections per task, from the queries <c>connections</c> and <c>tasks</c>.</summary>
    /// <remarks>
    /// A connection through a load balancer is two for it (load balancer guide, CloudWatch metrics). A minute without
    /// data is filled for a policy (Application Auto Scaling guide, sparse metrics): with 0 for it, a last minute that
    /// is only late would never let a policy scale out. An alarm knows itself. Several load balancers are always
    /// filled, for one without data would take the sum away.
    /// </remarks>
    public static string PerTask(ScalingScope scope, bool isFilled)
    {
        string[] terms = [.. scope.Numbered("connections")
            .Select(id => isFilled || scope.Balancers > 1 ? $"FILL({id}, REPEAT)" : id)];
        return $"{(terms.Length > 1 ? $"({string.Join(" + ", terms)})" : terms[0])} / 2 / tasks";
    }

    /// <summary>Rejected connections of several load balancers. One without data rejected nothing.</summary>
    public static string RejectedOfAll(ScalingScope scope) =>
        string.Join(" + ", scope.Numbered("rejected").Select(id => $"FILL({id}, 0)"));

    /// <summary>The template, with what is known as defaults: CloudFormation asks for the rest.</summary>
    public JsonObject ForCloudFormation()
    {
        var json = template.DeepClone().AsObject();
        foreach (var name in scope.Names.Where(scope.IsKnown))
            json["Parameters"]![name]!["Default"] = scope.Of(name);
        // CloudFormation makes a name where this one is too long.
        if (scope.AlarmEnd != scope.ServicePath)
        {
            foreach (var resource in json["Resources"]!.AsObject())
                resource.Value!["Properties"]!.AsObject().Remove("AlarmName");
        }

        return json;
    }

    /// <summary>With every name in place, as in <c>ConnectionsPolicy</c>.</summary>
    public JsonObject ForCli(string resource) => Named(template["Resources"]![resource]!["Properties"])!.AsObject();

    private JsonNode? Named(JsonNode? node) => node switch
    {
        JsonObject json when json["Ref"] is { } name => scope.Of(name.GetValue<string>()),
        JsonObject json when json["Fn::Sub"] is { } text => Path(text, scope.ServicePath),
        JsonObject json => new JsonObject(json.Select(member => KeyValuePair.Create(
            member.Key, member.Key == "AlarmName"
                ? Path(member.Value!["Fn::Sub"]!, scope.AlarmEnd)
                : Named(member.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Named)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode Path(JsonNode text, string end) =>
        text.GetValue<string>().Replace("${Cluster}/${Service}", end, StringComparison.Ordinal);

    private static JsonObject ForScope(JsonObject template, ScalingScope scope)
    {
        Balancers(template, scope);
        foreach (var metric in Objects(template).Where(json => json["MetricName"] is not null).ToArray())
        {
            var dimensions = metric["Dimensions"]!.AsArray();
            if (scope.TargetGroup is null)
                dimensions.RemoveAll(dimension =>
                    dimension!["Name"]!.GetValue<string>() == ScalingScope.TargetGroupName);
            if (metric["MetricName"]!.GetValue<string>() == EchoMetric.Name)
            {
                foreach (var (name, value) in scope.OtherDimensions)
                    dimensions.Add(new JsonObject { ["Name"] = name, ["Value"] = value });
            }
        }

        if (scope.TargetGroup is null)
            template["Parameters"]!.AsObject().Remove(ScalingScope.TargetGroupName);
        return template;
    }

    // A query for each load balancer beside that of the first, and a parameter.
    private static void Balancers(JsonObject template, ScalingScope scope)
    {
        var (parameters, resources) = (template["Parameters"]!.AsObject(), template["Resources"]!.AsObject());
        var several = resources[RejectedOfSeveral]!;
        resources.Remove(RejectedOfSeveral);
        if (scope.Balancers == 1)
            return;

        resources[Rejected] = several;
        foreach (var (index, name) in scope.Numbered(ScalingScope.LoadBalancerName).Index().Skip(1))
        {
            var at = parameters.IndexOf(ScalingScope.LoadBalancerName) + index;
            parameters.Insert(at, name, parameters[ScalingScope.LoadBalancerName]!.DeepClone());
            foreach (var queries in Objects(template).Select(json => json["Metrics"]).OfType<JsonArray>().ToArray())
            {
                var query = queries[0]!.DeepClone();
                query["Id"] = scope.Numbered(query["Id"]!.GetValue<string>()).ElementAt(index);
                query["MetricStat"]!["Metric"]!["Dimensions"]![0]!["Value"]!["Ref"] = name;
                queries.Insert(index, query);
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => Objects(member.Value)).Prepend(json),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };
}

/// <summary>
/// The suite's own metric of how long a ping takes to its pong over held connections: what <c>TargetResponseTime</c> is
/// not for WebSockets. It is in <c>Aws.Namespace</c>, with the dimensions <see cref="ClusterDimension"/>,
/// <see cref="ServiceDimension"/> and <see cref="ScalingScope.OtherDimensions"/>.
/// </summary>
internal static class EchoMetric
{
    /// <summary>The metric's name: the 95th percentile of a step's connections.</summary>
    public const string Name = "EchoTimeP95";

    public const string Unit = "Milliseconds";

    public const string ClusterDimension = "Cluster";

    public const string ServiceDimension = "Service";
}
