using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>What a task definition is checked against.</summary>
internal sealed record DefinitionNeeds
{
    /// <summary>The connections that a task has to hold: the ladder's last step, or what is required.</summary>
    /// <value>1 to 1,000,000.</value>
    public required int Connections { get; init; }

    /// <summary>The container that holds the connections, by name.</summary>
    /// <value>Default: null, not known: every essential container that is no log router.</value>
    public string? Container { get; init; }

    /// <summary>Whether the suite itself runs in this task: its reports are written within the stop timeout.</summary>
    public bool RunsTheSuite { get; init; }

    /// <summary>Whether metrics leave by the log driver, so that one that drops lines drops metrics.</summary>
    public bool MetricsInLog { get; init; }

    /// <summary>Whether the task itself calls AWS, and needs a task role for it.</summary>
    public bool CallsAws { get; init; }
}

/// <summary>Whether a file is the suite's own definition, and what it then has to give: its variables say so.</summary>
internal static class SuiteNeeds
{
    // More than the file's name: many an image has an entrypoint.sh of its own.
    private const string Script = "deploy/entrypoint.sh";

    /// <summary>
    /// The given needs, and where a container runs the suite also those that follow from its variables.
    /// </summary>
    internal static DefinitionNeeds Of(TaskDefinition definition, DefinitionNeeds needs)
    {
        var carriers = definition.Carriers(needs);
        if (!carriers.Any(RunsTheSuite))
            return needs;
        var aws = carriers.SelectMany(container => container.Environment).Aggregate(new CapacitySettings(), With).Aws;
        return needs with
        {
            RunsTheSuite = true,
            // In a task the metrics are embedded in the log unless it is said otherwise.
            MetricsInLog = needs.MetricsInLog || aws.Publish is null or MetricChannel.Emf,
            CallsAws = needs.CallsAws
                || aws is not { Publish: not MetricChannel.Api,
                    ReportsBucket: null, Service: null, LoadBalancer: null },
        };
    }

    /// <summary>Whether a variable is one that the suite takes for a setting, known or not.</summary>
    internal static bool IsSetting(string name) =>
        name.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
        || name == "NUM_SESSIONS";

    private static bool RunsTheSuite(ContainerDefinition container) =>
        container.Environment.Select(variable => variable.Name).Concat(container.Secrets).Any(IsSetting)
        || container.EntryPoint.Concat(container.Command).Any(part => part.Contains(Script, StringComparison.Ordinal));

    // A value that is hidden or bad changes nothing; of bad ones the rule Variables speaks.
    private static CapacitySettings With(CapacitySettings settings, Variable variable) =>
        variable.Value is { } value && SettingCatalog.FindVariable(variable.Name) is { } known
            ? known.Apply(settings, value).Settings
            : settings;
}
