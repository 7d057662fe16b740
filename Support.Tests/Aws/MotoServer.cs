using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Aws;

/// <summary>
/// A real <c>moto_server</c> (the emulator of AWS's APIs) on a free loopback port, as a process of its own that ends
/// with the test run.
/// Without it and the AWS CLI on the machine a test is ignored, and fails where CI is true.
/// </summary>
internal sealed partial class MotoServer : IAsyncDisposable
{
    /// <summary>The region that the emulator is asked for.</summary>
    public const string Region = "eu-west-1";

    /// <summary>The account that the emulator has.</summary>
    public const string Account = "123456789012";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    // The emulator ends with its standard input: not even a killed test run leaves it behind.
    private const string Run =
        "moto_server -H 127.0.0.1 -p 0 2>&1 & server=$!; cat >/dev/null; kill -9 \"$server\" 2>/dev/null";

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient http = new();
    private bool isDisposed;

    private MotoServer(Process process) => this.process = process;

    /// <summary>Where it answers.</summary>
    public Uri Url => running.Task.Result;

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<MotoServer> StartAsync(CancellationToken cancellationToken = default)
    {
        if (!OnPath("moto_server"))
            Missing("moto_server is not installed: pip install 'moto[server]'");
        if (!OnPath("aws"))
            Missing("the AWS CLI is not installed");

        var server = new MotoServer(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Run])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
        await server.ReadyAsync(cancellationToken);
        return server;
    }

    /// <summary>The variables that a child process finds it by.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Url.AbsoluteUri,
        ["AWS_REGION"] = Region,
        // The CLI reads this one alone.
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_DISABLE_REQUEST_COMPRESSION"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
    };

    /// <summary>Calls an operation of a JSON protocol, without the second that the CLI takes to start.</summary>
    /// <param name="service">The service in the scope of the signature: the emulator finds it by that.</param>
    /// <param name="target">As in <c>AmazonEC2ContainerServiceV20141113.CreateCluster</c>.</param>
    /// <param name="json">The members.</param>
    /// <param name="region">Whose; each has things of its own.</param>
    public async Task<string> CallAsync(string service, string target, string json, string region = Region)
    {
        using var content =
            new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        content.Headers.Add("X-Amz-Target", target);
        return await SendAsync(service, target, content, region);
    }

    /// <summary>Calls an operation of the query protocol.</summary>
    /// <param name="service">As above.</param>
    /// <param name="parameters">With <c>Action</c> and <c>Version</c>.</param>
    /// <returns>The answer, its names without their namespaces.</returns>
    public async Task<XElement> QueryAsync(string service, params (string Name, string Value)[] parameters)
    {
        using var content = new FormUrlEncodedContent(
            parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));
        var answer = XElement.Parse(await SendAsync(service, parameters[0].Value, content));
        foreach (var element in answer.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return answer;
    }

    /// <summary>The subnets that the account has from the start, and the network that they are in.</summary>
    public async Task<(string[] Subnets, string Vpc)> NetworkAsync()
    {
        var answer = await QueryAsync("ec2", ("Action", "DescribeSubnets"), ("Version", "2016-11-15"));
        return ([.. answer.Descendants("subnetId").Select(subnet => subnet.Value)],
            answer.Descendants("vpcId").First().Value);
    }

    /// <summary>Makes a bucket.</summary>
    public async Task MakeBucketAsync(string name)
    {
        using var content = new StringContent(
            "<CreateBucketConfiguration>"
            + $"<LocationConstraint>{Region}</LocationConstraint></CreateBucketConfiguration>");
        await SendAsync("s3", "CreateBucket", content, path: name);
    }

    /// <summary>Keeps tasks running: else every look at one brings it a state nearer to its end.</summary>
    public async Task HoldTasksAsync()
    {
        using var content = new StringContent(
            """{"model_name":"ecs::task","transition":{"progression":"manual","times":1000000}}""",
            Encoding.UTF8,
            "application/json");
        using var response = await http.PostAsync(new Uri(Url, "/moto-api/state-manager/set-transition"), content);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        http.Dispose();
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await process.WaitForExitAsync(deadline.Token);
        process.Dispose();
    }

    private async Task<string> SendAsync(
        string service, string operation, HttpContent content, string region = Region, string? path = null)
    {
        using var request = new HttpRequestMessage(path is null ? HttpMethod.Post : HttpMethod.Put, new Uri(Url, path))
        {
            Content = content,
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 "
            + $"Credential=test/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, $"{operation}: {(int)response.StatusCode} {text}");
        return text;
    }

    private static bool OnPath(string program) => ProcessEnvironment.Read().GetValueOrDefault("PATH", "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static void Missing(string what)
    {
        if (ProcessEnvironment.Read().GetValueOrDefault("CI") == "true")
            Assert.Fail(what);
        Assert.Ignore(what);
    }

    // A port of 0 is a free one, and the emulator says which: nobody can take it in between.
    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        try
        {
            await running.Task.WaitAsync(StartsWithin, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            await DisposeAsync();
            Assert.Fail($"moto_server did not start within {StartsWithin.TotalSeconds} s: {string.Join('\n', output)}");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        output.Enqueue(line);
        while (output.Count > 50)
            output.TryDequeue(out _);
        if (Running().Match(line) is { Success: true } match)
            running.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    [GeneratedRegex(@"Running on (?<url>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Running();
}
