using System.Text.Json.Nodes;

namespace Support.Tests.Docs;

/// <summary>
/// What holds of the values in <c>capacity.json</c> beside their types: no number is below 0, and what stands here.
/// </summary>
internal static class SchemaRules
{
    /// <summary>
    /// A rule, and the keys that it is of: in every type, or in one. A null takes the rule away that all numbers have.
    /// </summary>
    private static readonly (string Rule, string Keys)[] Table =
    [
        ("""{ "minimum": null }""", """
            slabDeltaBytes exitCode baseBytes predictedBytes actualBytes interceptBytes bytes SlopeData.low
            SlopeData.high SlopeData.bytesPerConnection SizeData.bytesPerConnection MetricData.threshold greatest
            value
            """),
        ("""{ "minimum": 1 }""", """
            sessions inFlight number requiredConnections ExactData.holds ExactData.breaks targetConnections buffer
            zones reconnectWithinSeconds PlanNeed.tasks PlanRowData.tasksNeeded PlanRowData.desired
            PlanRowData.loadBalancers chosenRun cpu SizeData.memory GroupLimits.memoryBytes GroupLimits.cpuUnits
            LossSummary.count MemoryPoint.processes
            """),
        ("""{ "minLength": 1 }""", """
            id profile version url title resource label of SizesData.server chosen type statistic unit before after
            beforeIs summary rule ended unavailable doubt warning cluster clusterArn family revision
            TaskData.service launchType executionEnvironment networkMode availabilityZone desiredStatus knownStatus
            region image imageId health logDriver logMode logGroup logStream line EstimateData.bindsFirst
            MachineData.from BottleneckData.cause SelfTestReading.name PlanLoad.name MachineData.name
            ContainerData.name MetricData.name Publication.name
            """),
        ("""{ "items": { "minLength": 1 } }""", "gaps files"),
        ("""{ "maximum": 1 }""", "successRate throttledShare"),
        ("""{ "minimum": null, "maximum": 1 }""", "rSquared"),
        ("""{ "minimum": null, "exclusiveMinimum": 0 }""", "cores"),
        ("""{ "minimum": null, "exclusiveMinimum": 0, "maximum": 1 }""", "RunFacts.threshold"),
        ("""{ "minimum": 1, "maximum": 100 }""", "minimumHealthyPercent"),
        ("""{ "minProperties": 1 }""", "settings"),
        ("""{ "additionalProperties": { "minimum": 1 } }""", "failures"),
        ("""{ "propertyNames": { "pattern": "^[A-Z][A-Za-z]+(\\([^()]+\\))?$" } }""", "failures"),
        ("""{ "pattern": "^[^\\n\\r]+$" }""", "line"),
        ("""{ "pattern": "^1\\.[0-9]+$" }""", "schemaVersion"),
        ("""{ "pattern": "^[A-Za-z]+(\\.[A-Za-z]+)+$" }""", "Finding.id"),
        ("""{ "pattern": "^arn:" }""", "arn"),
        ("""{ "pattern": "^[0-9]{12}$" }""", "account"),
        ("""{ "enum": [3, 4] }""", "metadataVersion"),
        ("""{ "enum": ["client", "server", "both"] }""", "CeilingData.side"),
    ];

    /// <summary>Every key of the table that some type has: a rule for a key that is gone is an error.</summary>
    public static IEnumerable<string> Keys =>
        Table.SelectMany(row => row.Keys.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Adds what holds of a key.</summary>
    /// <param name="schema">The key's schema; changed in place.</param>
    /// <param name="type">The type that has it.</param>
    /// <param name="key">The key.</param>
    public static void Apply(JsonObject schema, string type, string key)
    {
        foreach (var (rule, keys) in Table)
        {
            var of = keys.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (of.Contains(key) || of.Contains($"{type}.{key}"))
                Merge(schema, JsonNode.Parse(rule)!.AsObject());
        }
    }

    private static void Merge(JsonObject schema, JsonObject rule)
    {
        foreach (var (name, value) in rule)
        {
            if (value is null)
                schema.Remove(name);
            else if (schema[name] is JsonObject inner && value is JsonObject more)
                Merge(inner, more);
            else
                schema[name] = value.DeepClone();
        }
    }
}
