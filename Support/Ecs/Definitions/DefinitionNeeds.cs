namespace Support.Ecs.Definitions;

/// <summary>What a task definition is checked against.</summary>
public sealed record DefinitionNeeds
{
    /// <summary>The connections that a task has to hold: the ladder's last step, or what is required.</summary>
    /// <value>1 to 1,000,000.</value>
    public required int Connections { get; init; }

    /// <summary>The container that holds the connections, by name.</summary>
    /// <value>Default: null, not known: every essential container that is no log router.</value>
    public string? Container { get; init; }

    /// <summary>Whether the suite itself runs in this task: its reports have to be written within the stop timeout.</summary>
    public bool RunsTheSuite { get; init; }

    /// <summary>Whether metrics leave the task through its log driver, so that a driver that drops lines drops metrics.</summary>
    public bool MetricsInLog { get; init; }

    /// <summary>Whether the task itself calls AWS, and needs a task role for it.</summary>
    public bool CallsAws { get; init; }
}
