using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Tests.Host;

namespace Support.Tests.Ecs;

/// <summary>The list of checks, what they say of a task in order, and where there is nothing to compare.</summary>
internal sealed class MetadataChecksTests
{
    // Pipelines and dashboards of other people hang on these: an entry may be added, and none renamed.
    private static readonly string[] Ids =
    [
        "Ecs.Metadata", "Ecs.Status", "Ecs.LaunchType", "Ecs.NetworkMode", "Ecs.TaskSize", "Ecs.CpuQuota",
        "Ecs.Processors", "Ecs.MemoryLimit", "Ecs.GcMemory", "Ecs.MemoryInUse", "Ecs.OtherContainers",
        "Ecs.FileDescriptors", "Ecs.LogDriver", "Ecs.Clock", "Ecs.Storage", "Ecs.Origin", "Ecs.Restarts",
    ];

    [Test]
    public void Ids_and_titles_are_there_before_anything_is_read()
    {
        var checks = MetadataChecks.For(
            _ => throw new InvalidOperationException("read"),
            _ => throw new InvalidOperationException("read"),
            Tasks.Needs);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(checks.Select(check => check.Id), Is.EqualTo(Ids));
            Assert.That(checks.Select(check => check.Title), Is.Unique);
            Assert.That(checks.Where(check => check.Title.Length is 0 or > 70), Is.Empty);
        }
    }

    [Test]
    public async Task A_task_in_order_passes_every_check()
    {
        var findings = await Tasks.CheckAsync(Tasks.Healthy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Where(finding => finding.Outcome != CheckOutcome.Passed), Is.Empty);
            Assert.That(findings.Where(finding => finding.Next.Length > 0), Is.Empty, "there is nothing to do");
            Assert.That(
                findings.Where(finding => finding.Expected.Length == 0 || finding.Actual.Length == 0), Is.Empty);
        }
    }

    [Test]
    public async Task Of_the_guide_s_own_task_the_checks_find_what_is_known_of_Fargate()
    {
        var machine = Tasks.Machine with
        {
            Runtime = Tasks.Machine.Runtime with { Processors = 2, GcAvailableBytes = 1900 * Tasks.Mebibyte },
            Cgroup =
                CgroupFacts.Without("none here") with { MemoryLimitBytes = new Limit.None("memory.limit_in_bytes") },
        };
        var findings = await Tasks.CheckAsync(Captures.Fargate with
        {
            Containers = [Captures.Fargate.Containers[0] with { MemoryInUseBytes = 3_416_064 }],
        }, machine);

        Assert.That(
            findings.Where(finding => finding.Outcome == CheckOutcome.Warning).Select(finding => finding.Id),
            Is.EqualTo(new[] { "Ecs.Processors", "Ecs.MemoryLimit", "Ecs.GcMemory" }));
    }

    [Test]
    public async Task On_EC2_size_clock_and_disk_are_not_asked_and_a_missing_CPU_limit_is_told()
    {
        var task = Captures.Ec2 with { Containers = [
            .. Captures.Ec2.Containers.Select(container => container with { MemoryInUseBytes = Tasks.Mebibyte }),
        ] };
        var machine = Tasks.Machine with
        {
            Cgroup = Tasks.Machine.Cgroup with { MemoryLimitBytes = Machines.Number(128 * Tasks.Mebibyte) },
            Runtime = Tasks.Machine.Runtime with { GcAvailableBytes = 96 * Tasks.Mebibyte },
        };
        var findings = await Tasks.CheckAsync(task, machine);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Ids_of(CheckOutcome.NotApplicable),
                Is.EqualTo(new[] { "Ecs.TaskSize", "Ecs.Processors", "Ecs.Clock", "Ecs.Storage" }));
            Assert.That(Ids_of(CheckOutcome.Warning), Is.EqualTo(new[] { "Ecs.CpuQuota", "Ecs.LogDriver" }));
            Assert.That(
                findings.Single(finding => finding.Id == "Ecs.CpuQuota").Actual,
                Does.EndWith("the container's 10 units are a weight, no limit"));
        }

        IEnumerable<string> Ids_of(CheckOutcome outcome) =>
            findings.Where(finding => finding.Outcome == outcome).Select(finding => finding.Id);
    }

    [Test]
    public async Task Metadata_that_are_not_available_are_one_warning_and_all_else_is_not_applicable()
    {
        var findings = await Tasks.CheckAsync(
            new TaskMetadata.Unavailable("429 'You have reached maximum request limit.'"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings[0].Outcome, Is.EqualTo(CheckOutcome.Warning));
            Assert.That(
                findings[0].Actual, Does.EndWith("are not available: 429 'You have reached maximum request limit.'"));
            Assert.That(findings[0].Next, Is.Not.Empty);
            Assert.That(
                findings.Skip(1).Select(finding => finding.Outcome), Is.All.EqualTo(CheckOutcome.NotApplicable));
        }
    }

    [Test]
    public async Task Outside_of_ECS_nothing_is_compared_and_the_machine_is_not_read()
    {
        var checks = MetadataChecks.For(
            _ => Task.FromResult<TaskMetadata>(new TaskMetadata.Outside()),
            _ => throw new InvalidOperationException("read"),
            Tasks.Needs);
        var findings = await Task.WhenAll(checks.Select(check => check.RunAsync(CancellationToken.None)));

        Assert.That(findings.Select(finding => finding.Outcome), Is.All.EqualTo(CheckOutcome.NotApplicable));
    }

    [Test]
    public async Task Of_a_task_that_told_its_name_alone_no_check_fails_for_that()
    {
        var findings = await Tasks.CheckAsync(new EcsTask { Arn = Tasks.Healthy.Arn, MetadataVersion = 3 });

        Assert.That(
            findings.Where(finding => finding.Actual.StartsWith("could not be read", StringComparison.Ordinal)),
            Is.Empty);
    }
}
