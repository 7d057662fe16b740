using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Tests.Aws;

/// <summary>A cluster with a task definition, a task and a service in the emulator.</summary>
internal sealed class EcsEmulator(MotoServer moto)
{
    private const string Api = "AmazonEC2ContainerServiceV20141113.";

    public const string Cluster = "main";
    public const string Family = "web";
    public const string Service = "chat";

    /// <summary>Every part of a task definition that the emulator keeps.</summary>
    public static JsonObject Definition { get; } = JsonNode.Parse(
        """
        {
          "family": "web", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
          "taskRoleArn": "arn:aws:iam::123456789012:role/task", "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
          "ephemeralStorage": {"sizeInGiB": 30}, "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
          "volumes": [{"name": "tmp", "host": {}}],
          "containerDefinitions": [{
            "name": "app", "image": "app:1", "cpu": 256, "memory": 400, "memoryReservation": 300, "essential": true,
            "ulimits": [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}],
            "systemControls": [{"namespace": "net.ipv4.ip_local_port_range", "value": "1024 65535"}],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web", "mode": "non-blocking"}},
            "linuxParameters": {"initProcessEnabled": true, "capabilities": {"drop": ["ALL"]}},
            "environment": [{"name": "NUM_SESSIONS", "value": "1000"}],
            "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/key"}],
            "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp", "appProtocol": "http"}],
            "stopTimeout": 120, "readonlyRootFilesystem": true, "entryPoint": ["/app/run"], "command": ["--serve"], "user": "1000",
            "dependsOn": [{"containerName": "proxy", "condition": "HEALTHY"}],
            "healthCheck": {"command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 10},
            "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": false}]
          }, {
            "name": "proxy", "image": "proxy:1", "memory": 64, "essential": false, "dockerLabels": {"UPPER.Case": "kept"}
          }]
        }
        """)!.AsObject();

    /// <summary>The ARN of the task.</summary>
    public string Task { get; private set; } = "";

    /// <summary>Makes them.</summary>
    public async Task FillAsync()
    {
        await moto.HoldTasksAsync();
        await CallAsync("CreateCluster", new { clusterName = Cluster });
        await moto.CallAsync("ecs", Api + "RegisterTaskDefinition", Definition.ToJsonString());
        var subnets = (await moto.NetworkAsync()).Subnets[..1];
        var network = new
        {
            awsvpcConfiguration = new { subnets, securityGroups = Array.Empty<string>(), assignPublicIp = "DISABLED" },
        };
        var ran = await CallAsync(
            "RunTask",
            new
            {
                cluster = Cluster, taskDefinition = Family, launchType = "FARGATE", platformVersion = "1.4.0",
                networkConfiguration = network,
            });
        Task = ran["tasks"]![0]!["taskArn"]!.GetValue<string>();
        await CallAsync("CreateService", new
        {
            cluster = Cluster,
            serviceName = Service,
            taskDefinition = Family,
            desiredCount = 2,
            launchType = "FARGATE",
            networkConfiguration = network,
        });
    }

    private async Task<JsonNode> CallAsync(string operation, object members) =>
        JsonNode.Parse(await moto.CallAsync("ecs", Api + operation, JsonSerializer.Serialize(members)))!;
}
