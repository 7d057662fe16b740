using System.Text.Json.Nodes;

namespace Support.Tests.Aws.Scaling;

/// <summary>
/// A service behind a load balancer, with bounds and a policy, all made by the aws CLI in the emulator.
/// </summary>
internal sealed class ScalingEmulator(MotoServer moto)
{
    public const string Cluster = "scaled";
    public const string Service = "chat";

    private const string Scalable =
        "--service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/scaled/chat";

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
        var network = JsonNode.Parse(await moto.AwsAsync("ec2", "describe-subnets", "--output", "json"))!["Subnets"]!
            .AsArray();
        var (first, second, vpc) =
            (Text(network[0]!["SubnetId"]), Text(network[1]!["SubnetId"]), Text(network[0]!["VpcId"]));
        LoadBalancer = await OfAsync(
            "LoadBalancers[0].LoadBalancerArn", $"elbv2 create-load-balancer --name front --subnets {first} {second}");
        TargetGroup = await OfAsync(
            "TargetGroups[0].TargetGroupArn",
            $"elbv2 create-target-group --name chat --protocol HTTP --port 8080 --target-type ip --vpc-id {vpc}");
        await RunAsync($"elbv2 create-listener --load-balancer-arn {LoadBalancer} --protocol HTTP --port 80 "
            + $"--default-actions Type=forward,TargetGroupArn={TargetGroup}");
        await RunAsync($"elbv2 modify-load-balancer-attributes --load-balancer-arn {LoadBalancer} --attributes "
            + "Key=idle_timeout.timeout_seconds,Value=120");
        await RunAsync($"elbv2 modify-target-group-attributes --target-group-arn {TargetGroup} --attributes "
            + "Key=deregistration_delay.timeout_seconds,Value=90");
        await RunAsync($"ecs create-cluster --cluster-name {Cluster}");
        await RunAsync("ecs register-task-definition --family web --network-mode awsvpc --cpu 256 --memory 512 "
            + "--container-definitions name=app,image=app:1,memory=400");
        await RunAsync(
            $"ecs create-service --cluster {Cluster} --service-name {Service} "
                + "--task-definition web --desired-count 8 --launch-type FARGATE "
                + "--network-configuration "
                + $$$"""{"awsvpcConfiguration":{"subnets":["{{{first}}}"],"securityGroups":[]}} """
                + $"--load-balancers targetGroupArn={TargetGroup},containerName=app,containerPort=8080 "
                + "--deployment-configuration minimumHealthyPercent=100,maximumPercent=200");
        // The emulator forgets it where it is given with the service.
        await RunAsync(
            $"ecs update-service --cluster {Cluster} --service {Service} --health-check-grace-period-seconds 60");
        await RunAsync(
            $"application-autoscaling register-scalable-target {Scalable} --min-capacity 3 --max-capacity 10");
        await PutAsync(2_666);
    }

    /// <summary>Puts the policy at another target.</summary>
    public async Task PutAsync(double target) => await moto.AwsAsync(
        [
            .. ($"application-autoscaling put-scaling-policy {Scalable} --policy-name live "
                + "--policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration").Split(' '),
            Configuration(target).ToJsonString(),
        ]);

    /// <summary>Runs a command of the aws CLI without quotation marks.</summary>
    public async Task RunAsync(string command) => await moto.AwsAsync(command.Split(' '));

    private async Task<string> OfAsync(string query, string command) =>
        (await moto.AwsAsync([.. command.Split(' '), "--query", query, "--output", "text"])).Trim();

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
