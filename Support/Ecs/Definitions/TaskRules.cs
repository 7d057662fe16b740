using System.Text.RegularExpressions;
using Support.Host;

namespace Support.Ecs.Definitions;

/// <summary>What the task as a whole has to have: roles, platform, disk.</summary>
internal static partial class TaskRules
{
    private const string GiveExecutionRole = "\"executionRoleArn\": "
        + "\"arn:aws:iam::ACCOUNT:role/websocket-capacity-execution\" with AmazonECSTaskExecutionRolePolicy "
        + "(deploy/README.md).";
    private const string GiveTaskRole =
        "\"taskRoleArn\": \"arn:aws:iam::ACCOUNT:role/websocket-capacity-task\" with deploy/iam/task-role-policy.json.";

    internal static Answer Roles(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults(
            $"an execution role where ECS needs one{(needs.CallsAws ? ", and a task role: the suite calls AWS" : "")}");
        Form(faults, "executionRoleArn", definition.ExecutionRole, GiveExecutionRole);
        Form(faults, "taskRoleArn", definition.TaskRole, GiveTaskRole);
        if (definition.ExecutionRole is null)
        {
            if (definition.IsFargate && definition.Containers.Any(container => container.Log?.Driver == "awslogs"))
                faults.Critical("no execution role, which Fargate needs for awslogs", GiveExecutionRole);
            if (definition.IsFargate && definition.Containers.Any(container => EcrImages().IsMatch(container.Image)))
                faults.Critical("no execution role, which Fargate needs for an image of ECR", GiveExecutionRole);
            if (definition.Containers.Any(container => !container.Secrets.IsEmpty))
                faults.Critical("no execution role, which ECS needs for secrets", GiveExecutionRole);
        }

        if (needs.CallsAws && definition.TaskRole is null)
            faults.Warning(definition.IsFargate
                ? "no task role: the suite has no credentials, so nothing is published or uploaded"
                : "no task role: the suite has the instance's rights, or none", GiveTaskRole);
        return faults.Or($"execution role {Words.Quote(definition.ExecutionRole ?? "none")}, task role "
            + $"{Words.Quote(definition.TaskRole ?? "none")}");
    }

    // ECS API reference, RuntimePlatform.
    internal static Answer Platform(TaskDefinition definition, DefinitionNeeds needs)
    {
        const string fix = "\"runtimePlatform\": { \"cpuArchitecture\": \"X86_64\", \"operatingSystemFamily\": "
            + "\"LINUX\" }; ARM64 where the image is built for it.";
        var faults = new Faults("Linux on X86_64 or ARM64, as the image is built");
        if (definition.Architecture is not (null or "X86_64" or "ARM64"))
            faults.Critical($"cpuArchitecture {Words.Quote(definition.Architecture)}; allowed: X86_64 or ARM64", fix);
        if (definition.IsWindows)
            faults.Warning(
                $"{Words.Quote(definition.OperatingSystem!)}: limits of Windows containers are not checked", fix);
        else if (definition.OperatingSystem is not (null or "LINUX"))
            faults.Critical(
                "operatingSystemFamily "
                + $"{Words.Quote(definition.OperatingSystem)}; allowed: LINUX, or a WINDOWS_SERVER_…", fix);
        foreach (var type in definition.RequiredLaunchTypes.Where(
            type => type is not ("EC2" or "FARGATE" or "EXTERNAL" or "MANAGED_INSTANCES")))
            faults.Critical(
                $"requiresCompatibilities {Words.Quote(type)}; allowed: EC2, FARGATE, EXTERNAL or MANAGED_INSTANCES",
                "\"requiresCompatibilities\": [\"FARGATE\"].");
        return faults.Or($"{definition.OperatingSystem ?? "LINUX"} on {definition.Architecture ?? "X86_64"}");
    }

    // ECS API reference, EphemeralStorage.
    internal static Answer EphemeralStorage(TaskDefinition definition, DefinitionNeeds needs)
    {
        var faults = new Faults("21 to 200 GiB, or the 20 GiB that come with each task");
        if (definition.EphemeralStorage is < 21 or > 200)
            faults.Critical(
                $"{Words.Count(definition.EphemeralStorage.Value)} GiB",
                "\"ephemeralStorage\": { \"sizeInGiB\": 21 }, or leave it out: 20 GiB come with each task.");
        return faults.Or(definition.EphemeralStorage is { } size
            ? $"{Words.Count(size)} GiB"
            : definition.IsFargate ? "20 GiB, the default" : "the instance's disk");
    }

    private static void Form(Faults faults, string name, string? role, string fix)
    {
        if (role is not null && !RoleForms().IsMatch(role))
            faults.Critical(
                $"{name} is {Words.Quote(role)}; allowed: arn:aws:iam::ACCOUNT:role/NAME, or the name of a role", fix);
    }

    // IAM user guide, "IAM identifiers" and quotas: a name has up to 64 characters, its path up to 512.
    [GeneratedRegex(@"\A(arn:aws[a-z-]*:iam::\d{12}:role/([\x21-\x7e]{1,511}/)?)?[A-Za-z0-9_+=,.@-]{1,64}\z")]
    private static partial Regex RoleForms();

    [GeneratedRegex(@"\A\d{12}\.dkr[.-]ecr[.-]")]
    private static partial Regex EcrImages();
}
