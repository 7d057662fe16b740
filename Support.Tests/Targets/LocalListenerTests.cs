using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using Support.Targets;

namespace Support.Tests.Targets;

public sealed class LocalListenerTests
{
    // Captured with `cat /proc/net/tcp /proc/net/tcp6` on kernel 6.18: listeners on 0.0.0.0:8080, 127.0.0.1:40123 and [::]:9090,
    // one connection, one TIME_WAIT.
    private const string Capture =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 11111 1 0000000000000000 100 0 0 10 0
           1: 0100007F:9CBB 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 22222 1 0000000000000000 100 0 0 10 0
           2: 0100007F:9CBB 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 33333 1 0000000000000000 20 4 30 10 -1
           3: 0100007F:D432 0100007F:9CBB 06 00000000:00000000 03:00001763 00000000     0        0 0 3 0000000000000000
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000000000000:2382 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 44444 1 0000000000000000 100 0 0 10 0
           1: 00000000000000000000000001000000:9CBB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 55555 1 0000000000000000 100 0 0 10 0

        """;

    [Test]
    public void A_table_gives_ends_state_and_inode()
    {
        var rows = TcpTable.Parse(Capture);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.EqualTo(6));
            Assert.That(rows[2], Is.EqualTo(new TcpRow(new(IPAddress.Loopback, 40123), new(IPAddress.Loopback, 54321), 1, 33333)));
            Assert.That(rows[3].State, Is.EqualTo(TcpTable.TimeWait));
            Assert.That(rows[5].Local, Is.EqualTo(new IPEndPoint(IPAddress.IPv6Loopback, 40123)));
        }
    }

    [TestCase("")]
    [TestCase("sl local_address\n\n  0: zz:yy 0:0 0A\n")]
    [TestCase("  0: 0100007F:9CBB 00000000:0000 0A 00000000:00000000")]
    [TestCase("  0: 0100007G:9CBB 00000000:0000 0A 0:0 00:0 0 0 0 22222 1")]
    public void Nothing_and_garbage_give_no_rows(string text) =>
        Assert.That(TcpTable.Parse(text), Is.Empty);

    [TestCase("127.0.0.1:8080", 11111L)] // bound to any address
    [TestCase("127.0.0.1:40123", 22222L)]
    [TestCase("[::1]:40123", 55555L)]
    [TestCase("127.0.0.1:9090", 44444L)] // IPv4 on a dual-stack listener
    [TestCase("[::ffff:127.0.0.1]:40123", 22222L)]
    [TestCase("127.0.0.1:54322", null)] // a port in use, and nobody listens
    [TestCase("[::1]:8080", null)] // 0.0.0.0 takes no IPv6
    public void The_nearest_listener_is_found(string endpoint, long? inode) =>
        Assert.That(TcpTable.ListenersAt(TcpTable.Parse(Capture), IPEndPoint.Parse(endpoint)).Cast<long?>().SingleOrDefault(), Is.EqualTo(inode));

    [Test, Platform("Linux"), CancelAfter(30_000)]
    public async Task The_process_behind_a_port_is_the_target(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);

        Assert.That(LocalListener.FindProcessId(new(IPAddress.Loopback, target.Url.Port)), Is.EqualTo(target.ProcessId));
    }

    [Test, Platform("Linux")]
    public void A_listener_of_this_process_on_any_address_is_this_process()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.That(LocalListener.FindProcessId(new(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port)), Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void Nobody_is_behind_a_closed_port_nor_behind_another_machines_address()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.That(LocalListener.FindProcessId(new(IPAddress.Parse("192.0.2.1"), port)), Is.Null);
        listener.Stop();

        Assert.That(LocalListener.FindProcessId(new(IPAddress.Loopback, port)), Is.Null);
    }
}
