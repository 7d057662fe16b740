using System.Text.Json;
using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Reports;

namespace Support.Tests.Reports;

/// <summary>The ECS task in every format, and in none outside of ECS.</summary>
public sealed class TaskReportTests
{
    [Test]
    public void The_task_is_a_value_under_environment_ecs()
    {
        using var json = Json(SampleTasks.OnFargate());
        var task = json.RootElement.GetProperty("environment").GetProperty("ecs").GetProperty("task");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.GetProperty("cpuUnits").GetInt32(), Is.EqualTo(256));
            Assert.That(task.GetProperty("memoryInUseBytes").GetInt64(), Is.EqualTo(96_468_992 + 15_728_640));
            Assert.That(task.GetProperty("containers")[0].GetProperty("cpuUnits").GetString(), Is.EqualTo("none"), "no limit");
            Assert.That(task.GetProperty("containers")[1].GetProperty("cpuUnits").ValueKind, Is.EqualTo(JsonValueKind.Null), "not known");
            Assert.That(task.GetProperty("containers").EnumerateArray().Select(one => one.GetProperty("isThis").GetBoolean()), Is.EqualTo(new[] { true, false }));
        }
    }

    [Test]
    public void A_task_that_could_not_be_read_is_not_a_run_outside_of_ECS()
    {
        using var unavailable = Json(SampleTasks.Unavailable());
        using var outside = Json(SampleReports.LimitFound() with { Task = new TaskMetadata.Outside() });
        var ecs = unavailable.RootElement.GetProperty("environment").GetProperty("ecs");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ecs.GetProperty("unavailable").GetString(), ecs.GetProperty("task").ValueKind), Is.EqualTo(("500 '{}'", JsonValueKind.Null)));
            Assert.That(outside.RootElement.GetProperty("environment").GetProperty("ecs").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(new MarkdownReport().Render(SampleTasks.Unavailable()), Does.Contain("## ECS task of the suite\n\n- Metadata: not available: 500 '{}'\n"));
            Assert.That(new MarkdownReport().Render(SampleReports.LimitFound() with { Task = new TaskMetadata.Outside() }), Is.EqualTo(new MarkdownReport().Render(SampleReports.LimitFound())));
        }
    }

    [Test]
    public void A_reader_finds_place_size_image_and_memory_in_every_format()
    {
        var report = SampleTasks.OnFargate();

        using (Assert.EnterMultipleScope())
        {
            foreach (var text in new[] { new MarkdownReport().Render(report), new HtmlReport().Render(report), AllureExtras.Properties(report) })
            {
                Assert.That(text, Does.Contain("0.25 vCPU, 512 MiB").And.Contain("eu-central-1b").And.Contain("capacity:1.0.0, sha256:daf3f46a2639c161")
                    .And.Contain("107.0 MiB: capacity 92.0 MiB, agent 15.0 MiB").And.Contain("FARGATE").And.Contain("capacity:5"));
            }

            Assert.That(AllureExtras.Properties(report), Does.Contain("\nEcsTask.Task.size = 0.25 vCPU, 512 MiB\n").And.Contain("\nEcsTask.Memory.before.the.first.connection = 107.0 MiB"));
        }
    }

    [Test]
    public void What_was_not_told_is_said_so()
    {
        var bare = new EcsTask { Arn = SampleTasks.Fargate.Arn, MetadataVersion = 3, CpuUnits = new Limit.None("x") };
        var text = new MarkdownReport().Render(SampleReports.LimitFound() with { Task = new TaskMetadata.Read(bare) });

        Assert.That(text, Does.Contain("- Cluster: not known\n- Region: eu-central-1\n- Started by service: none named\n").And.Contain("- Task size: no CPU limit, memory not known\n")
            .And.Contain("- Memory before the first connection: not known\n"));
    }

    private static JsonDocument Json(CapacityReport report) => JsonDocument.Parse(new JsonReport().Render(report));
}
