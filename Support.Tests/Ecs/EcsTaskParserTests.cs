using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Tests.Reports;

namespace Support.Tests.Ecs;

/// <summary>What is read of a task's metadata, and that nothing but its ARN is needed.</summary>
internal sealed class EcsTaskParserTests
{
    private const string Arn =
        "arn:aws:ecs:us-east-1:123456789012:task/MyEmptyCluster/bfa2636268144d039771334145e490c5";

    [Test]
    public void A_task_on_Fargate_is_read()
    {
        var task = Captures.Fargate;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.Arn, Is.EqualTo(new TaskArn(
                Arn, "aws", "us-east-1", "123456789012", "MyEmptyCluster", "bfa2636268144d039771334145e490c5")));
            Assert.That(
                (task.Cluster, task.ClusterArn),
                Is.EqualTo(("MyEmptyCluster", "arn:aws:ecs:us-east-1:123456789012:cluster/MyEmptyCluster")));
            Assert.That(
                (task.Definition, task.Service, task.LaunchType, task.IsFargate),
                Is.EqualTo(("sample-fargate:5", (string?)null, "FARGATE", true)));
            Assert.That(
                (task.NetworkMode, task.AvailabilityZone, task.DesiredStatus, task.KnownStatus),
                Is.EqualTo(("awsvpc", "us-east-1d", "RUNNING", "RUNNING")));
            Assert.That(
                (task.CpuUnits.Count, task.MemoryMebibytes.Count, task.Size),
                Is.EqualTo((256, 512, "256/512")),
                "0.25 vCPU are 256 CPU units");
            Assert.That(task.Clock, Is.EqualTo(new ClockDrift(true, 0.446931)));
            Assert.That(task.Storage, Is.EqualTo(new EphemeralStorage(261, 20496)));
            Assert.That(
                task.This!.ImageId,
                Is.EqualTo("sha256:daf3f46a2639c1613b25e85c9ee4193af8a1d538f92483d67f9a3d7f21721827"));
            Assert.That(task.This.CpuUnits.Count, Is.EqualTo(128));
            Assert.That(
                task.This.MemoryMebibytes,
                Is.InstanceOf<Limit.None>(),
                "Fargate leaves it out where the container has none of its own");
            Assert.That(task.DeclaredMebibytes.Count, Is.EqualTo(512));
        }
    }

    [Test]
    public void A_task_early_in_its_start_is_read()
    {
        var task = Captures.Task("fargate-early-task.json", Captures.FargateId);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.KnownStatus, task.This!.KnownStatus, task.NetworkMode),
                Is.EqualTo(("NONE", "PULLED", "awsvpc")),
                "there is no network yet, and Fargate has one mode");
            Assert.That(task.This.CpuUnits, Is.InstanceOf<Limit.None>());
            Assert.That(
                (task.This.Log!.Driver, task.This.Log.Mode, task.This.Log.BufferSize, task.This.Log.Group),
                Is.EqualTo(("awslogs", "non-blocking", "25m", "/ecs/x")));
            Assert.That(
                (task.Clock, task.Storage),
                Is.EqualTo(((ClockDrift?)null, (EphemeralStorage?)null)),
                "not told is not 0");
        }
    }

    [Test]
    public void A_task_on_EC2_has_no_limit_of_its_own_and_a_pause_container_that_is_not_counted()
    {
        var task = Captures.Ec2;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.Cluster, task.Service, task.LaunchType, task.Size),
                Is.EqualTo(("default", "MyService", "EC2", (string?)null)));
            Assert.That(
                task.ClusterArn,
                Is.EqualTo("arn:aws:ecs:us-west-2:111122223333:cluster/default"),
                "EC2 tells the name alone");
            Assert.That(task.CpuUnits, Is.InstanceOf<Limit.None>());
            Assert.That(task.MemoryMebibytes, Is.InstanceOf<Limit.None>());
            Assert.That(
                task.Containers.Select(container => (container.Name, container.IsNormal)),
                Is.EqualTo(new[] { ("~internal~ecs~pause", false), ("curl", true) }));
            Assert.That(task.Containers[0].ImageId, Is.Null, "it is told as an empty text");
            Assert.That(
                task.Containers[0].MemoryMebibytes,
                Is.InstanceOf<Limit.None>(),
                "0 is how EC2 says that there is none");
            Assert.That(
                (task.This!.Name, task.This.MemoryMebibytes.Count, task.This.CpuUnits.Count),
                Is.EqualTo(("curl", 128, 10)));
            Assert.That(task.Others, Is.Empty);
        }
    }

    [TestCase("AWS_ECS_FARGATE", "FARGATE")]
    [TestCase("AWS_ECS_EC2", "EC2")]
    [TestCase("AWS_ECS_MANAGED_INSTANCES", "MANAGED_INSTANCES")]
    [TestCase("AWS_Lambda_dotnet10", null)]
    [TestCase(null, null)]
    public void Version_3_tells_no_launch_type_and_the_execution_environment_does(string? execution, string? launchType)
    {
        var task = Captures.Task("v3-task.json", Captures.FargateId, 3, execution);

        Assert.That(
            (task.LaunchType, task.MetadataVersion, task.Size, task.This!.Log),
            Is.EqualTo((launchType, 3, "256/512", (ContainerLog?)null)));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("\"V4 task metadata handler: unable to get task arn from request\"")]
    [TestCase("<html>")]
    [TestCase("{\"TaskARN\":\"")]
    [TestCase("{\"TaskARN\":5}")]
    [TestCase("{\"TaskARN\":\"\\ud800\"}")]
    [TestCase("{\"TaskARN\":\"arn:aws:ecs:us-east-1:123456789012:task/x/y\",\"\\ud800\":1}")]
    [TestCase("{\"TaskARN\":\"arn:aws:ecs:us-east-1:123456789012:service/x/y\"}")]
    [TestCase("{\"TaskARN\":\"arn:aws:ecs:us-east-1:12345:task/x/y\"}")]
    [TestCase("{\"TaskARN\":\"arn:aws:ecs:us-east-1:123456789012:task/x/y/z\"}")]
    public void What_names_no_task_is_none(string text) => Assert.That(EcsTaskParser.Parse(text, 4, null), Is.Null);

    [Test]
    public void Memory_that_no_number_holds_is_not_known()
    {
        var container = Captures.Fargate.Containers[0] with { MemoryInUseBytes = 5_000_000_000_000_000_000 };

        Assert.That(
            (Captures.Fargate with { Containers = [container, container with { DockerId = "b" }] }).MemoryInUseBytes,
            Is.Null);
    }

    [Test]
    public void Depth_without_end_is_no_task() =>
        Assert.That(EcsTaskParser.Parse(new string('[', 100_000), 4, null), Is.Null);

    [TestCase("arn:aws:ecs:eu-central-1:123456789012:task/158d1c8083dd49d6b527399fd6414f5c", "eu-central-1", null)]
    [TestCase("arn:aws-cn:ecs:cn-north-1:123456789012:task/c/1", "cn-north-1", "c")]
    [TestCase("arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task/c/1", "us-gov-west-1", "c")]
    public void An_ARN_alone_is_a_task_of_which_all_else_is_not_known(string arn, string region, string? cluster)
    {
        var task = EcsTaskParser.Parse($$"""{"TaskARN":"{{arn}}"}""", 4, null)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.Arn.Region, task.Cluster, task.Definition, task.LaunchType, task.NetworkMode, task.This),
                Is.EqualTo((region, cluster, (string?)null, (string?)null, (string?)null, (EcsContainer?)null)));
            Assert.That(task.CpuUnits, Is.InstanceOf<Limit.Unknown>());
            Assert.That(task.MemoryInUseBytes, Is.Null);
        }
    }

    [TestCase("256", 256L)]
    [TestCase("256.0", 256L)]
    [TestCase("2.56e2", 256L)]
    [TestCase("\"256\"", 256L)]
    [TestCase("9223372036854771712", null)]
    [TestCase("18446744073709551615", null)]
    [TestCase("1e999", null)]
    [TestCase("-5", null)]
    [TestCase("0.01", null)]
    [TestCase("\"lots\"", null)]
    [TestCase("\"2,5\"", null)]
    [TestCase("{}", null)]
    [TestCase("true", null)]
    public void A_number_may_have_any_form_and_what_is_none_is_not_known(string json, long? mebibytes)
    {
        var task = Culture.In("de-DE", () => EcsTaskParser.Parse(
            $$$"""{"TaskARN":"{{{Arn}}}","LaunchType":"fargate","Limits":{"Memory":{{{json}}}}}""", 4, null)!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.MemoryMebibytes.Count, Is.EqualTo(mebibytes));
            Assert.That(
                task.MemoryMebibytes,
                mebibytes is null ? Is.InstanceOf<Limit.Unknown>() : Is.InstanceOf<Limit.Number>());
            Assert.That(task.CpuUnits, Is.InstanceOf<Limit.Unknown>(), "on Fargate each task has one: not told");
        }
    }

    [Test]
    public void Fields_of_another_form_are_left_out_and_options_that_may_hold_a_secret_too()
    {
        var task = EcsTaskParser.Parse(
            $$$"""
            {"TaskARN":"{{{Arn}}}","Cluster":["x"],"Family":7,"LaunchType":{},"Limits":"none","ClockDrift":[],"EphemeralStorageMetrics":{"Utilized":"much"},
             "Containers":[5,null,{"Name":"no id"},{"DockerId":"a","Name":"app\u001b[31m","LogDriver":"splunk",
             "LogOptions":{"splunk-token":"hunter2","mode":"blocking","awslogs-group":{"x":1}},"Networks":{"NetworkMode":"x"},"RestartCount":-1,"Health":"bad"}]}
            """,
            4,
            null)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (task.Cluster, task.Family, task.LaunchType, task.Clock),
                Is.EqualTo(("MyEmptyCluster", (string?)null, (string?)null, (ClockDrift?)null)));
            Assert.That(task.Containers, Has.Length.EqualTo(1));
            Assert.That(task.Containers[0].Name, Is.EqualTo("app [31m"), "no control character gets to a screen");
            Assert.That(
                task.Containers[0].Log!.Options.Select(option => $"{option.Key}={option.Value}"),
                Is.EqualTo(new[] { "mode=blocking" }));
            Assert.That(
                (task.Containers[0].NetworkMode, task.Containers[0].Restarts, task.Containers[0].Health),
                Is.EqualTo(((string?)null, (long?)null, (string?)null)));
        }
    }
}
