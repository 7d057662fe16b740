using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

/// <summary>Each setting at its bounds and just outside, and what is no value at all.</summary>
internal sealed class BoundsTests
{
    // A good hold makes room for the shortest deadline, and the other way round.
    private static readonly Dictionary<string, (string, string)> Beside = new()
    {
        ["Ladder.StepTimeout"] = ("Ladder.Hold", "0s"),
        ["Ladder.Hold"] = ("Ladder.StepTimeout", "1h"),
        ["Aws.Service"] = ("Target.Url", "wss://chat.example.com/ws"),
        ["Aws.LoadBalancer"] = ("Target.Url", "wss://chat.example.com/ws"),
    };

    [TestCase("Target.Insecure", "TRUE", "true")]
    [TestCase("Target.Insecure", "False", "false")]
    [TestCase("Search.Exact", "false", "false")]
    [TestCase("Ladder.Profile", "aws", "aws")]
    [TestCase("Ladder.Profile", "Progressive", "progressive")]
    [TestCase("NUM_SESSIONS", "1", "1")]
    [TestCase("NUM_SESSIONS", "1000000", "1000000")]
    [TestCase("NUM_SESSIONS", "none", "none")]
    [TestCase("Ladder.Steps", "1", "1")]
    [TestCase("Ladder.Steps", "1000000", "1000000")]
    [TestCase("Ladder.Steps", " 1,2 , 3", "1, 2, 3")]
    [TestCase("Ladder.Threshold", "1", "100%")]
    [TestCase("Ladder.Threshold", "100%", "100%")]
    [TestCase("Ladder.Threshold", "0.0001", "0.01%")]
    [TestCase("Ladder.Threshold", "0.01 %", "0.01%")]
    [TestCase("Ladder.Threshold", ".8", "80%")]
    [TestCase("Ladder.Threshold", "0.75", "75%")]
    [TestCase("Ladder.Threshold", "75%", "75%")]
    [TestCase("Ladder.StepTimeout", "1s", "1s")]
    [TestCase("Ladder.StepTimeout", "1h", "1h")]
    [TestCase("Ladder.StepTimeout", "1.5s", "1500ms")]
    [TestCase("Ladder.StepTimeout", "5m", "5m")]
    [TestCase("Ladder.StepTimeout", "90s", "90s")]
    [TestCase("Ladder.Pause", "0s", "0s")]
    [TestCase("Ladder.Pause", "10m", "10m")]
    [TestCase("Ladder.Pause", "250ms", "250ms")]
    [TestCase("Ladder.Pause", "0.25ms", "0.25ms")]
    [TestCase("Ladder.Hold", "0ms", "0s")]
    [TestCase("Ladder.Hold", "3599999ms", "3599999ms")]
    [TestCase("Pool.InFlight", "1", "1")]
    [TestCase("Pool.InFlight", "10000", "10000")]
    [TestCase("Pool.Rate", "0.001", "0.001")]
    [TestCase("Pool.Rate", "1000000", "1000000")]
    [TestCase("Pool.Rate", "Unlimited", "unlimited")]
    [TestCase("Pool.SourceAddresses", "127.0.0.2, 127.0.0.3", "127.0.0.2, 127.0.0.3")]
    [TestCase("Pool.SourceAddresses", "none", "none")]
    [TestCase("Gate.RequiredConnections", "1", "1")]
    [TestCase("Gate.RequiredConnections", "1000000", "1000000")]
    [TestCase("Gate.RequiredConnections", "none", "none")]
    [TestCase("Gate.Sizes", "256/512,512 / 1024", "256/512, 512/1024")]
    [TestCase("Gate.Sizes", "128/64", "128/64")]
    [TestCase("Gate.Sizes", "All", "all")]
    [TestCase("Gate.Sizes", "none", "none")]
    [TestCase("Gate.TaskDefinition", "ecs/task.json", "ecs/task.json")]
    [TestCase("Gate.Container", "web_1-a", "web_1-a")]
    [TestCase("Gate.Repeats", "20", "20")]
    [TestCase("Gate.LockFile", "ecs/capacity.lock.json", "ecs/capacity.lock.json")]
    [TestCase("Gate.Expected", "256/512=200-200,512/1024=1-1000000", "256/512=200-200, 512/1024=1-1000000")]
    [TestCase("Gate.Expected", "none", "none")]
    [TestCase("Price.VcpuHour", "0.04048", "0.04048")]
    [TestCase("Price.GigabyteHour", "of the task's architecture", "of the task's architecture")]
    [TestCase("Target.StartTimeout", "10m", "10m")]
    [TestCase("Plan.TargetConnections", "1", "1")]
    [TestCase("Plan.TargetConnections", "1000000000", "1000000000")]
    [TestCase("Plan.Buffer", "1", "1")]
    [TestCase("Plan.Buffer", "10", "10")]
    [TestCase("Plan.Buffer", "1.25", "1.25")]
    [TestCase("Plan.Size", "T3.MEDIUM", "t3.medium")]
    [TestCase("Plan.Size", "512 / 1024", "512/1024")]
    [TestCase("Plan.Size", "none", "none")]
    [TestCase("Plan.BytesPerConnection", "1", "1")]
    [TestCase("Plan.BytesPerConnection", "1000000000", "1000000000")]
    [TestCase("Plan.BytesPerConnection", "Measured", "measured")]
    [TestCase("Plan.ReservedMemory", "0", "0")]
    [TestCase("Plan.ReservedMemory", "4194304", "4194304")]
    [TestCase("Plan.ReservedMemory", "measured", "measured")]
    [TestCase("Plan.MessageRate", "0", "0")]
    [TestCase("Plan.MessageRate", "0.1", "0.1")]
    [TestCase("Plan.MessageRate", "1000000", "1000000")]
    [TestCase("Plan.MessageBytes", "0", "0")]
    [TestCase("Plan.MessageBytes", "1000000000", "1000000000")]
    [TestCase("Plan.MessageTime", "0.001ms", "0.001ms")]
    [TestCase("Plan.MessageTime", "10s", "10s")]
    [TestCase("Plan.Zones", "1", "1")]
    [TestCase("Plan.Zones", "6", "6")]
    [TestCase("Plan.MinimumHealthyPercent", "1", "1")]
    [TestCase("Plan.MinimumHealthyPercent", "100", "100")]
    [TestCase("Plan.ReconnectWithin", "1s", "1s")]
    [TestCase("Plan.ReconnectWithin", "1h", "1h")]
    [TestCase("Plan.PingInterval", "1s", "1s")]
    [TestCase("Plan.PingInterval", "1h", "1h")]
    [TestCase("Plan.ResponseTime", "1ms", "1ms")]
    [TestCase("Plan.ResponseTime", "1m", "1m")]
    [TestCase("Price.LoadBalancerHour", "0.0225", "0.0225")]
    [TestCase("Price.LcuHour", "100", "100")]
    [TestCase("Price.LcuHour", "default", "default")]
    [TestCase("Target.Subprotocol", "chat.v1", "chat.v1")]
    [TestCase("Target.Subprotocol", "none", "none")]
    [TestCase("Target.CaFile", "ca.pem", "ca.pem")]
    [TestCase("Reports.Directory", "out", "out")]
    [TestCase("Aws.TaskDefinition", "deploy/task.json", "deploy/task.json")]
    [TestCase("Aws.Cluster", "prod_1-a", "prod_1-a")]
    [TestCase(
        "Aws.Cluster",
        "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
        "arn:aws:ecs:eu-west-1:123456789012:cluster/prod")]
    [TestCase(
        "Aws.Service",
        "arn:aws-cn:ecs:cn-north-1:123456789012:service/prod/chat",
        "arn:aws-cn:ecs:cn-north-1:123456789012:service/prod/chat")]
    [TestCase("Aws.Service", "none", "none")]
    [TestCase("Aws.LoadBalancer", "app/my-alb/50dc6c495c0c9188", "app/my-alb/50dc6c495c0c9188")]
    [TestCase(
        "Aws.LoadBalancer",
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/my-alb/50dc6c495c0c9188",
        "app/my-alb/50dc6c495c0c9188")]
    [TestCase("Aws.MetricsWait", "0s", "0s")]
    [TestCase("Aws.MetricsWait", "15m", "15m")]
    [TestCase("Aws.Publish", "EMF", "emf")]
    [TestCase("Aws.Publish", "auto", "auto")]
    [TestCase("Aws.Publish", "api", "api")]
    [TestCase("Aws.Publish", "off", "off")]
    [TestCase("Aws.Namespace", "Team/Chat:1.#_-", "Team/Chat:1.#_-")]
    [TestCase("Aws.Dashboard", "true", "true")]
    [TestCase("Aws.ReportsBucket", "my.reports-1", "my.reports-1")]
    [TestCase("Aws.ReportsPrefix", "team/chat", "team/chat")]
    public void A_legal_value_is_taken(string name, string value, string shown)
    {
        var settings = SettingsSetup.Usable(Read(name, value));
        var redacted = settings.Redacted.Single(setting => setting.Name == name);
        Assert.That(redacted, Is.EqualTo(new RedactedSetting(name, shown, "parameter")));
    }

    [TestCase("Target.Insecure", "1", "yes", "0", "truee")]
    [TestCase("Search.Exact", "on", "no")]
    [TestCase("Ladder.Profile", "seed", "none", "progressive,aws")]
    [TestCase("NUM_SESSIONS", "0", "1000001", "-5", "10k", "1e3", "unlimited")]
    [TestCase("Ladder.Steps", "0", "1000001", "10,5", "10,10", "10,", ",", "ten", "10;20", "10 20", "1e3", "10,-20",
        "1.5", "NaN", "none")]
    [TestCase("Ladder.Threshold", "0", "0%", "1.0001", "100.01%", "101%", "0,8", "75", "-0.5", "-1%", "NaN", "%",
        "0.75%%", "1e-1", "80 percent")]
    [TestCase("Ladder.StepTimeout", "999ms", "3600001ms", "61m", "5", "PT5M", "-1s", "0", "s", "1d", "1h30m", "1,5s",
        "NaNs", "∞s", "00:01:30", "90S")]
    [TestCase("Ladder.StepTimeout", "99999999999999999999999999h", "999999999999999999999999999999999999s")]
    [TestCase("Ladder.Pause", "600001ms", "-1ms", "3")]
    [TestCase("Ladder.Hold", "3600001ms", "-0.1s", "1")]
    [TestCase("Pool.InFlight", "0", "10001", "-1", "1000000000000", "10k", "1,000", "NaN", "+5", "5.0", "0x10", "١٠")]
    [TestCase("Pool.Rate", "0", "1000000.1", "-1", "NaN", "1,5", "1e3", "none", "Infinity")]
    [TestCase("Pool.SourceAddresses", "1", "127.1", "localhost", "127.0.0.1:80", "[::1]:80", "127.0.0.1,,127.0.0.2",
        "127.0.0.1,127.0.0.1")]
    [TestCase(
        "Pool.SourceAddresses", "0.0.0.0", "::", "127.0.0.1 127.0.0.2", "256.0.0.1", "127.0.0.0/8", "127.0.0.2, ::1")]
    [TestCase("Gate.RequiredConnections", "0", "1000001", "-1", "75%")]
    [TestCase("Gate.Sizes", "256", "256/", "/512", "256/512,", "256/512,256/512", "0/512", "127/512", "256/63",
        "256/512/1", "0.25/512", "256 512", "-256/512", "all,256/512")]
    [TestCase("Gate.Container", "a b", "ü", "a/b")]
    [TestCase("Gate.Repeats", "0", "21", "3.0")]
    [TestCase("Gate.Accept", "yes", "1")]
    [TestCase("Gate.Expected", "256/512", "256/512=", "256/512=500", "256/512=500-200", "256/512=0-1",
        "256/512=1-1000001", "256/512=1-2,256/512=1-2", "=1-2")]
    [TestCase("Price.VcpuHour", "0", "-1", "100.1", "$0.04", "0,04")]
    [TestCase("Target.StartTimeout", "999ms", "601s", "60")]
    [TestCase("Plan.TargetConnections", "0", "1000000001", "1e12", "99999999999999999999")]
    [TestCase("Plan.Buffer", "0.99", "10.01", "0", "120%", "1,2")]
    [TestCase("Plan.Size", "t3.huge", "medium", "512", "127/512", "512/63", "256/512, 512/1024", "all")]
    [TestCase("Plan.BytesPerConnection", "0", "1000000001", "64KB", "-1", "1.5")]
    [TestCase("Plan.ReservedMemory", "-1", "4194305", "0.5", "512MiB")]
    [TestCase("Plan.MessageRate", "-1", "1000000.1", "1/s", "0,5", "NaN")]
    [TestCase("Plan.MessageBytes", "-1", "1000000001", "200B")]
    [TestCase("Plan.MessageTime", "0s", "0.0009ms", "10001ms", "50", "50us")]
    [TestCase("Plan.Zones", "0", "7", "1.5", "eu-west-1a")]
    [TestCase("Plan.MinimumHealthyPercent", "0", "101", "50%", "0.5")]
    [TestCase("Plan.ReconnectWithin", "999ms", "3600001ms", "60")]
    [TestCase("Plan.PingInterval", "0s", "61m", "30")]
    [TestCase("Plan.ResponseTime", "0.9ms", "60001ms", "0.5")]
    [TestCase("Price.LoadBalancerHour", "0", "100.1", "$0.0225")]
    [TestCase("Price.LcuHour", "0", "-1", "0,008")]
    [TestCase("Target.Subprotocol", "chat, chat2", "a b", "a/b", "ü", "a\r\nX: y")]
    [TestCase("Target.CaFile", "a\0b")]
    [TestCase("Reports.Directory", "a\nb", ".", "..", "/")]
    [TestCase("Aws.Cluster", "a b", "arn:aws:ecs:eu-west-1:1:cluster/x", "a/b", "ü")]
    [TestCase("Aws.LoadBalancer", "my-alb", "net/my-nlb/50dc6c495c0c9188", "app/my-alb",
        "targetgroup/x/50dc6c495c0c9188", "app/a b/1")]
    [TestCase("Aws.MetricsWait", "901s", "-1s", "3")]
    [TestCase("Aws.Publish", "none", "true", "cloudwatch", "1", "2")]
    [TestCase("Aws.Namespace", "AWS/ECS", ":a", "a b")]
    [TestCase("Aws.ReportsBucket", "ab", "My-Bucket", "-ab", "a..b", "s3://bucket", "a_b")]
    [TestCase("Aws.ReportsPrefix", "/a", "a/", "a//b", "a b", "ü")]
    public void An_illegal_value_is_named(string name, params string[] values)
    {
        var definition = SettingCatalog.Find(name)!;
        using (Assert.EnterMultipleScope())
        {
            foreach (var value in values)
            {
                var result = Read(name, value);
                Assert.That(result.Problems, Has.Length.EqualTo(1), $"{name}={value}: {result.Message}");
                var problem = result.Problems.FirstOrDefault();
                Assert.That(problem?.Name, Is.EqualTo(name));
                Assert.That(problem?.Where, Is.EqualTo("parameter"));
                Assert.That(problem?.Allowed, Is.EqualTo(definition.Allowed));
                Assert.That(problem?.Value, Is.EqualTo(SettingFormats.EchoPlain(value)));
            }
        }
    }

    [TestCaseSource(typeof(SettingsSetup), nameof(SettingsSetup.Names))]
    public void An_empty_value_is_never_taken_for_the_default(string name)
    {
        var setting = SettingCatalog.Find(name)!;
        using (Assert.EnterMultipleScope())
        {
            foreach (var empty in new[] { "", "  ", "\n" })
            {
                var problem = SettingsSetup.FromEnvironment((setting.EnvironmentName, empty)).Problems
                    .SingleOrDefault();
                Assert.That(problem?.Reason, Is.EqualTo("it is empty: give a value, or leave the setting out"));
            }
        }
    }

    [TestCase("Ladder.Threshold", "75", "write 75% if that is meant")]
    [TestCase("Ladder.Threshold", "0,8", "write a point, not a comma")]
    [TestCase("Plan.Buffer", "1,2", "write a point, not a comma")]
    [TestCase("Ladder.Hold", "5", "its unit is missing")]
    [TestCase("Ladder.Hold", "1,5s", "write a point, not a comma")]
    [TestCase("Ladder.Steps", "10,5", "5 follows 10")]
    [TestCase("Ladder.Steps", "10,,50", "a number is missing")]
    [TestCase("Ladder.Steps", "10,1k", "'1k' is not allowed")]
    [TestCase("Target.Subprotocol", "a, b", "ask for one subprotocol, not for several")]
    [TestCase("Pool.SourceAddresses", "::1, 0:0::1", "::1 is there twice")]
    [TestCase(
        "Pool.SourceAddresses",
        "127.0.0.2, ::1",
        "127.0.0.2 and ::1 are of two families, and a target is reached over one")]
    [TestCase("Pool.SourceAddresses", "127.1", "'127.1' is no IP address")]
    public void A_likely_slip_is_explained(string name, string value, string reason) =>
        Assert.That(SettingsSetup.OnlyProblem(name, value).Reason, Is.EqualTo(reason));

    [TestCase("Aws.Service", "chat")]
    [TestCase("Aws.LoadBalancer", "app/my-alb/50dc6c495c0c9188")]
    public void What_is_under_test_in_AWS_is_not_the_embedded_target(string name, string value) => Assert.That(
        SettingsSetup.OnlyProblem(name, value).Reason, Is.EqualTo(
            "it names what is under test, and Target.Url is embedded: set Target.Url to its ws:// or wss:// URL"));

    private static SettingsResult Read(string name, string value) => Beside.TryGetValue(name, out var beside)
        ? SettingsSetup.FromParameters((name, value), beside)
        : SettingsSetup.FromParameters((name, value));
}
