using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Tests.Host;

namespace Support.Tests.Ecs;

/// <summary>One thing is wrong with a task: one check finds it, no other does, and it says what mends it.</summary>
internal sealed class MismatchTests
{
    private static IEnumerable<TestCaseData> Mismatches()
    {
        var (task, machine) = (Tasks.Healthy, Tasks.Machine);
        var (runtime, group) = (machine.Runtime, machine.Cgroup);
        var sidecar = task.Containers[0] with
        {
            DockerId = "b",
            Name = "side \"car\"",
            MemoryInUseBytes = 40 * Tasks.Mebibyte,
            MemoryMebibytes = new Limit.None("x"),
        };
        yield return Case(
            "Metadata", task with { MetadataVersion = 3 }, machine, "version 3", "--platform-version LATEST");
        yield return Case("Metadata", task with { Gaps = ["statistics: 500 '{}'"] }, machine,
            "not read: statistics: 500 '{}'", "next run");
        yield return Case(
            "Status", task with { DesiredStatus = "STOPPED" }, machine, "ECS is stopping this task", "Task.State");
        yield return Case("Status", task.With(container => container with { Health = "UNHEALTHY" }), machine,
            "unhealthy: capacity", "health check");
        yield return Case("NetworkMode", task with { NetworkMode = "bridge" }, machine, "connection tracking",
            "\"networkMode\": \"awsvpc\"");
        yield return Case("NetworkMode", task with { NetworkMode = "host" }, machine, "one task per instance",
            "\"networkMode\": \"awsvpc\"");
        yield return Case(
            "NetworkMode", task with { NetworkMode = null }, machine, "not told", "describe-task-definition");
        yield return Case("TaskSize", task with { MemoryMebibytes = Machines.Number(768) }, machine, "768",
            "\"cpu\": \"256\", \"memory\": \"1024\"");
        yield return Case(
            "CpuQuota",
            task,
            machine with { Cgroup = group with { CpuMillicores = Machines.Number(125) } },
            "0.125 cores",
            "\"cpu\": \"256\", \"memory\": \"512\"");
        yield return Case(
            "CpuQuota",
            task,
            machine with { Cgroup = group with { CpuMillicores = Machines.Number(500) } },
            "the quota is not the task's",
            "\"cpu\": \"512\", \"memory\": \"1024\"");
        yield return Case("Processors", task, machine with { Runtime = runtime with { Processors = 2 } },
            "2: threads and heaps", "\"DOTNET_PROCESSOR_COUNT\", \"value\": \"1\"");
        yield return Case(
            "MemoryLimit",
            task,
            machine with { Cgroup = group with { MemoryLimitBytes = new Limit.None("memory.max") } },
            "no limit (memory.max)",
            "\"memory\": 512");
        yield return Case(
            "MemoryLimit",
            task,
            machine with { Cgroup = group with { MemoryLimitBytes = Machines.Number(512 * Tasks.Mebibyte) } },
            "looks larger than it is",
            "\"memory\": 512");
        yield return Case(
            "MemoryLimit",
            task,
            machine with { Cgroup = group with { MemoryLimitBytes = Machines.Number(256 * Tasks.Mebibyte) } },
            "before the declared memory is used up",
            "\"memory\": 512");
        yield return Case(
            "GcMemory",
            task,
            machine with { Runtime = runtime with { GcAvailableBytes = 449 * Tasks.Mebibyte } },
            "449 MiB: the heap grows past",
            "\"DOTNET_GCHeapHardLimit\", \"value\": \"0x15000000\"");
        yield return Case("MemoryInUse", task.With(container => container with { MemoryInUseBytes = null }), machine,
            "capacity not told", "two seconds after");
        yield return Case(
            "MemoryInUse",
            task.With(container => container with { MemoryInUseBytes = 257 * Tasks.Mebibyte }),
            machine,
            "257 MiB of 512 MiB",
            "more memory");
        yield return Case("OtherContainers", task with { Containers = [.. task.Containers, sidecar] }, machine,
            "side \"car\" (40 MiB in use", "\"memory\": 80");
        yield return Case("FileDescriptors", task, machine with { OpenFiles = Machines.Files(200) }, "hard 200",
            "\"softLimit\": 65536");
        yield return Case("LogDriver", task.With(container => container.Log()), machine,
            "the account's default applies (defaultLogDriverMode", "\"mode\": \"blocking\"");
        yield return Case(
            "LogDriver",
            task.With(container => container.Log(("mode", "non-blocking"), ("max-buffer-size", "25m"))),
            machine,
            "a buffer of 25m",
            "\"mode\": \"blocking\"");
        yield return Case("Clock", task with { Clock = new(false, 0.4) }, machine,
            "not synchronised, at most 0.4 ms off", "another host");
        yield return Case(
            "Clock", task with { Clock = new(true, 1000) }, machine, "at most 1000 ms off", "another host");
        yield return Case("Storage", task with { Storage = new(19_000, 20_496) }, machine, "19,000 of 20,496 MiB",
            "\"sizeInGiB\": 30");
        yield return Case("Origin", task.With(container => container with { ImageId = null }), machine, "id not told",
            "@sha256:DIGEST");
        yield return Case(
            "Origin", task with { AvailabilityZone = null }, machine, "zone not told", "availabilityZone");
        yield return Case("Restarts", task.With(container => container with { Restarts = 2 }), machine,
            "capacity 2 times", "\"restartPolicy\"");
    }

    [TestCaseSource(nameof(Mismatches))]
    public async Task A_mismatch_is_one_finding_with_what_mends_it(
        string check, object task, EnvironmentFacts machine, string actual, string next)
    {
        var findings = await Tasks.CheckAsync((EcsTask)task, machine);
        var found = findings.Where(finding => finding.Outcome != CheckOutcome.Passed).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Select(finding => finding.Id), Is.EqualTo(new[] { $"Ecs.{check}" }));
            Assert.That(found[0].Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(found[0].Actual, Does.Contain(actual));
            Assert.That(found[0].Next, Does.Contain(next));
        }
    }

    [TestCaseSource(nameof(Mismatches))]
    public async Task The_JSON_that_mends_it_is_part_of_a_task_definition(
        string check, object task, EnvironmentFacts machine, string actual, string next)
    {
        var finding = (await Tasks.CheckAsync((EcsTask)task, machine)).Single(finding => finding.Id == $"Ecs.{check}");

        foreach (var fragment in Fragments(finding.Next))
            Assert.That(TaskDefinitionParser.Parse(Whole(fragment)).Problems, Is.Empty, fragment);
    }

    // A quota of 25,000 µs in 100,000 µs is exact; what a kernel rounds is still the declared CPU.
    [TestCase(245)]
    [TestCase(255)]
    public async Task A_quota_that_is_rounded_is_the_declared_one(long millicores)
    {
        var findings = await Tasks.CheckAsync(
            Tasks.Healthy,
            Tasks.Machine with { Cgroup = Tasks.Machine.Cgroup with { CpuMillicores = Machines.Number(millicores) } });

        Assert.That(findings.Single(finding => finding.Id == "Ecs.CpuQuota").Outcome, Is.EqualTo(CheckOutcome.Passed));
    }

    [TestCase(20_000, 50, CheckOutcome.Passed)]
    [TestCase(492, 1_000, CheckOutcome.Passed, Description = "a server of the self-test")]
    [TestCase(491, 1_000, CheckOutcome.Warning)]
    [TestCase(816, 10_000, CheckOutcome.Warning, Description = "16 workers of 625 and their reserve of 192")]
    [TestCase(65_535, 1_000_000, CheckOutcome.Passed, Description = "16 workers of 62,500 and their reserve")]
    public async Task Descriptors_are_measured_at_what_is_needed_and_not_at_what_Fargate_gives(
        long files, int connections, CheckOutcome outcome)
    {
        var findings = await Tasks.CheckAsync(
            Tasks.Healthy,
            Tasks.Machine with { OpenFiles = Machines.Files(files) },
            Tasks.Needs with { Connections = connections });

        Assert.That(findings.Single(finding => finding.Id == "Ecs.FileDescriptors").Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public async Task A_log_driver_that_the_endpoint_leaves_out_is_no_finding()
    {
        var findings = await Tasks.CheckAsync(Tasks.Healthy.With(container => container with { Log = null }));
        var found = findings.Single(finding => finding.Outcome != CheckOutcome.Passed);

        Assert.That(
            (found.Id, found.Outcome, found.Next),
            Is.EqualTo(("Ecs.LogDriver", CheckOutcome.NotApplicable, "")),
            "It is optional there.");
    }

    private static TestCaseData Case(
        string check, EcsTask task, EnvironmentFacts machine, string actual, string next) =>
        new TestCaseData(check, task, machine, actual, next).SetArgDisplayNames($"{check}: {actual}");

    // Each JSON object of the sentence, from its first brace to its last.
    private static IEnumerable<string> Fragments(string next)
    {
        for (var start = next.IndexOf('{'); start >= 0; start = next.IndexOf('{', start))
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(next[start..]));
            var fragment = JsonDocument.ParseValue(ref reader).RootElement.GetRawText();
            yield return fragment;
            start += fragment.Length;
        }
    }

    // The fragment, in a definition that lacks nothing else.
    private static string Whole(string text)
    {
        var fragment = JsonNode.Parse(text)!.AsObject();
        fragment["family"] = "capacity";
        var containers = (fragment["containerDefinitions"] ??= new JsonArray(new JsonObject { ["name"] = "capacity" }))
            .AsArray();
        foreach (var container in containers)
            container!["image"] ??= "capacity:1.0.0";
        return fragment.ToJsonString();
    }
}
