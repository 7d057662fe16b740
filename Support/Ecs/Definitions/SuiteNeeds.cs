using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>Whether a definition from a file is that of the suite itself, and what it then has to give: nobody says so of a file, its variables do.</summary>
internal static class SuiteNeeds
{
    // More than the file's name: many an image has an entrypoint.sh of its own.
    private const string Script = "deploy/entrypoint.sh";

    /// <summary>The given needs, and where a container that holds connections runs the suite also those that follow from its variables, as they do in the task.</summary>
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
            CallsAws = needs.CallsAws || aws is not { Publish: not MetricChannel.Api, ReportsBucket: null, Service: null, LoadBalancer: null },
        };
    }

    /// <summary>Whether a variable is one that the suite takes for a setting, known or not.</summary>
    internal static bool IsSetting(string name) => name.StartsWith(SettingDefinition.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase) || name == "NUM_SESSIONS";

    private static bool RunsTheSuite(ContainerDefinition container) =>
        container.Environment.Select(variable => variable.Name).Concat(container.Secrets).Any(IsSetting)
        || container.EntryPoint.Concat(container.Command).Any(part => part.Contains(Script, StringComparison.Ordinal));

    // A value that is hidden or bad changes nothing; of bad ones the rule Variables speaks.
    private static CapacitySettings With(CapacitySettings settings, Variable variable) =>
        variable.Value is { } value && SettingCatalog.FindVariable(variable.Name) is { } known
            ? known.Apply(settings, value).Settings
            : settings;
}
