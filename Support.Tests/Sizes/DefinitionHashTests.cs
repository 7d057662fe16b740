using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Sizes;

namespace Support.Tests.Sizes;

internal sealed class DefinitionHashTests
{
    private static readonly ContainerDefinition Server = Given.Container() with
    {
        Ulimits = [new("nofile", 1024, 1024), new("core", 0, 0)],
        SystemControls = [new("net.core.somaxconn", "128"), new("net.ipv4.tcp_tw_reuse", "1")],
    };

    private static readonly (string Name, Func<TaskDefinition, TaskDefinition> Change)[] Same =
    [
        ("size", one => one with { Cpu = 4096, Memory = 8192 }),
        ("family", one => one with { Family = "other", Revision = 7 }),
        ("image", one => With(one, one.Containers[0] with { Image = "chat:2" })),
        ("order", one => With(one, Server with
        {
            Ulimits = [.. Server.Ulimits.Reverse()],
            SystemControls = [.. Server.SystemControls.Reverse()],
        })),
        ("architecture by default", one => one with { Architecture = "X86_64" }),
        ("order of launch types", one => one with { RequiredLaunchTypes = [.. one.RequiredLaunchTypes.Reverse()] }),
        ("another container", one => one with { Containers = [one.Containers[0], Given.Container("other")] }),
    ];

    private static readonly (string Name, Func<TaskDefinition, TaskDefinition> Change)[] Different =
    [
        ("ulimit", one => With(one, Server with { Ulimits = [new("nofile", 1024, 1025), new("core", 0, 0)] })),
        ("kernel setting", one => With(one, Server with { SystemControls = [] })),
        ("memory", one => With(one, Server with { Memory = 512 })),
        ("cpu", one => With(one, Server with { Cpu = 128 })),
        ("user", one => With(one, Server with { User = "app" })),
        ("network", one => one with { NetworkMode = "host" }),
        ("architecture", one => one with { Architecture = "ARM64" }),
        ("launch types", one => one with { RequiredLaunchTypes = ["FARGATE"] }),
    ];

    [TestCaseSource(nameof(Same))]
    public void What_does_not_bear_on_capacity_and_the_size_itself_make_no_difference(
        (string Name, Func<TaskDefinition, TaskDefinition> Change) one) =>
        Assert.That(Hash(one.Change(Definition())), Is.EqualTo(Hash(Definition())), one.Name);

    [TestCaseSource(nameof(Different))]
    public void What_bears_on_capacity_makes_one((string Name, Func<TaskDefinition, TaskDefinition> Change) one) =>
        Assert.That(
            Hash(one.Change(Definition())),
            Is.Not.EqualTo(Hash(Definition())).And.Match("^sha256:[0-9a-f]{64}$"),
            one.Name);

    [TestCase("chat@sha256:00ff", "sha256:00ff")]
    [TestCase("registry.example/chat:1@sha256:00ff", "sha256:00ff")]
    [TestCase("chat:1", null)]
    [TestCase("chat", null)]
    public void An_image_has_a_digest_only_where_it_is_pinned_by_it(string image, string? digest) =>
        Assert.That(DefinitionHash.ImageOf(Given.Container(image: image)), Is.EqualTo(digest));

    [Test]
    public void A_machine_gives_the_least_of_what_bounds_it()
    {
        var facts = new EnvironmentFacts
        {
            Runtime =
                new() { IsLinux = true, System = "Linux", Framework = ".NET", Architecture = "Arm64", Processors = 8 },
            Cpu = new("Neoverse N1", 16),
            Memory = new(32L << 30, 16L << 30, null),
        };
        var group = CgroupFacts.Without("none") with { CpuMillicores = new Limit.Number(
            1_500, "cpu.max"), MemoryAvailableBytes = new Limit.Number(1L << 30, "memory.max") };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SizeMachine.From(facts), Is.EqualTo(new SizeMachine
            {
                Cores = 8,
                MemoryBytes = 32L << 30,
                FreeBytes = 16L << 30,
                CpuModel = "Neoverse N1",
                Architecture = "ARM64",
            }));
            Assert.That(SizeMachine.From(
                facts with { Cgroup = group }) is { Cores: 1.5, MemoryBytes: 32L << 30, FreeBytes: 1L << 30 }, Is.True);
        }
    }

    private static TaskDefinition Definition() =>
        Given.Definition(512, 1024, Server) with { RequiredLaunchTypes = ["EC2", "FARGATE"] };

    private static TaskDefinition With(
        TaskDefinition definition, ContainerDefinition server) => definition with { Containers = [server] };

    private static string Hash(TaskDefinition definition) => DefinitionHash.Of(definition, definition.Containers[0]);
}
