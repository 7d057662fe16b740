using System.Collections.Immutable;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>Where the output of the containers goes, and what of it is lost.</summary>
internal static class LogRules
{
    private const string Options = "\"logConfiguration\": { \"logDriver\": \"awslogs\", \"options\": { "
        + "\"awslogs-group\": \"/ecs/websocket-capacity\", \"awslogs-region\": \"REGION\", \"awslogs-stream-prefix\": "
        + "\"ecs\", \"mode\": \"blocking\" } }";

    // ECS API reference, LogConfiguration.
    private static readonly ImmutableArray<string> Drivers =
        ["awslogs", "splunk", "awsfirelens", "fluentd", "gelf", "json-file", "journald", "syslog"];

    internal static Answer LogDriver(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults(
            definition.IsFargate ? "a log driver of Fargate with all it needs" : "a log driver with all it needs");
        foreach (var container in definition.Containers.Where(container => container.Log is not null))
            Driver(faults, definition, container, container.Log!);
        foreach (var container in definition.Carriers(needs).Where(container => container.Log is null))
            faults.Warning(
                $"{container.Called()} has no logConfiguration: "
                + (definition.IsFargate ? "its output is lost" : "its output stays on the instance"),
                $"In {container.Called()}: {Options}.");
        return faults.Or(string.Join("; ", definition.Containers.Where(container => container.Log is not null)
            .Select(container => $"{container.Called()}: {Said(container.Log!)}")));
    }

    internal static Answer LogMode(TaskDefinition definition, DefinitionNeeds needs)
    {
        var matters = needs.RunsTheSuite || needs.MetricsInLog;
        var faults = new Faults(matters ? "blocking: what the suite prints is its evidence" : "a mode that is known");
        foreach (var container in definition.Containers.Where(container => container.Log is not null))
            Mode(faults, container);
        ImmutableArray<ContainerDefinition> logging =
        [
            .. definition.Carriers(needs).Where(container => container.Log is not null),
        ];
        foreach (var container in logging.Where(
            container => matters && Option(container, "mode") is null or "non-blocking"))
        {
            faults.Warning(
                $"{container.Called()}: {Loss(container)}{(needs.MetricsInLog ? ", metrics among them" : "")}",
                $"In {container.Called()}, \"options\" of \"logConfiguration\": "
                + "\"mode\": \"blocking\", without \"max-buffer-size\".");
        }

        return logging.IsEmpty
            ? faults.Or("no log driver")
            : faults.Or(string.Join("; ", logging.Select(container => $"{container.Called()}: {Loss(container)}")));
    }

    private static void Driver(
        Faults faults, TaskDefinition definition, ContainerDefinition container, LogConfiguration log)
    {
        var use = $"In {container.Called()}: {Options}.";
        if (!Drivers.Contains(log.Driver))
            faults.Critical($"{container.Called()}: ECS knows no log driver {Words.Quote(log.Driver)}", use);
        else if (definition.IsFargate && log.Driver is not ("awslogs" or "splunk" or "awsfirelens"))
            faults.Critical(
                $"{container.Called()}: Fargate has no log driver {log.Driver}, only awslogs, splunk and awsfirelens",
                use);
        if (log.Driver != "awslogs")
            return;
        ImmutableArray<string> needed = definition.IsFargate
            ? ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"]
            : ["awslogs-group", "awslogs-region"];
        foreach (var option in needed.Where(option => string.IsNullOrWhiteSpace(log.Options.GetValueOrDefault(option))))
            faults.Critical(
                $"{container.Called()}: awslogs has no {option}, which it needs", $"{use} Of it: \"{option}\".");
        if (log.Options.GetValueOrDefault("awslogs-create-group") == "true")
            faults.Warning(
                $"{container.Called()}: awslogs-create-group needs logs:CreateLogGroup, which "
                + "AmazonECSTaskExecutionRolePolicy does not grant: without it the task does not start",
                "Create the log group beforehand and remove \"awslogs-create-group\", "
                + "or grant logs:CreateLogGroup to the execution role.");
    }

    // Docker (daemon/logger/factory.go) refuses other modes, and a buffer that nothing would be put into.
    private static void Mode(Faults faults, ContainerDefinition container)
    {
        var mode = Option(container, "mode");
        if (mode is not (null or "blocking" or "non-blocking"))
            faults.Critical(
                $"{container.Called()}: log mode {Words.Quote(mode)}; allowed: blocking or non-blocking",
                $"In {container.Called()}: \"mode\": \"blocking\".");
        else if (mode == "blocking" && Option(container, "max-buffer-size") is not null)
            faults.Critical(
                $"{container.Called()}: max-buffer-size is only for non-blocking, and Docker refuses it with blocking",
                $"In {container.Called()}: remove \"max-buffer-size\".");
    }

    private static string Loss(ContainerDefinition container) => Option(container, "mode") switch
    {
        "blocking" => "blocking: nothing is dropped, and who prints waits for the log",
        "non-blocking" => $"non-blocking: what does not fit into {Buffer(container)} is dropped without a word",
        _ => "no mode, which since 25 June 2025 is non-blocking unless the account says otherwise: what does not fit "
            + $"into {Buffer(container)} is dropped without a word",
    };

    private static string Buffer(
        ContainerDefinition container) => Words.Quote(Option(container, "max-buffer-size") ?? "10m");

    private static string? Option(ContainerDefinition container, string name) =>
        container.Log?.Options.GetValueOrDefault(name);

    private static string Said(LogConfiguration log) =>
        log.Options.GetValueOrDefault("awslogs-group") is { } group
            ? $"{log.Driver} to {Words.Quote(group)}"
            : log.Driver;
}
