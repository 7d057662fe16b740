using NUnit.Framework;
using Support.Settings;

namespace Support.Tests.Settings;

internal sealed class DefaultsTests
{
    [Test]
    public void Nothing_given_is_the_contract()
    {
        var settings = SettingsSetup.Usable(SettingsSetup.FromParameters());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Target.Url, Is.Null);
            Assert.That(settings.Target.Headers, Is.Empty);
            Assert.That(settings.Target.Subprotocol, Is.Null);
            Assert.That(settings.Target.CaFile, Is.Null);
            Assert.That(settings.Target.Insecure, Is.False);
            Assert.That(settings.Ladder.Profile, Is.EqualTo("progressive"));
            Assert.That(settings.Ladder.LastStep, Is.Null);
            Assert.That(settings.Ladder.Steps, Is.EqualTo([10, 25, 50, 100, 200, 500, 1000]));
            Assert.That(settings.Ladder.Threshold, Is.EqualTo(0.75));
            Assert.That(settings.Ladder.StepTimeout, Is.EqualTo(TimeSpan.FromSeconds(90)));
            Assert.That(settings.Ladder.Pause, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(settings.Ladder.Hold, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(settings.Search.Exact, Is.True);
            Assert.That(settings.Pool.InFlight, Is.EqualTo(100));
            Assert.That(settings.Pool.Rate, Is.Null);
            Assert.That(settings.Pool.SourceAddresses, Is.Empty);
            Assert.That(settings.Gate.RequiredConnections, Is.Null);
            Assert.That(settings.Gate.MeasuresSizes, Is.False);
            Assert.That(settings.Gate.LockFile, Is.EqualTo(Path.Combine(SettingsSetup.Root, "capacity.lock.json")));
            Assert.That(settings.Plan.TargetConnections, Is.EqualTo(10_000));
            Assert.That(settings.Plan.Buffer, Is.EqualTo(1.2));
            Assert.That(settings.Reports.Directory, Is.EqualTo(Path.Combine(SettingsSetup.Root, "reports", "latest")));
        }
    }

    [Test]
    public void The_redacted_defaults_show_what_is_in_effect()
    {
        var settings = SettingsSetup.Usable(SettingsSetup.FromParameters());
        Assert.That(settings.Redacted.Select(setting => $"{setting.Name}={setting.Value}"), Is.EqualTo(new[]
        {
            "Target.Url=embedded", "Target.Command=none", "Target.StartTimeout=1m",
            "Target.Headers=none", "Target.Subprotocol=none", "Target.CaFile=none", "Target.Insecure=false",
            "Ladder.Profile=progressive",
            "NUM_SESSIONS=none", "Ladder.Steps=10, 25, 50, 100, 200, 500, 1000", "Ladder.Threshold=75%",
            "Ladder.StepTimeout=90s",
            "Ladder.Pause=3s", "Ladder.Hold=1s", "Search.Exact=true", "Pool.InFlight=100", "Pool.Rate=unlimited",
            "Pool.SourceAddresses=none", "Gate.RequiredConnections=none", "Gate.Sizes=none", "Gate.TaskDefinition=none",
            "Gate.TaskDefinitionBefore=none",
            "Gate.Container=none", "Gate.Repeats=3", "Gate.Accept=false", "Gate.LockFile=capacity.lock.json",
            "Gate.Expected=256/512=200-500, 512/1024=500-1000, 1024/2048=1000-2000, 2048/4096=2000-5000",
            "Price.VcpuHour=of the task's architecture", "Price.GigabyteHour=of the task's architecture",
            "Price.LoadBalancerHour=default", "Price.LcuHour=default", "Plan.TargetConnections=10000",
            "Plan.Buffer=1.2", "Plan.Size=none", "Plan.BytesPerConnection=measured", "Plan.ReservedMemory=measured",
            "Plan.MessageRate=1", "Plan.MessageBytes=200", "Plan.MessageTime=0.05ms", "Plan.Zones=3",
            "Plan.MinimumHealthyPercent=100", "Plan.ReconnectWithin=1m", "Plan.PingInterval=30s",
            "Plan.ResponseTime=500ms", "Reports.Directory=reports/latest", "Aws.TaskDefinition=none",
            "Aws.Cluster=none", "Aws.Service=none", "Aws.LoadBalancer=none", "Aws.MetricsWait=3m", "Aws.Publish=auto",
            "Aws.Namespace=WebSocketCapacity", "Aws.Dashboard=false", "Aws.ReportsBucket=none",
            "Aws.ReportsPrefix=capacity",
        }));
        Assert.That(settings.Redacted.Select(setting => setting.Source), Is.All.EqualTo("default"));
    }

    [Test]
    public void The_aws_profile_brings_steps_threshold_and_deadline()
    {
        var ladder = SettingsSetup.Usable(SettingsSetup.FromParameters(("Ladder.Profile", "aws"))).Ladder;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ladder.Steps, Is.EqualTo([10, 50, 100, 200, 500, 1000, 2000, 5000]));
            Assert.That(ladder.Threshold, Is.EqualTo(0.8));
            Assert.That(ladder.StepTimeout, Is.EqualTo(TimeSpan.FromSeconds(60)));
            Assert.That(ladder.Pause, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(ladder.Hold, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public void A_setting_overrides_its_part_of_the_profile_and_no_other()
    {
        var ladder = SettingsSetup.Usable(
            SettingsSetup.FromParameters(("Ladder.Threshold", "0.9"), ("Ladder.Profile", "AWS"))).Ladder;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ladder.Profile, Is.EqualTo("aws"));
            Assert.That(ladder.Threshold, Is.EqualTo(0.9));
            Assert.That(ladder.Steps[^1], Is.EqualTo(5000));
        }
    }

    [Test]
    public void Every_name_of_the_contract_is_known_in_its_order()
    {
        string[] contract =
        [
            "Target.Url", "Target.Headers", "Target.Subprotocol", "Target.CaFile", "Target.Insecure", "Ladder.Profile",
            "Ladder.Steps", "Ladder.Threshold", "Ladder.StepTimeout", "Ladder.Pause", "Ladder.Hold", "Search.Exact",
            "Pool.InFlight", "Pool.Rate", "Pool.SourceAddresses", "Gate.RequiredConnections", "Plan.TargetConnections",
            "Plan.Buffer", "Reports.Directory",
        ];
        Assert.That(SettingCatalog.All.Select(setting => setting.Name).Intersect(contract), Is.EqualTo(contract));
    }

    [TestCase("Target.Url", "CAPACITY_TARGET_URL")]
    [TestCase("Ladder.StepTimeout", "CAPACITY_LADDER_STEPTIMEOUT")]
    [TestCase("NUM_SESSIONS", "NUM_SESSIONS")]
    public void Environment_names_follow_the_rule(string name, string variable) =>
        Assert.That(SettingCatalog.Find(name)!.EnvironmentName, Is.EqualTo(variable));

    [TestCaseSource(typeof(SettingsSetup), nameof(SettingsSetup.Names))]
    public void The_shown_default_can_be_read_back(string name)
    {
        var setting = SettingCatalog.Find(name)!;
        var shown = setting.Show(new CapacitySettings());
        var (settings, problem) = setting.Apply(new CapacitySettings(), shown);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem, Is.Null);
            Assert.That(setting.Show(settings), Is.EqualTo(shown));
        }
    }
}
