using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>The small tables of the kernel: as captured, with nothing, and with garbage.</summary>
[TestFixture]
internal sealed class KernelTableTests
{
    private static readonly string[] Garbage =
    [
        "", "\n\n", "\0\u0001\uFFFD", "TCP: inuse", "TcpExt:\nTcpExt:", "Max open files", "1 2 3 4", "-1",
        "99999999999999999999 9", "processor", "MemTotal: lots kB",
    ];

    [Test]
    public void The_limits_of_a_real_process_are_read()
    {
        var files = OpenFileLimits.Parse(Captured.Text("self-limits.txt"), "limits");

        Assert.That(
            files,
            Is.EqualTo(new OpenFileLimits(new Limit.Number(20_000, "limits"), new Limit.Number(20_000, "limits"))));
    }

    [Test]
    public void A_hard_limit_that_is_unlimited_is_no_limit()
    {
        var files = OpenFileLimits.Parse(
            "Max open files            1024                 unlimited            files\n", "limits");

        Assert.That(files, Is.EqualTo(new OpenFileLimits(new Limit.Number(1024, "limits"), new Limit.None("limits"))));
    }

    [Test]
    public void The_port_range_of_a_real_machine_has_28232_ports() =>
        Assert.That(
            PortRange.Parse(Captured.Text("ip-local-port-range.txt"), "\n"),
            Is.EqualTo(new PortRange(32768, 60999, 0)).And.Property("Usable").EqualTo(28_232));

    [TestCase("40000", 1)]
    [TestCase("32768-32770,60999", 4)]
    [TestCase("1-32768", 1)]
    [TestCase("60999-65535", 1, Description = "only the part inside the range counts")]
    [TestCase("40000-40009,40005-40014", 15, Description = "an overlap counts once")]
    [TestCase("61000-65535", 0)]
    [TestCase("40000-39000", 0)]
    [TestCase("x,-,40000-y,70000", 0)]
    public void Reserved_ports_are_taken_off_once(string reserved, int taken) =>
        Assert.That(PortRange.Parse("32768 60999", reserved)!.Reserved, Is.EqualTo(taken));

    [TestCase("60999 32768")]
    [TestCase("0 100")]
    [TestCase("1024 65536")]
    [TestCase("1024-65535")]
    [TestCase("1024")]
    public void A_range_that_is_none_is_not_known(string text) => Assert.That(PortRange.Parse(text, null), Is.Null);

    [Test]
    public void The_socket_counts_of_a_real_machine_are_read()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Sockstat.Parse(Captured.Text("net-sockstat.txt")), Is.EqualTo(new Sockstat(5, 4, 0)));
            Assert.That(Sockstat.Parse(Captured.Text("net-sockstat6.txt")), Is.EqualTo(new Sockstat(16, null, null)));
        }
    }

    [Test]
    public void The_bounds_of_tcp_memory_of_a_real_machine_are_read() =>
        Assert.That(TcpMem.Parse(Captured.Text("tcp-mem.txt")), Is.EqualTo(new TcpMem(287_898, 383_867, 575_796)));

    [Test]
    public void Bounds_of_tcp_memory_that_descend_are_garbage() => Assert.That(TcpMem.Parse("3 2 1"), Is.Null);

    [Test]
    public void A_processor_of_x64_has_its_name() =>
        Assert.That(
            CpuInfo.Parse(Captured.Text("cpuinfo-x64.txt")), Is.EqualTo(new CpuInfo("Intel(R) Xeon(R) Processor", 2)));

    [Test]
    public void A_processor_of_arm64_is_named_from_its_numbers() =>
        Assert.That(CpuInfo.Parse(Captured.Text("cpuinfo-arm64.txt")), Is.EqualTo(new CpuInfo("Arm Neoverse N1", 2)));

    [TestCase("processor : 0\nCPU implementer : 0x41\nCPU part : 0xfff\n", "Arm part 0xfff")]
    [TestCase("processor : 0\nCPU implementer : 0x99\nCPU part : 0x001\n", "implementer 0x99 part 0x001")]
    [TestCase("processor : 0\nCPU implementer : 41\nCPU part : 0xd0c\n", null)]
    [TestCase("processor : 0\nmodel name :\n", null)]
    public void A_processor_that_is_not_in_the_list_keeps_its_numbers(string text, string? model) =>
        Assert.That(CpuInfo.Parse(text), Is.EqualTo(new CpuInfo(model, 1)));

    [Test]
    public void The_memory_of_a_real_machine_is_read_in_bytes()
    {
        var memory = MemInfo.Parse(Captured.Text("meminfo.txt"))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(memory.TotalBytes, Is.EqualTo(24_684_084L * 1024));
            Assert.That(memory.AvailableBytes, Is.GreaterThan(1L << 30).And.LessThan(24_684_084L * 1024));
            Assert.That(memory.SlabBytes, Is.GreaterThan(1L << 20));
        }
    }

    [Test]
    public void An_old_kernel_without_MemAvailable_leaves_it_unknown() =>
        Assert.That(MemInfo.Parse("MemTotal: 10 kB\n"), Is.EqualTo(new MemInfo(10_240, null, null)));

    [Test]
    public void The_accept_path_of_a_real_machine_is_read() =>
        Assert.That(
            NetstatCounters.Parse(Captured.Text("net-netstat.txt")), Is.EqualTo(new NetstatCounters(0, 0, 0, 0)));

    [Test]
    public void A_counter_is_found_by_its_name_and_not_by_its_place() =>
        Assert.That(
            NetstatCounters.Parse(
                "TcpExt: A ListenDrops SyncookiesSent ListenOverflows\nTcpExt: 1 2 3 4\nIpExt: B\nIpExt: 9\n"),
            Is.EqualTo(new NetstatCounters(4, 2, null, 3)));

    [Test]
    public void Processor_time_is_found_behind_a_command_with_blanks_and_brackets() =>
        Assert.That(
            ProcStat.CpuTime("7 (a) b (c) R 1 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 1 0"),
            Is.EqualTo(TimeSpan.FromSeconds(2)));

    [Test]
    public void A_real_process_table_row_is_read()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProcStat.CpuTime(Captured.Text("self-stat.txt")), Is.EqualTo(TimeSpan.Zero));
            Assert.That(ProcStat.ResidentPages(Captured.Text("self-statm.txt")), Is.InRange(100, 1000));
        }
    }

    [TestCaseSource(nameof(Garbage))]
    public void Garbage_and_nothing_are_not_known_anywhere(string text)
    {
        var nothing = new NetstatCounters(null, null, null, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(OpenFileLimits.Parse(text, "").Soft, Is.InstanceOf<Limit.Unknown>());
            Assert.That(PortRange.Parse(text, text), Is.Null);
            Assert.That(
                Sockstat.Parse(text) ?? new Sockstat(null, null, null), Is.EqualTo(new Sockstat(null, null, null)));
            Assert.That(TcpMem.Parse(text), Is.Null);
            Assert.That(CpuInfo.Parse(text), Is.Null);
            Assert.That(MemInfo.Parse(text), Is.Null);
            Assert.That(NetstatCounters.Parse(text) ?? nothing, Is.EqualTo(nothing));
            Assert.That(ProcStat.CpuTime(text), Is.Null);
        }
    }

    [Test]
    public void An_absent_file_is_not_known_anywhere()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OpenFileLimits.Parse(null, "x").Hard, Is.EqualTo(Limit.Absent("x")));
            Assert.That(PortRange.Parse(null, null), Is.Null);
            Assert.That(Sockstat.Parse(null), Is.Null);
            Assert.That(TcpMem.Parse(null), Is.Null);
            Assert.That(CpuInfo.Parse(null), Is.Null);
            Assert.That(MemInfo.Parse(null), Is.Null);
            Assert.That(NetstatCounters.Parse(null), Is.Null);
            Assert.That(ProcStat.CpuTime(null), Is.Null);
            Assert.That(ProcStat.ResidentPages(null), Is.Null);
        }
    }
}
