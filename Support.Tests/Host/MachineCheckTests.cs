using NUnit.Framework;
using Support.Host;
using Support.Settings;

namespace Support.Tests.Host;

/// <summary>Platform, processor, memory, and the kernel's network limits.</summary>
[TestFixture]
internal sealed class MachineCheckTests
{
    private const int Each = ClientBudget.SuiteBytes + ClientBudget.KernelBytes;

    [Test]
    public void The_platform_is_told_in_one_line()
    {
        var runtime = Machines.Linux with { ServerGc = true, HeapHardLimitBytes = new Limit.Number(384 << 20, "GC") };
        var facts = Machines.Roomy with { KernelRelease = "6.18", Runtime = runtime };

        Assert.That(
            MachineChecks.Platform(facts),
            Is.EqualTo(new Answer(
                CheckOutcome.Passed,
                "known, so that two runs can be compared",
                "Linux (kernel 6.18); .NET 10.0.0 X64; server GC, not concurrent, "
                + "heap hard limit: 384 MiB (GC); model, 2 cores")));
    }

    [TestCase(1000, CheckOutcome.Passed)]
    [TestCase(999, CheckOutcome.Warning)]
    public void A_quota_below_one_core_warns(long millicores, CheckOutcome outcome)
    {
        var facts = WithCgroup(cpu: Machines.Number(millicores));

        Assert.That(MachineChecks.CpuLimit(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    // 125 µs an open: 12,000 a second take 1.5 cores.
    [TestCase(1500, CheckOutcome.Passed)]
    [TestCase(1499, CheckOutcome.Warning)]
    public void A_quota_covers_the_rate_that_was_asked_for(long millicores, CheckOutcome outcome)
    {
        var settings = Machines.Remote with { Pool = new PoolSettings { Rate = 12_000 } };

        var facts = WithCgroup(cpu: Machines.Number(millicores));

        Assert.That(MachineChecks.CpuLimit(facts, Machines.Context(1000, settings)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void Without_a_quota_the_host_is_the_limit_and_throttling_is_told()
    {
        var throttling = new CpuThrottling(1234, TimeSpan.FromSeconds(1.5));
        var facts = Machines.Roomy with
        {
            Cgroup = Machines.Roomy.Cgroup with { CpuMillicores = new Limit.None("f"), Throttling = throttling },
        };

        var found = MachineChecks.CpuLimit(facts, Machines.Context(1000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Outcome, Is.EqualTo(CheckOutcome.Passed));
            Assert.That(
                found.Actual, Is.EqualTo("no limit (f), host 2 cores; throttled in 1,234 periods so far, 1.5 s"));
        }
    }

    [TestCase(0, CheckOutcome.Passed)]
    [TestCase(1, CheckOutcome.Warning)]
    public void Memory_of_the_group_covers_the_ladder_or_warns(int missing, CheckOutcome outcome)
    {
        var facts = WithCgroup(
            memory: Machines.Number((1000 * Each) + ClientBudget.WorkerBytes),
            available: Machines.Number((1000 * Each) + ClientBudget.WorkerBytes - missing));

        Assert.That(MachineChecks.MemoryLimit(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [TestCase(0, CheckOutcome.Passed)]
    [TestCase(1, CheckOutcome.Warning)]
    public void Memory_of_the_host_binds_where_it_is_less(int missing, CheckOutcome outcome)
    {
        var facts = Machines.Roomy with
        {
            Memory = new MemInfo(1L << 30, (1000 * Each) + ClientBudget.WorkerBytes - missing, null),
        };

        Assert.That(MachineChecks.MemoryLimit(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void A_local_target_takes_its_share_of_the_memory() =>
        Assert.That(
            MachineChecks.MemoryLimit(
                Machines.Roomy with { Target = Machines.Loopback }, Machines.Context(1000)).Expected,
            Does.EndWith("1,000 connections × 25,800 bytes, both ends, and 45.8 MiB for the workers themselves"));

    [TestCase(0, CheckOutcome.Passed)]
    [TestCase(1, CheckOutcome.Warning)]
    public void A_garbage_collector_that_sees_more_than_the_limit_warns(long more, CheckOutcome outcome)
    {
        var facts = WithCgroup(memory: Machines.Number(1L << 29), available: Machines.Number(1L << 28));
        facts = facts with { Runtime = facts.Runtime with { GcAvailableBytes = (1L << 29) + more } };

        Assert.That(MachineChecks.MemoryLimit(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void Unknown_memory_warns() =>
        Assert.That(
            MachineChecks.MemoryLimit(Machines.Roomy with { Memory = null }, Machines.Context(10)).Outcome,
            Is.EqualTo(CheckOutcome.Warning));

    // 1,000 × 4,600 bytes are 1,123.05 pages; a local target doubles it.
    [TestCase(1124, false, CheckOutcome.Passed)]
    [TestCase(1123, false, CheckOutcome.Warning)]
    [TestCase(2247, true, CheckOutcome.Passed)]
    [TestCase(2246, true, CheckOutcome.Warning)]
    public void Buffer_memory_is_compared_at_its_pressure_mark(long pages, bool local, CheckOutcome outcome)
    {
        var facts = Machines.Roomy with { TcpMem = new TcpMem(1, pages, 9_999), Target = local
            ? Machines.Loopback
            : Machines.Roomy.Target };

        Assert.That(MachineChecks.SocketMemory(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [TestCase(100, 100, CheckOutcome.Passed)]
    [TestCase(99, 100, CheckOutcome.Warning)]
    [TestCase(100, 99, CheckOutcome.Warning)]
    public void The_accept_queue_of_a_local_target_covers_the_handshakes_in_flight(
        int queue, int syn, CheckOutcome outcome)
    {
        var facts = Machines.Roomy with
        {
            AcceptQueue = Machines.Number(queue),
            SynBacklog = Machines.Number(syn),
            Target = Machines.Loopback,
        };

        Assert.That(ClientChecks.ListenBacklog(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void The_accept_queue_of_a_target_elsewhere_is_not_applicable() =>
        Assert.That(
            ClientChecks.ListenBacklog(Machines.Roomy, Machines.Context(1000)).Outcome,
            Is.EqualTo(CheckOutcome.NotApplicable));

    [TestCase(1005, 5, CheckOutcome.Passed)]
    [TestCase(1004, 5, CheckOutcome.Warning)]
    public void Connection_tracking_has_room_for_the_ladder(long most, long now, CheckOutcome outcome)
    {
        var facts = Machines.Roomy with
        {
            ConnectionTrackingMax = Machines.Number(most),
            ConnectionTrackingCount = Machines.Number(now),
        };

        Assert.That(ClientChecks.ConnectionTracking(facts, Machines.Context(1000)).Outcome, Is.EqualTo(outcome));
    }

    [Test]
    public void A_kernel_without_connection_tracking_is_not_applicable() =>
        Assert.That(
            ClientChecks.ConnectionTracking(Machines.Roomy, Machines.Context(1000)).Outcome,
            Is.EqualTo(CheckOutcome.NotApplicable));

    private static EnvironmentFacts WithCgroup(Limit? cpu = null, Limit? memory = null, Limit? available = null)
    {
        var none = CgroupFacts.Without("none here");
        return Machines.Roomy with
        {
            Cgroup = none with
            {
                CpuMillicores = cpu ?? none.CpuMillicores,
                MemoryLimitBytes = memory ?? none.MemoryLimitBytes,
                MemoryAvailableBytes = available ?? none.MemoryAvailableBytes,
            },
        };
    }
}
