using Support.Ecs.Definitions;
using Support.Host;
using static Support.Host.CheckOutcome;

namespace Support.Tests.Ecs.Definitions;

/// <summary>One change to a good definition, and what the rule says of it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Path">What is changed.</param>
/// <param name="Json">What to; null removes it.</param>
/// <param name="Outcome">What is found.</param>
/// <param name="Actual">Part of what is said to be wrong.</param>
/// <param name="Next">Part of what mends it.</param>
internal sealed record RuleRow(string Rule, string Path, string? Json, CheckOutcome Outcome, string Actual, string Next)
{
    /// <summary>Whether a server, and not the suite, runs in the task.</summary>
    public bool OfServer { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Rule}: {Path} = {Json ?? "absent"}{(OfServer ? ", a server" : "")}";
}

/// <summary>Every way to break a rule.</summary>
internal static class RuleRows
{
    private const string C = Definitions.Container;
    private const string Second = "{ \"name\": \"second\", \"image\": \"x\", \"memory\": 128, \"essential\": false }";
    private const string Waiting = "{ \"name\": \"second\", \"image\": \"x\", \"essential\": false, \"dependsOn\": [{ "
        + "\"containerName\": \"NAME\", \"condition\": \"CONDITION\" }] }";

    public static RuleRow[] All { get; } =
    [
        new("Containers", "family", "\"a b\"", Critical, "family 'a b'", "\"family\":"),
        new("Containers", $"{C}.name", "\"\"", Critical, "allowed: a name", "\"name\": \"capacity\""),
        new("Containers", $"{C}.name", "\"web.1\"", Critical, "'web.1'", "\"name\""),
        new("Containers", $"{C}.image", "\"\"", Critical, "has no image", "\"image\""),
        new("Containers", $"{C}.image", "\"web :1\"", Critical, "space", "\"image\""),
        new("Containers", $"{C}.essential", "false", Critical, "no container is essential", "\"essential\": true"),
        new("Containers", $"{C}.privileged", "true", Critical, "privileged", "remove \"privileged\""),
        new("Containers", "containerDefinitions[1]", Second.Replace(
            "second", "capacity", StringComparison.Ordinal), Critical, "is given to 2 containers", "of its own"),
        new("Placeholders", $"{C}.image", "\"YOUR_ECR_IMAGE_URI\"", Critical, $"{C}.image holds 'YOUR_ECR_IMAGE_URI'",
            "Replace"),
        new("Placeholders", $"{C}.environment[0].value", "\"ws://<host>/\"", Warning,
            $"{C}.environment 'CAPACITY_TARGET_URL' holds a stand-in", "Replace what stands in"),
        new("Placeholders", $"{C}.command", "[\"--users=<group>\"]", Warning, $"{C}.command[0] holds '<group>'",
            "or leave it"),
        new("Placeholders", $"{C}.logConfiguration.options.awslogs-group", "\"<your log group>\"", Critical,
            "'<your log group>'", "Replace"),
        new("Placeholders", "taskRoleArn", "\"arn:aws:iam::123456789012:role/x\"", Critical, "'123456789012'",
            "Replace"),
        new("Platform", "runtimePlatform.cpuArchitecture", "\"AMD64\"", Critical, "'AMD64'", "X86_64"),
        new("Platform", "runtimePlatform.operatingSystemFamily", "\"Linux\"", Critical, "'Linux'",
            "\"operatingSystemFamily\": \"LINUX\""),
        new("Platform", "runtimePlatform.operatingSystemFamily", "\"WINDOWS_SERVER_2022_CORE\"", Warning, "not checked",
            "LINUX"),
        new("Platform", "requiresCompatibilities[0]", "\"Fargate\"", Critical, "'Fargate'", "[\"FARGATE\"]"),
        new(
            "Size",
            "cpu",
            "\"333\"",
            Critical,
            "No Fargate configuration exists for given values: 333 CPU, 2048 memory",
            "\"cpu\": \"256\", \"memory\": \"2048\""),
        new("Size", "memory", "\"512\"", Critical, "1024 CPU, 512 memory", "Memory for 1024 CPU: 2048, 3072"),
        new("Size", "memory", null, Critical, "1024 CPU, no memory: Fargate needs both",
            "\"cpu\": \"1024\", \"memory\": \"2048\""),
        new("Size", "cpu", null, Critical, "no CPU, 2048 memory", "\"cpu\": \"1024\", \"memory\": \"2048\""),
        new("Size", "cpu", "\"0.5 vCPU\"", Passed, "512 CPU, 2048 memory", ""),
        new("Size", "memory", "\"3 GB\"", Passed, "1024 CPU, 3072 memory", ""),
        new("ContainerSizes", $"{C}.memory", "2049", Critical, "is greater than for the task", "\"memory\": 2048"),
        new("ContainerSizes", "containerDefinitions[1]", Second, Critical, "reserve 2,176 MiB of the task's 2,048 MiB",
            "raise the task's \"memory\""),
        new("ContainerSizes", $"{C}.memoryReservation", "2049", Critical,
            "reserves 2,049 MiB and may use only 2,048 MiB", "\"memoryReservation\": 2048"),
        new("ContainerSizes", $"{C}.memory", "5", Critical, "less than 6 MiB", "\"memory\": 512"),
        new("ContainerSizes", $"{C}.cpu", "1025", Critical, "reserve 1,025 of the task's 1,024 CPU units",
            "raise the task's \"cpu\""),
        new("ContainerSizes", $"{C}.cpu", "-1", Critical, "-1 CPU units", "\"cpu\": 256"),
        new("ContainerMemory", $"{C}.memory", null, Warning, "has no \"memory\"", "\"memory\": 2048"),
        new("Nofile", $"{C}.ulimits", null, Warning, "Fargate gives 65,535 today",
            "\"softLimit\": 65536, \"hardLimit\": 65536"),
        new("Nofile", $"{C}.ulimits[0].name", "\"nofiles\"", Critical, "'nofiles' is unknown", "\"name\": \"nofile\""),
        new("Nofile", $"{C}.ulimits[0].softLimit", "65537", Critical, "soft 65,537 above hard 65,536",
            "\"softLimit\": 65536"),
        new("Nofile", $"{C}.ulimits[0].hardLimit", "1048577", Critical, "above 1,048,576", "65536"),
        new("Nofile", $"{C}.ulimits[0].softLimit", "-1", Critical, "negative", "65536"),
        new("Nofile", $"{C}.ulimits[1]", "{ \"name\": \"memlock\", \"softLimit\": -1, \"hardLimit\": -1 }", Passed,
            "soft 65,536", ""),
        new("Nofile", $"{C}.ulimits[1]", "{ \"name\": \"core\", \"softLimit\": 0, \"hardLimit\": -1 }", Passed,
            "soft 65,536", ""),
        new("Nofile", $"{C}.ulimits[0].hardLimit", null, Critical, "lacks softLimit or hardLimit", "65536"),
        new("Nofile", $"{C}.ulimits[1]", "{ \"name\": \"nofile\", \"softLimit\": 4096, \"hardLimit\": 4096 }", Warning,
            "more than once", "Keep one"),
        new("Nofile", $"{C}.ulimits[0]", "{ \"name\": \"nofile\", \"softLimit\": 491, \"hardLimit\": 491 }", Warning,
            "connections above 0 are not held", "65536"),
        new("Nofile", $"{C}.ulimits[0]", "{ \"name\": \"nofile\", \"softLimit\": 492, \"hardLimit\": 492 }", Passed,
            "soft 492, hard 492", ""),
        new("Nofile", $"{C}.ulimits[0]", "{ \"name\": \"nofile\", \"softLimit\": 1191, \"hardLimit\": 1191 }", Warning,
            "connections above 999 are not held", "65536") { OfServer = true },
        new("Nofile", $"{C}.ulimits[0]", "{ \"name\": \"nofile\", \"softLimit\": 1192, \"hardLimit\": 1192 }", Passed,
            "soft 1,192", "") { OfServer = true },
        new("Nofile", $"{C}.ulimits[0].softLimit", "1024", Warning, "a server gets only the soft limit",
            "65536") { OfServer = true },
        new("NetworkMode", "networkMode", "\"bridge\"", Critical, "bridge: Fargate has awsvpc only",
            "\"networkMode\": \"awsvpc\""),
        new("NetworkMode", "networkMode", null, Critical, "no network mode, which is bridge",
            "\"networkMode\": \"awsvpc\""),
        new("NetworkMode", "networkMode", "\"vpc\"", Critical, "'vpc' is none of", "\"networkMode\": \"awsvpc\""),
        new("NetworkMode", $"{C}.portMappings", "[{ \"containerPort\": 80, \"hostPort\": 8080 }]", Critical,
            "maps port 80 to 8080", "\"containerPort\": 80"),
        new("LocalPorts", $"{C}.systemControls[0].value", "\"20001 20999\"", Warning, "999 ports, 20001 to 20999",
            "1024 65535"),
        new("LocalPorts", $"{C}.systemControls[0].value", "\"20001 21000\"", Passed, "1,000 ports", ""),
        new("LocalPorts", $"{C}.systemControls", null, Passed, "28,232 ports, 32768 to 60999, the kernel's default",
            ""),
        new("LocalPorts", $"{C}.systemControls[0].value", "\"20001 20002\"", NotApplicable,
            "a server takes no local port", "") { OfServer = true },
        new("KernelSettings", $"{C}.systemControls[0].value", "\"1024-65535\"", Critical, "with a space between",
            "1024 65535"),
        new("KernelSettings", $"{C}.systemControls[0].value", "\"65535 1024\"", Critical, "'65535 1024'", "1024 65535"),
        new("KernelSettings", $"{C}.systemControls[0].value", "\"\"", Critical, "has no value", "Remove"),
        new("KernelSettings", $"{C}.systemControls[0].namespace", "\"net.core.rmem_max\"", Critical,
            "the task will fail to start", "Remove 'net.core.rmem_max'"),
        new("KernelSettings", $"{C}.systemControls[0].namespace", "\"fs.file-max\"", Critical,
            "the task will fail to start", "Remove 'fs.file-max'"),
        new("KernelSettings", $"{C}.systemControls[0].namespace", "\"vm.max_map_count\"", Critical, "not namespaced",
            "Remove"),
        new("KernelSettings", $"{C}.systemControls[0]", "{ \"namespace\": \"net.core.somaxconn\", \"value\": \"128\" }",
            Warning, "below the kernel's default of 4,096", "\"value\": \"4096\""),
        new(
            "KernelSettings",
            $"{C}.systemControls[0]",
            "{ \"namespace\": \"net.core.somaxconn\", \"value\": \"many\" }",
            Critical,
            "'many'",
            "\"value\": \"4096\""),
        new(
            "KernelSettings",
            $"{C}.systemControls[1]",
            "{ \"namespace\": \"net.ipv4.ip_local_port_range\", \"value\": \"2048 65535\" }",
            Warning,
            "several values",
            "Keep one"),
        new(
            "KernelSettings",
            $"{C}.systemControls[0]",
            "{ \"namespace\": \"net.ipv4.tcp_keepalive_time\", \"value\": \"60\" }",
            Passed,
            "tcp_keepalive_time = '60'",
            ""),
        new("LogDriver", $"{C}.logConfiguration", null, Warning, "its output is lost", "\"logDriver\": \"awslogs\""),
        new("LogDriver", $"{C}.logConfiguration.logDriver", "\"json-file\"", Critical,
            "Fargate has no log driver json-file", "awslogs"),
        new("LogDriver", $"{C}.logConfiguration.logDriver", "\"awslog\"", Critical, "knows no log driver 'awslog'",
            "awslogs"),
        new("LogDriver", $"{C}.logConfiguration.options.awslogs-group", null, Critical, "awslogs has no awslogs-group",
            "\"awslogs-group\""),
        new("LogDriver", $"{C}.logConfiguration.options.awslogs-region", "\"\"", Critical,
            "awslogs has no awslogs-region", "\"awslogs-region\""),
        new("LogDriver", $"{C}.logConfiguration.options.awslogs-stream-prefix", null, Critical,
            "awslogs has no awslogs-stream-prefix", "\"awslogs-stream-prefix\""),
        new("LogDriver", $"{C}.logConfiguration.options.awslogs-create-group", "\"true\"", Warning,
            "logs:CreateLogGroup", "Create the log group beforehand"),
        new("LogMode", $"{C}.logConfiguration.options.mode", null, Warning, "since 25 June 2025 is non-blocking",
            "\"mode\": \"blocking\""),
        new("LogMode", $"{C}.logConfiguration.options.mode", "\"non-blocking\"", Warning,
            "what does not fit into '10m' is dropped without a word, metrics among them", "\"mode\": \"blocking\""),
        new("LogMode", $"{C}.logConfiguration.options.mode", null, Passed, "is dropped without a word",
            "") { OfServer = true },
        new("LogMode", $"{C}.logConfiguration.options.mode", "\"none\"", Critical, "'none'", "\"mode\": \"blocking\""),
        new("LogMode", $"{C}.logConfiguration.options.max-buffer-size", "\"25m\"", Critical, "only for non-blocking",
            "remove \"max-buffer-size\""),
        new("StopTimeout", $"{C}.stopTimeout", "121", Critical, "121 s", "\"stopTimeout\": 120"),
        new("StopTimeout", $"{C}.stopTimeout", "1", Critical, "1 s", "\"stopTimeout\": 120"),
        new("StopTimeout", $"{C}.stopTimeout", null, Warning, "30 s, the default, then SIGKILL",
            "\"stopTimeout\": 120"),
        new("StopTimeout", $"{C}.stopTimeout", "59", Warning, "59 s, then SIGKILL", "\"stopTimeout\": 120"),
        new("StopTimeout", $"{C}.stopTimeout", "2", Passed, "2 s", "") { OfServer = true },
        new("EntryPoint", $"{C}.entryPoint", "[\"sh\", \"-c\", \"dotnet test\"]", Warning,
            "does not reach the test host", "\"entryPoint\": [\"/bin/sh\", \"deploy/entrypoint.sh\"]"),
        new("EntryPoint", $"{C}.entryPoint", null, Passed, "the image's", ""),
        new("Variables", $"{C}.environment[0].name", "\"CAPACITY_TARGET_URI\"", Warning,
            "nearest known name: CAPACITY_TARGET_URL", "\"name\": \"CAPACITY_TARGET_URL\""),
        new("Variables", $"{C}.environment[1].value", "\"many\"", Warning, "NUM_SESSIONS is 'many'",
            "Allowed for NUM_SESSIONS"),
        new(
            "Variables",
            $"{C}.environment[3]",
            "{ \"name\": \"CAPACITY_TARGET_HEADERS\", \"value\": \"Authorization: s3cret\" }",
            Warning,
            "CAPACITY_TARGET_HEADERS is secret",
            "\"secrets\""),
        new("Variables", $"{C}.secrets", "[{ \"name\": \"NUM_SESSIONS\", \"valueFrom\": \"x\" }]", Critical,
            "in environment and in secrets", "remove it from \"environment\""),
        new("RootFilesystem", $"{C}.mountPoints", null, Warning, "can't write to /app/reports and /tmp", "{ "
            + "\"sourceVolume\": \"reports\", \"containerPath\": \"/app/reports\" }, { \"sourceVolume\": \"tmp\", "
            + "\"containerPath\": \"/tmp\" }"),
        new("RootFilesystem", $"{C}.mountPoints[0].containerPath", "\"/data\"", Warning, "can't write to /app/reports:",
            "\"containerPath\": \"/app/reports\""),
        new("RootFilesystem", $"{C}.mountPoints[1].readOnly", "true", Warning, "can't write to /tmp:",
            "\"containerPath\": \"/tmp\""),
        new("RootFilesystem", $"{C}.mountPoints[0].containerPath", "\"/app/\"", Passed, "read-only", ""),
        new("RootFilesystem", $"{C}.mountPoints[0].sourceVolume", "\"report\"", Critical, "mounts 'report'",
            "\"volumes\": [{ \"name\": \"report\" }]"),
        new("RootFilesystem", $"{C}.readonlyRootFilesystem", null, Passed, "can be written",
            "Advice: \"readonlyRootFilesystem\": true"),
        new("StartOrder", "containerDefinitions[1]", Waits("web", "START"), Critical,
            "waits for 'web', which there is not", "capacity"),
        new("StartOrder", "containerDefinitions[1]", Waits("capacity", "RUNNING"), Critical, "'RUNNING'",
            "\"condition\": \"START\""),
        new("StartOrder", "containerDefinitions[1]", Waits("capacity", "SUCCESS"), Critical,
            "is essential and ends the task", "\"essential\": false"),
        new("StartOrder", "containerDefinitions[1]", Waits("capacity", "HEALTHY"), Critical, "has no health check",
            "\"healthCheck\""),
        new("StartOrder", "containerDefinitions[1]", Waits("second", "START"), Critical, "waits for itself",
            "Remove one"),
        new("StartOrder", "containerDefinitions[1]", Waits("capacity", "START"), Passed, "1 condition", ""),
        new("HealthChecks", $"{C}.healthCheck", "{ \"command\": [\"curl\", \"x\"] }", Critical,
            "neither CMD nor CMD-SHELL", "CMD-SHELL"),
        new("HealthChecks", $"{C}.healthCheck", "{ \"command\": [] }", Critical, "neither CMD nor CMD-SHELL",
            "CMD-SHELL"),
        new("HealthChecks", $"{C}.healthCheck", Health("interval", 4), Critical, "interval 4", "\"interval\": 5"),
        new("HealthChecks", $"{C}.healthCheck", Health("timeout", 61), Critical, "timeout 61", "\"timeout\": 60"),
        new("HealthChecks", $"{C}.healthCheck", Health("retries", 11), Critical, "retries 11", "\"retries\": 10"),
        new("HealthChecks", $"{C}.healthCheck", Health("startPeriod", 301), Critical, "startPeriod 301",
            "\"startPeriod\": 300"),
        new("HealthChecks", $"{C}.healthCheck", Health("interval", 5), Passed, "1 container is asked", ""),
        new("Roles", "executionRoleArn", null, Critical, "which Fargate needs for awslogs", "\"executionRoleArn\""),
        new("Roles", "executionRoleArn", "\"arn:aws:iam::123:role/x\"", Critical, "executionRoleArn is",
            "arn:aws:iam::ACCOUNT:role/"),
        new("Roles", "taskRoleArn", "\"arn:aws:sts::210987654321:role/x\"", Critical, "taskRoleArn is",
            "\"taskRoleArn\""),
        new("Roles", "taskRoleArn", null, Warning, "nothing is published", "task-role-policy.json"),
        new("Roles", "taskRoleArn", null, Passed, "task role 'none'", "") { OfServer = true },
        new("Roles", "taskRoleArn", "\"short-name\"", Passed, "'short-name'", ""),
        new("EphemeralStorage", "ephemeralStorage", "{ \"sizeInGiB\": 20 }", Critical, "20 GiB", "\"sizeInGiB\": 21"),
        new("EphemeralStorage", "ephemeralStorage", "{ \"sizeInGiB\": 201 }", Critical, "201 GiB", "leave it out"),
        new("EphemeralStorage", "ephemeralStorage", "{ \"sizeInGiB\": 200 }", Passed, "200 GiB", ""),
    ];

    private static string Waits(string name, string condition) =>
        Waiting.Replace("NAME", name, StringComparison.Ordinal)
            .Replace("CONDITION", condition, StringComparison.Ordinal);

    private static string Health(string name, int value) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{{ \"command\": [\"CMD-SHELL\", \"true\"], \"{name}\": {value} }}");
}
