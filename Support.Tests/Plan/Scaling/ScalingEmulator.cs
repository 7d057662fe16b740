using System.Diagnostics;
using System.Text.Json.Nodes;
using Support.Plan.Scaling;
using Support.Reports.Files;
using Support.Tests.Aws;
using Support.Tests.Reports;

namespace Support.Tests.Plan.Scaling;

/// <summary>A region of the emulator with a service of two tasks, and a folder with the plan's files.</summary>
internal sealed class ScalingEmulator : IDisposable
{
    private const string Ecs = "AmazonEC2ContainerServiceV20141113.";
    private const string AutoScaling = "AnyScaleFrontendService.";

    private readonly TemporaryFolder temporary = new();
    private readonly MotoServer moto;
    private readonly string region;

    private ScalingEmulator(MotoServer moto, string region) => (this.moto, this.region) = (moto, region);

    private ReportFolder Files => new(Path.Combine(temporary.Root, ScalingScope.Folder));

    /// <summary>Makes them.</summary>
    /// <param name="scope">What the files name.</param>
    /// <param name="insights">The cluster's setting for Container Insights.</param>
    /// <param name="desired">The tasks that are wanted.</param>
    public static async Task<ScalingEmulator> StartAsync(
        ScalingScope scope, string insights = "disabled", int desired = 2)
    {
        ScalingEmulator emulator = new(await SharedMoto.GetAsync(), scope.Region!);
        await emulator.CallAsync(
            "ecs",
            Ecs + "CreateCluster",
            $$"""{"clusterName":"main","settings":[{"name":"containerInsights","value":"{{insights}}"}]}""");
        await emulator.CallAsync(
            "ecs",
            Ecs + "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"app","image":"app:1","memory":400}]}""");
        await emulator.CallAsync(
            "ecs",
            Ecs + "CreateService",
            $$"""{"cluster":"main","serviceName":"chat","taskDefinition":"web","desiredCount":{{desired}}}""");
        foreach (var file in ScalingFiles.Of(ScalingSamples.Plan, scope))
            emulator.Files.Write(file.Name, file.Text);
        return emulator;
    }

    /// <summary>Makes it scale between these bounds.</summary>
    public Task BoundAsync(int minimum, int maximum) => CallAsync(
        "application-autoscaling",
        AutoScaling + "RegisterScalableTarget",
        $$"""
        {"ServiceNamespace":"ecs","ResourceId":"service/main/chat","ScalableDimension":"ecs:service:DesiredCount",
         "MinCapacity":{{minimum}},"MaxCapacity":{{maximum}}}
        """);

    /// <summary>Runs commands.sh from another folder, with nothing set but where the emulator is.</summary>
    public async Task<(int Code, string Output, string Error)> RunCommandsAsync(
        CancellationToken cancellationToken, params string[] options)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Files.Directory, ScalingFileNames.Commands), .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in moto.Environment)
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        var error = shell.StandardError.ReadToEndAsync(cancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return (shell.ExitCode, output, await error);
    }

    /// <summary>The scalable targets of the service.</summary>
    public async Task<JsonArray> TargetsAsync() =>
        (await CallAsync(
            "application-autoscaling",
            AutoScaling + "DescribeScalableTargets",
            """{"ServiceNamespace":"ecs"}"""))["ScalableTargets"]!.AsArray();

    /// <summary>The bounds of its only target.</summary>
    public async Task<(int Minimum, int Maximum)> BoundsAsync()
    {
        var target = (await TargetsAsync()).Single()!;
        return (target["MinCapacity"]!.GetValue<int>(), target["MaxCapacity"]!.GetValue<int>());
    }

    /// <summary>The service's policies.</summary>
    public async Task<JsonArray> PoliciesAsync() =>
        (await CallAsync(
            "application-autoscaling",
            AutoScaling + "DescribeScalingPolicies",
            """{"ServiceNamespace":"ecs"}"""))["ScalingPolicies"]!.AsArray();

    /// <summary>The alarms, without those that Application Auto Scaling makes itself.</summary>
    public async Task<JsonArray> AlarmsAsync() =>
        (await CallAsync(
            "monitoring",
            "GraniteServiceVersion20100801.DescribeAlarms",
            """{"AlarmNamePrefix":"websocket-"}"""))["MetricAlarms"]!.AsArray();

    /// <summary>The cluster's setting for Container Insights, and the tasks that are wanted of the service.</summary>
    public async Task<(string Insights, int Desired)> EcsAsync()
    {
        var cluster = await CallAsync(
            "ecs", Ecs + "DescribeClusters", """{"clusters":["main"],"include":["SETTINGS"]}""");
        var service = await CallAsync("ecs", Ecs + "DescribeServices", """{"cluster":"main","services":["chat"]}""");
        return (cluster["clusters"]![0]!["settings"]![0]!["value"]!
            .GetValue<string>(), service["services"]![0]!["desiredCount"]!.GetValue<int>());
    }

    public void Dispose() => temporary.Dispose();

    private async Task<JsonNode> CallAsync(string service, string target, string json) =>
        JsonNode.Parse(await moto.CallAsync(service, target, json, region))!;
}
