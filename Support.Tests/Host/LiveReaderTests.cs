using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>The readers that are called while steps run, on the machine that the tests run on.</summary>
[TestFixture]
internal sealed class LiveReaderTests
{
    [Test]
    public void The_own_process_has_memory_processor_time_and_descriptors()
    {
        var facts = ProcessFacts.Read(Environment.ProcessId)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.ResidentBytes, Is.GreaterThan(1 << 20));
            Assert.That(facts.CpuTime, Is.GreaterThan(TimeSpan.Zero));
        }
    }

    [Test]
    [NonParallelizable]
    public void A_descriptor_that_is_opened_is_counted()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Only Linux lists descriptors.");

        var before = ProcessFacts.Read(Environment.ProcessId)!.Descriptors;
        var sockets = Enumerable.Range(0, 50).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        var during = ProcessFacts.Read(Environment.ProcessId)!.Descriptors;
        sockets.ForEach(socket => socket.Dispose());

        // Other threads of the test host open and close a few of their own.
        Assert.That(during - before, Is.InRange(40, 60));
    }

    [Test]
    public void A_process_of_a_fake_tree_is_read_in_bytes()
    {
        using var tree = new FakeTree()
            .With("/proc/7/statm", "765 421 394 5 0 123 0\n")
            .With("/proc/7/stat", "7 (cat) R 1 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0 1 0\n")
            .With("/proc/7/fd/0", "").With("/proc/7/fd/1", "");

        Assert.That(
            ProcessFacts.Read(7, tree.Files),
            Is.EqualTo(new ProcessFacts(421L * Environment.SystemPageSize, TimeSpan.FromSeconds(2), 2)));
    }

    [Test]
    public void A_process_that_is_gone_or_not_a_process_is_null()
    {
        using var tree = new FakeTree().With("/proc/7/statm", "garbage").With("/proc/7/stat", "garbage");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProcessFacts.Read(7, tree.Files), Is.Null);
            Assert.That(ProcessFacts.Read(8, tree.Files), Is.Null);
            Assert.That(ProcessFacts.Read(int.MaxValue), Is.Null);
            Assert.That(ProcessFacts.Read(-1), Is.Null);
        }
    }

    [Test]
    public void A_process_whose_descriptors_are_not_readable_leaves_them_unknown()
    {
        using var tree = new FakeTree()
            .With("/proc/7/statm", "1 1").With("/proc/7/stat", "7 (a) R 1 1 1 0 -1 0 0 0 0 0 0 0 0 0");

        Assert.That(ProcessFacts.Read(7, tree.Files)!.Descriptors, Is.Null);
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task A_connection_on_loopback_is_counted_by_state(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Only Linux lists sockets in /proc/net/tcp.");

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = (IPEndPoint)listener.LocalEndpoint;
        using var plain = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var dual = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await plain.ConnectAsync(target, cancellationToken);
        await dual.ConnectAsync(target, cancellationToken);

        var counts = TcpTable.CountTo([target])!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts[TcpState.Established], Is.EqualTo(2));
            // An earlier test's server may have had the same port within the last minute.
            Assert.That(counts.Total - counts[TcpState.TimeWait], Is.EqualTo(2));
        }
    }

    [Test]
    public void The_sockets_of_a_captured_machine_are_summed_over_both_families()
    {
        using var tree = new FakeTree().WithCapturedMachine();

        Assert.That(SocketFacts.Read(tree.Files), Is.EqualTo(new SocketFacts(0, 5 + 16, 4)));
    }

    [Test]
    public void The_sockets_of_this_machine_are_readable_on_Linux()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Only Linux has /proc/net/sockstat.");

        var facts = SocketFacts.Read()!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.TcpMemoryBytes, Is.Not.Null.And.GreaterThanOrEqualTo(0));
            Assert.That(facts.InUse, Is.GreaterThan(0), "the test host itself is connected");
            Assert.That(facts.TimeWait, Is.Not.Null);
        }
    }

    [Test]
    public void Without_files_the_answers_are_null()
    {
        using var tree = new FakeTree();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SocketFacts.Read(tree.Files), Is.Null);
            Assert.That(TcpTable.CountTo([new(IPAddress.Loopback, 1)], tree.Files), Is.Null);
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task This_machine_is_read_whole(CancellationToken cancellationToken)
    {
        var facts = await new EnvironmentReader()
            .ReadAsync(new Uri("ws://127.0.0.1:9/"), Environment.ProcessId, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(facts.Runtime.Processors, Is.GreaterThan(0));
            Assert.That(facts.Runtime.GcAvailableBytes, Is.GreaterThan(0));
            Assert.That(facts.Target!.IsLocal, Is.True);
            if (OperatingSystem.IsLinux())
            {
                Assert.That(facts.OpenFiles.Soft, Is.Not.InstanceOf<Limit.Unknown>());
                Assert.That(facts.TargetOpenFiles?.Soft.Count, Is.EqualTo(facts.OpenFiles.Soft.Count));
                Assert.That(facts.DescriptorsOpen, Is.GreaterThan(0));
                Assert.That(facts.Ports, Is.Not.Null);
            }
        }
    }
}
