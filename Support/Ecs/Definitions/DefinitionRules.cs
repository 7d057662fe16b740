using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

internal static class DefinitionRules
{
    internal static ImmutableArray<DefinitionRule> All { get; } =
    [
        new(
            "Containers", "containers have names and images, one is essential",
            "family or name malformed, name twice, no image, none essential, privileged on Fargate",
            "the measured container is not in it", "ECS API, ContainerDefinition", ContainerRules.Containers),
        new(
            "Placeholders", "no placeholder is left",
            "`YOUR_…`, `<…>`, an account of AWS's examples in the family, an image, an ARN or an option of awslogs",
            "the same anywhere else", "this repository's template; AWS's examples", ContainerRules.Placeholders),
        new("Platform", "platform and launch type are known", "unknown launch type, architecture or system", "Windows",
            "ECS API, RuntimePlatform", TaskRules.Platform),
        new(
            "Size", "CPU and memory are a size that ECS has",
            "on Fargate none of the 77 pairs, or one is missing; else CPU outside 128 to 196,608", "",
            "ECS developer guide, task size", SizeRules.Size),
        new(
            "ContainerSizes", "containers fit into the task",
            "sums or one container above the task, reservation above memory, less than 6 MiB, no memory anywhere", "",
            "ECS API, ContainerDefinition", SizeRules.ContainerSizes),
        new("ContainerMemory", "containers with connections have a memory limit", "",
            "no `memory`: .NET sees the host's", "dotnet/runtime issue 82815", SizeRules.ContainerMemory),
        new(
            "Nofile", "nofile covers the ladder",
            "unknown name, soft above hard, nofile above 1,048,576 or negative, a limit missing",
            "not set, or too few for the connections and a reserve", "ECS API, Ulimit", NofileRule.Nofile),
        new(
            "NetworkMode", "network mode suits many connections",
            "not awsvpc on Fargate, none, unknown, host port ≠ container port", "bridge",
            "ECS developer guide, task networking", NetworkRules.NetworkMode),
        new("LocalPorts", "local ports cover the ladder", "", "the suite's task has fewer ports than connections",
            "kernel, ip-sysctl.rst", NetworkRules.LocalPorts),
        new(
            "KernelSettings", "kernel settings are the task's to set",
            "not namespaced, under host, no value, a range of ports that is none",
            "two values for one, somaxconn below 4,096", "ECS API, SystemControl; aws/containers-roadmap issue 2368",
            KernelRule.KernelSettings),
        new(
            "LogDriver", "output reaches a log",
            "a driver that Fargate lacks; awslogs without group, region or (Fargate) stream prefix",
            "no log driver; `awslogs-create-group`", "ECS API, LogConfiguration", LogRules.LogDriver),
        new("LogMode", "log lines are not dropped", "unknown mode, a buffer with blocking",
            "not blocking where the suite's evidence is in the log", "ECS API, LogConfiguration", LogRules.LogMode),
        new("StopTimeout", "stop timeout is long enough", "outside 2 to 120 s on Fargate",
            "under 60 s where the suite runs", "ECS API, ContainerDefinition", SuiteRules.StopTimeout),
        new(
            "EntryPoint", "SIGTERM reaches the suite", "",
            "the suite's task has an entry point other than deploy/entrypoint.sh",
            "measured: `dotnet test` ends with 0 on SIGTERM", SuiteRules.EntryPoint),
        new(
            "Variables", "variables are known to the suite and hold no secret", "a name in environment and in secrets",
            "unknown or bad setting, secret in clear text", "ECS API, Secret; the settings' table",
            SuiteRules.Variables),
        new(
            "RootFilesystem", "reports can be written", "a mount of a volume that there is not",
            "read-only root and no volume for /app/reports or /tmp", "ECS API, ContainerDefinition",
            SuiteRules.RootFilesystem),
        new(
            "StartOrder", "containers wait for what can come true",
            "unknown container or condition, a circle, the end of an essential one, health without a check", "",
            "ECS API, ContainerDependency", ContainerRules.StartOrder),
        new(
            "HealthChecks", "health checks have a form that ECS takes",
            "no CMD, interval outside 5 to 300, timeout 2 to 60, retries 1 to 10, start period 0 to 300", "",
            "ECS API, HealthCheck", ContainerRules.HealthChecks),
        new(
            "Roles", "roles cover what is called",
            "malformed, or none to execute with though Fargate (awslogs, ECR) or secrets need one",
            "no task role though the suite calls AWS", "ECS developer guide, task execution role", TaskRules.Roles),
        new("EphemeralStorage", "disk is of a size that Fargate has", "outside 21 to 200 GiB", "",
            "ECS API, EphemeralStorage", TaskRules.EphemeralStorage),
    ];
}

/// <summary>One rule for task definitions.</summary>
/// <param name="Name">The end of the check's id, as in <c>Nofile</c>.</param>
/// <param name="Title">What is checked, without what it is checked of; at most 60 characters.</param>
/// <param name="Critical">What is critical: ECS refuses the definition, or its task does not start.</param>
/// <param name="Warning">What is a warning: it costs connections or evidence.</param>
/// <param name="Source">Where that is written, or was measured.</param>
/// <param name="Judge">Answers for one definition.</param>
internal sealed record DefinitionRule(
    string Name, string Title, string Critical, string Warning, string Source,
    Func<TaskDefinition, DefinitionNeeds, Answer> Judge);

/// <summary>What a rule found, put into one answer; expected is what the rule wants.</summary>
internal sealed class Faults(string expected)
{
    private readonly List<(CheckOutcome Outcome, string What, string Next)> found = [];

    /// <summary>ECS refuses it, or the task does not start.</summary>
    public void Critical(string what, string next) => Add(CheckOutcome.Critical, what, next);

    /// <summary>It costs connections or evidence.</summary>
    public void Warning(string what, string next) => Add(CheckOutcome.Warning, what, next);

    public void Add(CheckOutcome outcome, string what, string next) => found.Add((outcome, what, next));

    /// <summary>All that was found, the worst first, or that the rule is kept and what there is.</summary>
    public Answer Or(string actual) => found.Count == 0
        ? Answer.Passed(expected, actual)
        : new Answer(
            found.Max(fault => fault.Outcome), expected,
            string.Join("; ", found.OrderByDescending(fault => fault.Outcome).Select(fault => fault.What).Distinct()),
            string.Join(" ", found.OrderByDescending(fault => fault.Outcome).Select(fault => fault.Next).Distinct()));
}

/// <summary>What rules ask of a definition and of its containers.</summary>
internal static class DefinitionQuestions
{
    /// <summary>The named container, else the essential ones that are no log routers.</summary>
    public static ImmutableArray<ContainerDefinition> Carriers(this TaskDefinition definition, DefinitionNeeds needs)
    {
        ImmutableArray<ContainerDefinition> named =
        [
            .. definition.Containers.Where(container => container.Name == needs.Container),
        ];
        return named.IsEmpty
            ? [.. definition.Containers.Where(container => container is { Essential: true, IsLogRouter: false })]
            : named;
    }

    /// <summary>As a finding names it.</summary>
    public static string Called(this ContainerDefinition container) => $"container {Words.Quote(container.Name)}";

    /// <summary>ECS takes bridge where none is given.</summary>
    public static string Network(this TaskDefinition definition) => definition.NetworkMode ?? "bridge";
}
