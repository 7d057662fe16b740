using System.Text.Json;
using NUnit.Framework;
using Support.Ecs;
using Support.Host;
using Support.Reports;
using Support.Reports.Data;

namespace Support.Tests.Reports;

/// <summary>The ECS task in every format, and in none outside of ECS.</summary>
internal sealed class TaskReportTests
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
            Assert.That(
                task.GetProperty("containers")[0].GetProperty("cpuUnits").GetString(), Is.EqualTo("none"), "no limit");
            Assert.That(
                task.GetProperty("containers")[1].GetProperty("cpuUnits").ValueKind,
                Is.EqualTo(JsonValueKind.Null),
                "not known");
            Assert.That(
                task.GetProperty("containers").EnumerateArray().Select(one => one.GetProperty("isThis").GetBoolean()),
                Is.EqualTo(new[] { true, false }));
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
            Assert.That(
                (ecs.GetProperty("unavailable").GetString(), ecs.GetProperty("task").ValueKind),
                Is.EqualTo(("500 '{}'", JsonValueKind.Null)));
            Assert.That(
                outside.RootElement.GetProperty("environment").GetProperty("ecs").ValueKind,
                Is.EqualTo(JsonValueKind.Null));
        }
    }

    private static JsonDocument Json(CapacityReport report) => JsonDocument.Parse(DataJson.Render(report));
}
