using NUnit.Framework;
using Support.Ecs.Definitions;
using Support.Host;
using Support.Settings;
using Support.Sizes;
using Support.Targets;

namespace Support.Tests.Sizes;

internal sealed class SizePlanTests
{
    private const long Mebibyte = 1_048_576;

    [Test]
    public void Before_comes_first_then_the_definition_then_the_named_and_each_size_once()
    {
        var plan = Given.Plan(
            Given.Pair(Given.Definition(512, 1024), Given.Definition(1024, 2048)),
            Given.Named(Given.Small, Given.Middle, Given.Large));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Problems, Is.Empty);
            Assert.That(
                plan.Cases.Select(one => $"{one.Number} {one.Label} {string.Join("+", one.Origins)}"), Is.EqualTo(
                    ["1 1024/2048 Before+Named", "2 512/1024 Definition+Named", "3 256/512 Named"]));
        }
    }

    [Test]
    public void The_same_size_with_other_limits_is_another_case_and_the_gated_one_keeps_the_plain_name()
    {
        var server = Given.Container();
        var plan = Given.Plan(
            Given.Pair(
                Given.Definition(512, 1024, server with { Memory = 896 }),
                Given.Definition(512, 1024, server with { Ulimits = [new("nofile", 1024, 4096)] })),
            Given.Named(Given.Middle));

        Assert.That(
            plan.Cases.Select(one => one.Label),
            Is.EqualTo(["512/1024 memory 1024 nofile 1024:4096", "512/1024", "512/1024 memory 1024"]));
    }

    [Test]
    public void The_server_has_no_more_than_its_container_and_its_task_have()
    {
        var server = Given.Container();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Limits(Given.Definition()), Is.EqualTo(new GroupLimits(1024 * Mebibyte, 512, 65_535, 65_535)));
            Assert.That(
                Limits(Given.Definition(512, 1024, server with { Memory = 700, Cpu = 128 })),
                Is.EqualTo(new GroupLimits(700 * Mebibyte, 512, 65_535, 65_535)));
            Assert.That(
                Limits(Given.Definition(512, 1024, server with { Memory = 4096 })),
                Is.EqualTo(new GroupLimits(1024 * Mebibyte, 512, 65_535, 65_535)));
            Assert.That(
                Limits(Given.Definition(null, null, server with { Memory = 700, Cpu = 128 })),
                Is.EqualTo(new GroupLimits(700 * Mebibyte, 128, 65_535, 65_535)));
            Assert.That(
                Limits(Given.Definition(512, 1024, server with { Ulimits = [new("nofile", 1024, 4096)] })),
                Is.EqualTo(new GroupLimits(1024 * Mebibyte, 512, 1024, 4096)));
        }
    }

    [Test]
    public void Open_files_that_an_instance_decides_are_the_least_that_it_may_give_and_warned_of()
    {
        var plan = Given.Plan(Given.Pair(Given.Definition() with { RequiredLaunchTypes = ["EC2"] }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Cases.Single().Declared, Is.EqualTo(new GroupLimits(1024 * Mebibyte, 512, 1_024, 4_096)));
            Assert.That(
                plan.Findings.Select(finding => finding.Id),
                Is.EqualTo(["Sizes.UndeclaredDescriptors", "Sizes.Price"]));
            Assert.That(plan.Findings[0].Next, Is.EqualTo("In container 'chat': \"ulimits\": [{ \"name\": \"nofile\", "
                + "\"softLimit\": 65535, \"hardLimit\": 65535 }]."));
        }
    }

    [TestCase(10, 11, true)]
    [TestCase(11, 11, false)]
    public void Less_than_the_kernel_takes_as_a_quota_is_measured_with_the_least_and_said(
        int units, int declared, bool said)
    {
        var plan = Given.Plan(
            Given.Pair(Given.Definition(null, null, Given.Container() with { Cpu = units, MemoryReservation = 300 })));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                plan.Cases.Single().Declared, Is.EqualTo(new GroupLimits(300 * Mebibyte, declared, 65_535, 65_535)));
            Assert.That(plan.Cases.Single().Size, Is.EqualTo(new TaskSize(units, 300)));
            Assert.That(plan.Findings.Any(finding => finding.Id == "Sizes.LeastQuota"), Is.EqualTo(said));
        }
    }

    [Test]
    public void A_definition_that_names_no_launch_type_may_run_on_Fargate_where_its_network_is_Fargates()
    {
        var unnamed = Given.Definition() with { RequiredLaunchTypes = [] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Limits(unnamed).DescriptorsHard, Is.EqualTo(65_535));
            Assert.That(Limits(unnamed with { NetworkMode = "bridge" }).DescriptorsHard, Is.EqualTo(4_096));
        }
    }

    private static readonly (string Name, TaskDefinition Definition, string Problem)[] Bad =
    [
        ("no cpu", Given.Definition(null), "neither the task nor container 'chat' has a \"cpu\"; allowed: CPU units, "
            + "of which 1,024 are a vCPU. Add to the task: \"cpu\": \"512\"."),
        ("no memory", Given.Definition(512, null), "neither the task nor container 'chat' has a \"memory\"; allowed: "
            + "MiB. Add to the task: \"memory\": \"1024\"."),
        ("Windows", Given.Definition() with
        {
            OperatingSystem = "WINDOWS_SERVER_2022_CORE",
        }, "its operatingSystemFamily is WINDOWS_SERVER_2022_CORE; allowed: LINUX"),
        (
            "soft above hard",
            Given.Definition(512, 1024, Given.Container() with { Ulimits = [new("nofile", 4096, 1024)] }),
            "softLimit 4096 and hardLimit 1024; allowed: 1 to 1,048,576 each, soft no more than hard"),
        ("no soft", Given.Definition(
            512,
            1024,
            Given.Container() with { Ulimits = [new("nofile", null, 1024)] }), "softLimit none and hardLimit 1024"),
        ("log router alone", Given.Definition(
            512,
            1024,
            Given.Container() with { IsLogRouter = true }), "no container is essential and no log router: 'chat'"),
    ];

    [TestCaseSource(nameof(Bad))]
    public void What_a_definition_lacks_is_named_with_what_to_do(
        (string Name, TaskDefinition Definition, string Problem) bad)
    {
        var plan = Given.Plan(Given.Pair(bad.Definition));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                plan.Problems.Single(),
                Does.StartWith("Gate.TaskDefinition is 'task.json': ").And.Contains(bad.Problem));
            Assert.That(plan.Cases, Is.Empty);
        }
    }

    [Test]
    public void The_server_is_the_container_that_is_named_else_the_one_with_the_port_else_the_first_essential()
    {
        var first = Given.Container("first", null) with { Memory = 100 };
        var web = Given.Container("web") with { Memory = 200 };
        var helper = Given.Container("helper", 8080) with { Essential = false, Memory = 300 };
        var logs = Given.Container("logs", null) with { IsLogRouter = true, Memory = 400 };
        long Chosen(string? name, params ContainerDefinition[] containers) => Given.Plan(
            Given.Pair(Given.Definition(512, 1024, containers)),
            new() { Container = name }).Cases.Single().Declared.MemoryBytes / Mebibyte;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Chosen(null, logs, first, helper, web), Is.EqualTo(200));
            Assert.That(Chosen(null, logs, helper, first), Is.EqualTo(100));
            Assert.That(Chosen("helper", logs, first, helper, web), Is.EqualTo(300));
            Assert.That(
                Given.Plan(Given.Pair(Given.Definition(512, 1024, first, web)), new() { Container = "wep" }).Problems
                    .Single(),
                Does.Contain("Gate.Container is 'wep'; allowed: 'first', 'web'."));
        }
    }

    [Test]
    public void Containers_that_share_the_task_are_told_with_what_to_leave_to_the_server()
    {
        var envoy = Given.Container("envoy", null) with { MemoryReservation = 256, Cpu = 128 };
        var finding = Given.Plan(Given.Pair(Given.Definition(512, 1024, Given.Container(), envoy,
            Given.Container("cron", null) with { Essential = false }))).Findings.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Actual, Is.EqualTo("'envoy' (256 MiB, 128 CPU units), 'cron' (no memory limit, no CPU "
                + "share); what they use of the task is not measured"));
            Assert.That(finding.Next, Does.StartWith("In container 'chat': \"memory\": 768;"));
            Assert.That(
                Given.Plan(Given.Pair(Given.Definition(
                    512,
                    1024,
                    Given.Container() with { DependsOn = [new("migrate", "SUCCESS")] },
                    Given.Container("migrate", null) with { Essential = false }))).Findings,
                Is.Empty, "It ends before the server starts.");
        }
    }

    [Test]
    public void All_is_every_size_that_fits_and_a_problem_where_none_does()
    {
        var machine = Given.Machine with { Cores = 1, MemoryBytes = 2L << 30 };
        SizePlan All(SizeMachine on) => Given.Plan(DefinitionPair.None, new() { Sizes = new([], true) }, on);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                All(machine).Cases.Select(one => one.Label),
                Is.EqualTo(["256/512", "256/1024", "256/2048", "512/1024", "512/2048", "1024/2048"]));
            Assert.That(
                All(machine with { MemoryBytes = 1 << 20 }).Problems.Single(),
                Does.StartWith("Gate.Sizes is 'all', and not even 256/512 fits: it needs 512 MiB of memory"));
        }
    }

    [Test]
    public void A_size_that_this_machine_cannot_give_is_a_case_that_says_why()
    {
        var cases = Given.Plan(
            DefinitionPair.None,
            Given.Named(Given.Small, new(2048, 4096), new(256, 2048)),
            Given.Machine with { Cores = 1.5, MemoryBytes = 1L << 30 }).Cases;

        Assert.That(cases.Select(one => one.TooLarge), Is.EqualTo([
            null, "it needs 2 vCPU, and this machine has 1.5 cores",
            "it needs 2 GiB of memory, and this machine has 1 GiB"]));
    }

    [Test]
    public void What_the_machine_does_not_show_is_warned_of()
    {
        var machine = Given.Machine with { Cores = 1.5, FreeBytes = 1L << 30, Architecture = "ARM64" };
        var plan = Given.Plan(
            Given.Pair(Given.Definition(1024, 2048), Given.Definition() with { Architecture = "ARM64" }),
            null,
            machine);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Findings.Select(finding => finding.Id), Is.EqualTo(
                ["Sizes.ClientProcessor", "Sizes.FreeMemory", "Sizes.Architecture", "Sizes.ArchitectureChange"]));
            Assert.That(plan.Findings[0].Actual, Is.EqualTo("1.5 cores, and less than one is left beside 1024/2048"));
            Assert.That(plan.Findings[1].Actual, Does.StartWith("1 GiB free now, less than 1024/2048 may use"));
            Assert.That(
                plan.Cases.Select(one => one.TooLarge),
                Is.All.Null,
                "What is free now keeps nothing from being measured.");
        }
    }

    [Test]
    public void What_fits_does_not_depend_on_what_is_free_now()
    {
        var facts = new EnvironmentFacts
        {
            Runtime =
                new() { IsLinux = true, System = "Linux", Framework = ".NET", Architecture = "X64", Processors = 4 },
            Memory = new(8L << 30, 1L << 30, null),
            Cgroup = CgroupFacts.Without("none") with
            {
                MemoryLimitBytes = new Limit.Number(4L << 30, "memory.max"),
                MemoryAvailableBytes = new Limit.Number(2L << 30, "memory.max"),
            },
        };
        var machine = SizeMachine.From(facts);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((machine.MemoryBytes, machine.FreeBytes), Is.EqualTo(((long?)4L << 30, (long?)1L << 30)));
            Assert.That(machine.TooSmallFor(new(2048, 4096)), Is.Null);
            Assert.That(
                machine.TooSmallFor(new(2048, 5120)),
                Is.EqualTo("it needs 5 GiB of memory, and this machine has 4 GiB"));
        }
    }

    [Test]
    public void Prices_are_those_of_the_definitions_architecture() =>
        Assert.That(
            Given.Plan(Given.Pair(Given.Definition() with { Architecture = "ARM64" })).Price.Of, Does.Contain("ARM"));

    private static GroupLimits Limits(TaskDefinition definition) =>
        Given.Plan(Given.Pair(definition)).Cases.Single().Declared;
}
