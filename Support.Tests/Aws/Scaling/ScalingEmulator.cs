using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Tests.Aws.Scaling;

/// <summary>
/// A service behind a load balancer, with bounds and a policy, all made in the emulator.
/// </summary>
internal sealed class ScalingEmulator(MotoServer moto)
{
    public const string Cluster = "scaled";
    public const string Service = "chat";

    /// <summary>The ARN of the load balancer.</summary>
    public string LoadBalancer { get; private set; } = "";

    /// <summary>The ARN of its target group.</summary>
    public string TargetGroup { get; private set; } = "";

    /// <summary>What the policy is put as.</summary>
    public JsonNode Configuration(double target) => JsonNode.Parse(
        $$"""
        {"TargetValue":{{target}},
         "CustomizedMetricSpecification":{"Metrics":[
          {"Id":"conns","Label":"It's both legs","MetricStat":{"Metric":{"Namespace":"AWS/ApplicationELB","MetricName":"ActiveConnectionCount","Dimensions":[{"Name":"LoadBalancer","Value":"{{LoadBalancer[(LoadBalancer.IndexOf("loadbalancer/", StringComparison.Ordinal) + 13)..]}}"}]},"Stat":"Sum"},"ReturnData":false},
          {"Id":"tasks","MetricStat":{"Metric":{"Namespace":"ECS/ContainerInsights","MetricName":"RunningTaskCount","Dimensions":[{"Name":"ClusterName","Value":"scaled"},{"Name":"ServiceName","Value":"chat"}]},"Stat":"Average"},"ReturnData":false},
          {"Id":"perTask","Expression":"conns / tasks","ReturnData":true}]},
         "ScaleOutCooldown":60,"ScaleInCooldown":300,"DisableScaleIn":false}
        """)!;

    /// <summary>Makes all of it; the policy keeps a task at half of 2,666 both legs.</summary>
    public async Task FillAsync()
    {
        var (subnets, vpc) = await moto.NetworkAsync();
        LoadBalancer = await BalanceAsync(
            "LoadBalancerArn",
            ("Action", "CreateLoadBalancer"), ("Name", "front"),
            ("Subnets.member.1", subnets[0]), ("Subnets.member.2", subnets[1]));
        TargetGroup = await BalanceAsync(
            "TargetGroupArn",
            ("Action", "CreateTargetGroup"), ("Name", "chat"), ("Protocol", "HTTP"), ("Port", "8080"),
            ("TargetType", "ip"), ("VpcId", vpc));
        await BalanceAsync(
            "ListenerArn",
            ("Action", "CreateListener"), ("LoadBalancerArn", LoadBalancer), ("Protocol", "HTTP"), ("Port", "80"),
            ("DefaultActions.member.1.Type", "forward"), ("DefaultActions.member.1.TargetGroupArn", TargetGroup));
        await SetTimeoutsAsync(idle: 120, deregistration: 90);
        await EcsAsync("CreateCluster", new { clusterName = Cluster });
        await EcsAsync("RegisterTaskDefinition", new
        {
            family = Cluster,
            networkMode = "awsvpc",
            cpu = "256",
            memory = "512",
            containerDefinitions = new[] { new { name = "app", image = "app:1", memory = 400 } },
        });
        await CreateServiceAsync(subnets[0]);
        await BoundAsync(3, 10);
        await PutAsync(2_666);
    }

    /// <summary>Sets the seconds of the two timeouts.</summary>
    public async Task SetTimeoutsAsync(int idle, int deregistration)
    {
        await BalanceAsync(
            "Key",
            ("Action", "ModifyLoadBalancerAttributes"), ("LoadBalancerArn", LoadBalancer),
            ("Attributes.member.1.Key", "idle_timeout.timeout_seconds"), ("Attributes.member.1.Value", $"{idle}"));
        await BalanceAsync(
            "Key",
            ("Action", "ModifyTargetGroupAttributes"), ("TargetGroupArn", TargetGroup),
            ("Attributes.member.1.Key", "deregistration_delay.timeout_seconds"),
            ("Attributes.member.1.Value", $"{deregistration}"));
    }

    /// <summary>Sets the bounds.</summary>
    public Task BoundAsync(int minimum, int maximum, bool isScalingInSuspended = false) => ScaleAsync(
        "RegisterScalableTarget",
        new()
        {
            ["MinCapacity"] = minimum,
            ["MaxCapacity"] = maximum,
            ["SuspendedState"] = new JsonObject
            {
                ["DynamicScalingInSuspended"] = isScalingInSuspended,
                ["DynamicScalingOutSuspended"] = false,
                ["ScheduledScalingSuspended"] = false,
            },
        });

    /// <summary>Puts the policy at another target.</summary>
    public Task PutAsync(double target) => ScaleAsync(
        "PutScalingPolicy",
        new()
        {
            ["PolicyName"] = "live",
            ["PolicyType"] = "TargetTrackingScaling",
            ["TargetTrackingScalingPolicyConfiguration"] = Configuration(target),
        });

    private async Task CreateServiceAsync(string subnet)
    {
        await EcsAsync("CreateService", new
        {
            cluster = Cluster,
            serviceName = Service,
            taskDefinition = Cluster,
            desiredCount = 8,
            launchType = "FARGATE",
            networkConfiguration = new
            {
                awsvpcConfiguration = new { subnets = new[] { subnet }, securityGroups = Array.Empty<string>() },
            },
            loadBalancers = new[] { new { targetGroupArn = TargetGroup, containerName = "app", containerPort = 8080 } },
            deploymentConfiguration = new { minimumHealthyPercent = 100, maximumPercent = 200 },
        });
        // The emulator forgets it where it is given with the service.
        await EcsAsync(
            "UpdateService", new { cluster = Cluster, service = Service, healthCheckGracePeriodSeconds = 60 });
    }

    private Task<string> EcsAsync(string operation, object members) => moto.CallAsync(
        "ecs", "AmazonEC2ContainerServiceV20141113." + operation, JsonSerializer.Serialize(members));

    private Task<string> ScaleAsync(string operation, JsonObject members)
    {
        members["ServiceNamespace"] = "ecs";
        members["ScalableDimension"] = "ecs:service:DesiredCount";
        members["ResourceId"] = "service/scaled/chat";
        return moto.CallAsync(
            "application-autoscaling", "AnyScaleFrontendService." + operation, members.ToJsonString());
    }

    private async Task<string> BalanceAsync(string wanted, params (string Name, string Value)[] parameters)
    {
        var answer = await moto.QueryAsync("elasticloadbalancing", [.. parameters, ("Version", "2015-12-01")]);
        return answer.Descendants(wanted).First().Value;
    }
}
