using System.Collections.Immutable;
using System.Globalization;
using NUnit.Framework;
using Support.Host;
using Support.Measuring;
using Support.Tests.Host;

namespace Support.Tests.Measuring;

/// <summary>A server of several processes, from a tree of files.</summary>
internal sealed class ServerReaderTests
{
    private static readonly ImmutableArray<ProcessRow> Table =
        [Row(10, 1, 2), Row(11, 10, 3), Row(12, 10, 4), Row(13, 12, 5), Row(50, 1, 99)];

    [Test]
    public void The_process_that_has_the_least_left_is_the_one_that_counts()
    {
        // The worker has fewer open than its master, and still fewer left.
        using var tree = new FakeTree().With("/proc/net/netstat", "TcpExt: ListenOverflows\nTcpExt: 7\n");
        Process(tree, 10, open: 5, "100", hard: "900");
        Process(tree, 11, open: 3, "4", hard: "1000");
        Process(tree, 12, open: 9, "unlimited");
        var state = ServerReader.Read([Table[0], Table[1], Table[2]], Table, new HashSet<int>(), tree.Files);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (state.Rows.Length, state.Descriptors, state.DescriptorLimit, state.ListenOverflows),
                Is.EqualTo((4, 3, 4, 7)));
            Assert.That(state.DescriptorHardLimit, Is.EqualTo(1000));
            Assert.That(state.Masters.Select(row => row.Id.Pid), Is.EqualTo(new[] { 10 }));
        }
    }

    [Test]
    public void Without_limits_it_is_the_one_with_the_most_open_and_unreadable_is_not_known()
    {
        using var tree = new FakeTree();
        Process(tree, 10, open: 2, "unlimited");
        Process(tree, 11, open: 6, "unlimited");
        var state = ServerReader.Read([Table[0]], Table, new HashSet<int>(), tree.Files);
        using var nothing = new FakeTree();
        var unreadable = ServerReader.Read([Table[0]], Table, new HashSet<int>(), nothing.Files);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((state.Descriptors, state.DescriptorLimit), Is.EqualTo(((int?)6, (long?)null)));
            Assert.That(
                (unreadable.Descriptors, unreadable.DescriptorLimit, unreadable.ListenOverflows),
                Is.EqualTo(((int?)null, (long?)null, (long?)null)));
        }
    }

    [Test]
    public void What_adds_up_is_a_difference_and_children_that_came_meanwhile_count_whole()
    {
        var before = new ServerState([Table[0]], [Table[0]], 5, 100, 7);
        var held = new ServerState(
            [Table[0]], [Table[0] with { CpuTime = TimeSpan.FromSeconds(6) }, Table[1]], 50, 100, 9)
        {
            DescriptorHardLimit = 200,
        };

        Assert.That(ServerState.Between(before, held), Is.EqualTo(new ServerReading
        {
            Name = "server",
            Processes = 2,
            Descriptors = 50,
            DescriptorLimit = 100,
            DescriptorHardLimit = 200,
            ResidentBytes = 23L * Environment.SystemPageSize,
            CpuSeconds = 6 - 2 + 3,
            ListenOverflows = 2,
        }));
    }

    [Test]
    public void A_server_that_is_gone_or_was_not_found_is_not_known()
    {
        var before = new ServerState([Table[0]], [Table[0]], 5, 100, 7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ServerState.Between(null, null), Is.Null);
            Assert.That(ServerState.Between(before, before with { Rows = [] }), Is.Null);
            Assert.That(ServerState.Between(null, before)?.CpuSeconds, Is.Null);
        }
    }

    [Test]
    [CancelAfter(30_000)]
    public async Task A_master_that_is_gone_is_a_restart_and_a_worker_that_is_gone_is_not(
        CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("/proc is Linux's");
        var own = ProcessTable.Read().Single(row => row.Id.Pid == Environment.ProcessId);
        var gone = own with { Id = own.Id with { Start = own.Id.Start + 1 } };
        var worker = gone with { Id = new(int.MaxValue, 1), Parent = own.Id.Pid };
        var meter = new ResourceMeter(null, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await meter.HasRestartedAsync(With(own, worker), cancellationToken), Is.False);
            Assert.That(
                await meter.HasRestartedAsync(With(gone), cancellationToken),
                Is.True,
                "its number is another process's");
            Assert.That(await meter.HasRestartedAsync(With(), cancellationToken), Is.False);
        }
    }

    private static ResourceReading With(params ProcessRow[] owners) =>
        new(null, null, null, null, null, null, null) { Server = new([.. owners], [], null, null, null) };

    private static ProcessRow Row(int pid, int parent, int seconds) =>
        new(new(pid, pid), "server", parent, TimeSpan.FromSeconds(seconds), pid + 1);

    private static void Process(FakeTree tree, int pid, int open, string limit, string? hard = null)
    {
        tree.With(
            $"/proc/{pid}/limits",
            $"Max open files            {limit}                 {hard ?? limit}                files\n");
        for (var descriptor = 0; descriptor < open; descriptor++)
            tree.With(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd/{descriptor}"), "");
    }
}
