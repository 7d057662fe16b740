using System.Diagnostics;
using System.Text.Json.Nodes;
using Support.Plan.Scaling;
using Support.Reports.Files;
using Support.Tests.Aws;
using Support.Tests.Reports;

namespace Support.Tests.Plan.Scaling;

/// <summary>An emulator with a service of two tasks, and a folder with the plan's files.</summary>
internal sealed class ScalingEmulator(MotoServer moto) : IAsyncDisposable
{
    private const string Ecs = "AmazonEC2ContainerServiceV20141113.";
    private const string AutoScaling = "AnyScaleFrontendService.";

    private readonly TemporaryFolder temporary = new();

    public MotoServer Moto { get; } = moto;

    private ReportFolder Files => new(Path.Combine(temporary.Root, ScalingScope.Folder));

    /// <summary>Starts one.</summary>
    public static async Task<ScalingEmulator> StartAsync() => new(await MotoServer.StartAsync());

    /// <summary>A new account with the service in it, and the files of that scope in the folder.</summary>
    public async Task FillAsync(ScalingScope scope)
    {
        await Moto.ResetAsync();
        await Moto.CallAsync("ecs", Ecs + "CreateCluster", """{"clusterName":"main"}""");
        await Moto.CallAsync(
            "ecs",
            Ecs + "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"app","image":"app:1","memory":400}]}""");
        await Moto.CallAsync(
            "ecs",
            Ecs + "CreateService",
            """{"cluster":"main","serviceName":"chat","taskDefinition":"web","desiredCount":2}""");
        foreach (var file in ScalingFiles.Of(ScalingSamples.Plan, scope))
            Files.Write(file.Name, file.Text);
    }

    /// <summary>The address of a file as the CLI takes it.</summary>
    public string Url(string name) => $"file://{Path.Combine(Files.Directory, name)}";

    /// <summary>Runs the CLI, which has to succeed.</summary>
    public async Task<JsonNode> AskAsync(params string[] arguments) =>
        JsonNode.Parse(await Moto.AwsAsync([.. arguments, "--output", "json"]))!;

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
        foreach (var (name, value) in Moto.Environment)
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

    public async ValueTask DisposeAsync()
    {
        temporary.Dispose();
        await Moto.DisposeAsync();
    }

    private async Task<JsonNode> CallAsync(string service, string target, string json) =>
        JsonNode.Parse(await Moto.CallAsync(service, target, json))!;
}
