using System.Collections.Immutable;
using Support.Settings;

namespace Support.Ecs.Definitions;

/// <summary>
/// What RegisterTaskDefinition takes (botocore 1.43.11, ecs/2014-11-13, RegisterTaskDefinitionRequest).
/// </summary>
internal static class DefinitionKeys
{
    internal static readonly ImmutableArray<string> Task =
    [
        "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes",
        "placementConstraints", "requiresCompatibilities", "cpu", "memory", "tags", "pidMode", "ipcMode",
        "proxyConfiguration", "inferenceAccelerators", "ephemeralStorage", "runtimePlatform", "enableFaultInjection",
    ];

    /// <summary>
    /// What describe-task-definition prints and register-task-definition refuses (shape TaskDefinition).
    /// </summary>
    internal static readonly ImmutableArray<string> DescribeOnly =
    [
        "taskDefinitionArn", "revision", "status", "requiresAttributes", "compatibilities", "registeredAt",
        "registeredBy", "deregisteredAt", "deleteRequestedAt",
    ];

    private static readonly ImmutableArray<string> Container =
    [
        "name", "image", "repositoryCredentials", "cpu", "memory", "memoryReservation", "links", "portMappings",
        "essential", "restartPolicy", "entryPoint", "command", "environment", "environmentFiles", "mountPoints",
        "volumesFrom", "linuxParameters", "secrets", "dependsOn", "startTimeout", "stopTimeout", "versionConsistency",
        "hostname", "user", "workingDirectory", "disableNetworking", "privileged", "readonlyRootFilesystem",
        "dnsServers", "dnsSearchDomains", "extraHosts", "dockerSecurityOptions", "interactive", "pseudoTerminal",
        "dockerLabels", "ulimits", "logConfiguration", "healthCheck", "systemControls", "resourceRequirements",
        "firelensConfiguration", "credentialSpecs",
    ];

    /// <summary>Notes the names that register-task-definition refuses, in the task and in its containers.</summary>
    internal static void Check(PartReader reader, JsonPart root)
    {
        foreach (var (name, part) in root.Members.Where(member => !Task.Contains(member.Name)))
        {
            if (DescribeOnly.Contains(name))
                reader.Warning(
                    $"'{name}' ({part.Position}) is only what describe-task-definition prints",
                    $"Remove '{name}' before register-task-definition, which refuses it.");
            else
                Unknown(reader, name, part, Task);
        }

        foreach (var (name, part) in root["containerDefinitions"]?.Items.SelectMany(container => container.Members)
            ?? [])
        {
            if (!Container.Contains(name))
                Unknown(reader, name, part, Container);
        }
    }

    /// <summary>Notes the names that stand twice in one object: only the last counts.</summary>
    internal static void CheckRepeats(PartReader reader, JsonPart root)
    {
        foreach (var repeat in root.All()
            .SelectMany(part => part.Members.GroupBy(member => member.Name).Where(group => group.Skip(1).Any())))
        {
            var last = repeat.Last().Value;
            reader.Warning(
                $"{last.Path} is given more than once; the last ({last.Position}) counts",
                $"Remove all but one {last.Path}.");
        }
    }

    private static void Unknown(PartReader reader, string name, JsonPart part, ImmutableArray<string> known)
    {
        var nearest = NearestName.Of(name, known);
        reader.Warning(
            $"{Words.Quote(part.Path)} ({part.Position}) is no name that "
            + "register-task-definition knows, and it refuses "
            + $"the file; nearest known name: {nearest}",
            $"Write {nearest}, or remove it.");
    }
}
