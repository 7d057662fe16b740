using System.Diagnostics;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Host;
using Support.Tests.Aws;
using Support.Tests.Docs;

namespace Support.Tests.Ecs.Definitions;

/// <summary>
/// What deploy/README.md tells to do, done with the real AWS CLI against an emulator, which itself judges nothing.
/// </summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance), Parallelizable(ParallelScope.Self)]
internal sealed class DeployTests
{
    private MotoServer moto = null!;
    private DirectoryInfo folder = null!;

    [OneTimeSetUp]
    public async Task Deploys_as_the_page_says()
    {
        moto = await SharedMoto.GetAsync();
        folder = Directory.CreateTempSubdirectory("deploy");
        // The commands name files of the repository and make files beside them.
        Process.Start("cp", ["-r", Path.Combine(Documents.Root, "deploy"), folder.FullName])!.WaitForExit();
        await RunAsync(Commands());
    }

    [OneTimeTearDown]
    public void Removes_the_folder() => folder?.Delete(recursive: true);

    [Test]
    public async Task The_template_comes_back_as_it_was_registered_and_passes_the_checks()
    {
        var printed = await moto.CallAsync(
            "ecs",
            "AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition",
            """{"taskDefinition":"websocket-capacity"}""");
        var found = await Definitions.FindAllAsync(printed);

        using (Assert.EnterMultipleScope())
        {
            Lacks(JsonNode.Parse(Definitions.Good)!, JsonNode.Parse(printed)!["taskDefinition"]!, "taskDefinition");
            Assert.That(found.Where(finding => finding.Outcome > CheckOutcome.Passed)
                .Select(finding => $"{finding.Id}: {finding.Actual}"), Is.Empty);
        }
    }

    [Test]
    public async Task The_policies_come_back_as_they_were_put()
    {
        var role = await IamAsync("AssumeRolePolicyDocument", ("Action", "GetRole"));
        var policy = await IamAsync(
            "PolicyDocument", ("Action", "GetRolePolicy"), ("PolicyName", "websocket-capacity"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(role, Is.EqualTo(Filled("deploy/iam/trust-policy.json")));
            Assert.That(policy, Is.EqualTo(Filled("deploy/iam/task-role-policy.json")));
        }
    }

    [Test]
    public void The_policy_allows_what_the_suite_calls_and_no_more()
    {
        var actions = JsonNode.Parse(Documents.Text("deploy/iam/task-role-policy.json"))!["Statement"]!.AsArray()
            .Select(statement => statement!["Action"]!).SelectMany(action => action is JsonArray all
                ? all.Select(one => one!.GetValue<string>())
                : [action.GetValue<string>()]);

        Assert.That(actions, Is.EquivalentTo(
        [
            "ecs:DescribeTasks", "ecs:DescribeTaskDefinition", "ecs:DescribeServices", "cloudwatch:PutMetricData",
            "cloudwatch:GetMetricData", "s3:PutObject", "application-autoscaling:DescribeScalableTargets",
            "application-autoscaling:DescribeScalingPolicies", "elasticloadbalancing:DescribeLoadBalancers",
            "elasticloadbalancing:DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeTargetGroups",
            "elasticloadbalancing:DescribeTargetGroupAttributes",
        ]));
    }

    // The emulator starts without AWS's own policies.
    private static string Commands()
    {
        var page = Documents.Text("deploy/README.md");
        var start = page.IndexOf("<!-- tested -->\n```sh\n", StringComparison.Ordinal)
            + "<!-- tested -->\n```sh\n".Length;
        var block = page[start..page.IndexOf("```", start, StringComparison.Ordinal)]
            .Replace("\\\n", "", StringComparison.Ordinal);
        Assert.That(block, Does.Contain("register-task-definition --cli-input-json"));
        return string.Join(
            '\n', block.Split('\n').Where(line => !line.Contains("attach-role-policy", StringComparison.Ordinal)));
    }

    private async Task<string> IamAsync(string document, params (string Name, string Value)[] parameters)
    {
        var answer = await moto.QueryAsync(
            "iam", [.. parameters, ("Version", "2010-05-08"), ("RoleName", "websocket-capacity-task")]);
        return JsonNode.Parse(Uri.UnescapeDataString(answer.Descendants(document).Single().Value))!.ToJsonString();
    }

    private async Task RunAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-eu", "-c", script])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in moto.Environment)
            start.Environment[name] = value;
        foreach (var (name, value) in new[]
        {
            ("ACCOUNT", Definitions.Account),
            ("IMAGE", $"{Definitions.Account}.dkr.ecr.eu-west-1.example/websocket-capacity@sha256:00"),
            ("TARGET", "wss://chat.example.com/ws"),
            ("BUCKET", "my-reports"),
        })
            start.Environment[name] = value;
        using var shell = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var output = shell.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = await shell.StandardError.ReadToEndAsync(deadline.Token);
        await shell.WaitForExitAsync(deadline.Token);
        Assert.That(shell.ExitCode, Is.Zero, $"{error}\n{await output}");
    }

    private static string Filled(string path) => JsonNode.Parse(Definitions.Fill(Documents.Text(path)))!.ToJsonString();

    // What was sent is all there; AWS adds its defaults.
    private static void Lacks(JsonNode sent, JsonNode? printed, string path)
    {
        if (sent is JsonObject members)
        {
            foreach (var (name, value) in members)
                Lacks(value!, (printed as JsonObject)?[name], $"{path}.{name}");
        }
        else if (sent is JsonArray items)
        {
            Assert.That((printed as JsonArray)?.Count, Is.EqualTo(items.Count), path);
            for (var index = 0; index < Math.Min(items.Count, (printed as JsonArray)?.Count ?? 0); index++)
                Lacks(items[index]!, printed![index], FormattableString.Invariant($"{path}[{index}]"));
        }
        else
        {
            Assert.That(printed?.ToJsonString(), Is.EqualTo(sent.ToJsonString()), path);
        }
    }
}
