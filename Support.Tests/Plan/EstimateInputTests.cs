using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Plan;

namespace Support.Tests.Plan;

/// <summary>Where the size of a task is read.</summary>
internal sealed class EstimateInputTests
{
    [Test]
    public void A_task_definition_gives_size_architecture_and_descriptors()
    {
        var definition = TaskDefinitionParser.Parse("""
            { "family": "chat", "cpu": "1 vCPU", "memory": "2 GB", "runtimePlatform": { "cpuArchitecture": "ARM64" },
              "containerDefinitions": [ { "name": "chat", "image": "chat:1", "ulimits": [ { "name": "nofile", "softLimit": 1024, "hardLimit": 5000 } ] }, { "name": "log", "image": "log:1" } ] }
            """).Definition;
        var input = EstimateInput.Of(definition, "a file")!;
        Assert.That(
            (input.Size.Name, input.Size.Vcpus, input.Size.Memory, input.Architecture, input.Descriptors, input.From),
            Is.EqualTo(("1024/2048", 1.0, 2048, "ARM64", 5000L, "a file")));
    }

    [Test]
    public void Without_cpu_or_memory_it_gives_none()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                EstimateInput.Of(
                    TaskDefinitionParser.Parse("""{ "family": "chat", "memory": "512", "containerDefinitions": [ """
                        + """{ "name": "chat", "image": "chat:1" } ] }""").Definition,
                    ""), Is.Null);
            Assert.That(EstimateInput.Of((TaskDefinition?)null, ""), Is.Null);
        }
    }

    [Test]
    public void A_machine_has_what_its_control_group_leaves_of_it()
    {
        var machine = new EnvironmentFacts
        {
            Runtime =
                new() { IsLinux = true, System = "Linux", Framework = ".NET", Architecture = "X64", Processors = 8 },
            Memory = new MemInfo(16L << 30, 8L << 30, null),
            Cgroup = CgroupFacts.Without("none") with
            {
                MemoryLimitBytes = new Limit.Number(4L << 30, "memory.max"),
                CpuMillicores = new Limit.Number(2_500, "cpu.max"),
            },
        };
        var input = EstimateInput.OfMachine(machine)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((input.Size.Vcpus, input.Size.Memory, input.Descriptors), Is.EqualTo((2.5, 4096, (long?)null)));
            Assert.That(
                EstimateInput.OfMachine(machine with { Memory = null, Cgroup = CgroupFacts.Without("none") }), Is.Null);
        }
    }
}
