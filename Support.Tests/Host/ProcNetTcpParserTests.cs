using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>
/// The captures hold, to port 18080: 6 IPv4 connections (2 in TIME_WAIT, 1 closed by the server), 3 mapped, 4 IPv6 (1
/// in TIME_WAIT).
/// </summary>
[TestFixture]
internal sealed class ProcNetTcpParserTests
{
    private static readonly PortRange Range = new(32768, 60999, 0);

    [Test]
    public void Connections_to_an_IPv4_target_are_counted_from_the_clients_end_mapped_ones_included()
    {
        var counts = Read("127.0.0.1", 18080).Counts;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts[TcpState.Established], Is.EqualTo(3 + 3));
            Assert.That(counts[TcpState.TimeWait], Is.EqualTo(2));
            Assert.That(counts[TcpState.CloseWait], Is.EqualTo(1));
            Assert.That(counts[TcpState.Listen], Is.Zero);
            Assert.That(counts.Total, Is.EqualTo(9));
        }
    }

    [Test]
    public void Several_targets_are_counted_together()
    {
        using var tree = new FakeTree()
            .With("/proc/net/tcp", Captured.Text("net-tcp.txt")).With("/proc/net/tcp6", Captured.Text("net-tcp6.txt"));

        Assert.That(
            TcpTable.CountTo(
                [new(IPAddress.Loopback, 18080), new(IPAddress.IPv6Loopback, 18080), new(IPAddress.Loopback, 1)],
                tree.Files)?[TcpState.Established],
            Is.EqualTo(3 + 3 + 3));
    }

    [Test]
    public void A_mapped_address_is_the_same_target() =>
        Assert.That(Read("::ffff:127.0.0.1", 18080).Counts.Total, Is.EqualTo(9));

    [Test]
    public void Connections_to_an_IPv6_target_are_counted()
    {
        var counts = Read("::1", 18080).Counts;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts[TcpState.Established], Is.EqualTo(3));
            Assert.That(counts[TcpState.TimeWait], Is.EqualTo(1));
            Assert.That(counts.Total, Is.EqualTo(4));
        }
    }

    [TestCase("127.0.0.1", 18081)]
    [TestCase("127.0.0.2", 18080)]
    [TestCase("::2", 18080)]
    public void Another_endpoint_has_none(
        string address, int port) => Assert.That(Read(address, port).Counts.Total, Is.Zero);

    [Test]
    public void Only_listeners_inside_the_port_range_take_a_port() =>
        Assert.That(Read("127.0.0.1", 18080).ListenersInRange, Is.EqualTo(1));

    [TestCase("")]
    [TestCase("  sl  local_address rem_address   st tx_queue")]
    [TestCase("   0: 0100007F:9C7E 0100007F:46A0")]
    [TestCase("   0: 0100007F:9C7E 0100007F:46A0 FF rest")]
    [TestCase("   0: 0100007F:9C7E 0100007F:46A0 -1 rest")]
    [TestCase("   0: 0100007F:9C7E 0100007F:46A0 ZZ rest")]
    [TestCase("   0: : : 0A")]
    [TestCase(": : : :")]
    [TestCase("0100007F:46A0 0100007F:46A0 0100007F:46A0 01")]
    [TestCase("   0: nothing 00000000:0000 0A")]
    public void A_line_that_is_no_row_counts_nothing(string line)
    {
        var parser = new TcpTableParser([new(IPAddress.Loopback, 18080)], Range);

        parser.Add(Encoding.UTF8.GetBytes(line));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parser.Counts.Total, Is.Zero);
            Assert.That(parser.ListenersInRange, Is.Zero);
        }
    }

    [Test]
    public void A_row_costs_no_allocation()
    {
        var parser = new TcpTableParser([new(IPAddress.Loopback, 18080)], Range);
        var line =
            "   1: 0100007F:9C7E 0100007F:46A0 06 00000000:00000000 03:00001770 00000000     0        0 0 3 feb5078d"u8
                .ToArray();
        parser.Add(line);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var row = 0; row < 30_000; row++)
            parser.Add(line);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000));
            Assert.That(parser.Counts[TcpState.TimeWait], Is.EqualTo(30_001));
        }
    }

    private static TcpTableParser Read(string address, int port)
    {
        using var tree = new FakeTree().WithCapturedMachine();
        return TcpTable.Read([new IPEndPoint(IPAddress.Parse(address), port)], Range, tree.Files)!;
    }
}
