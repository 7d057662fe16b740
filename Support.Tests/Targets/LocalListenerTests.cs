using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Support.Host;
using Support.Targets;
using Support.Tests.Host;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Targets;

internal sealed class LocalListenerTests
{
    // Captured on kernel 6.18 in a network namespace of its own: listeners on 0.0.0.0:8080, 127.0.0.1:40123, [::]:9090
    // and [::1]:40123, one connection from port 54321, and one in TIME_WAIT from port 54322. Both tables, one after the
    // other; without the blanks that the kernel pads its lines with.
    private const string Capture =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:9CBB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1638764 1 00000000a8c5d828 100 0 0 10 0
           1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1638763 1 0000000051616318 100 0 0 10 0
           2: 0100007F:D431 0100007F:9CBB 01 00000000:00000000 00:00000000 00000000     0        0 1638767 2 0000000099d8f058 20 0 0 10 -1
           3: 0100007F:D432 0100007F:9CBB 06 00000000:00000000 03:0000175B 00000000     0        0 0 3 00000000b1c49d4e
           4: 0100007F:9CBB 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 1638768 1 0000000057575bf7 20 0 0 10 -1
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:9CBB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1638766 1 0000000097b4e136 100 0 0 10 0
           1: 00000000000000000000000000000000:2382 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1638765 1 000000004730a10e 100 0 0 10 0

        """;

    [Test]
    public void A_table_gives_ends_state_and_inode()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rows(TcpState.Listen), Has.Length.EqualTo(4));
            Assert.That(Rows(TcpState.Listen)[2].Local, Is.EqualTo(new IPEndPoint(IPAddress.IPv6Loopback, 40123)));
            Assert.That(Rows(TcpState.Established), Is.EqualTo(new TcpRow[]
            {
                new(new(IPAddress.Loopback, 54321), new(IPAddress.Loopback, 40123), TcpState.Established, 1638767),
                new(new(IPAddress.Loopback, 40123), new(IPAddress.Loopback, 54321), TcpState.Established, 1638768),
            }));
            Assert.That(Rows(TcpState.TimeWait).Single().Inode, Is.Zero, "no process holds it");
        }
    }

    [TestCase("")]
    [TestCase("sl local_address\n\n  0: zz:yy 0:0 0A\n")]
    [TestCase("  0: 0100007F:9CBB 00000000:0000 0A 00000000:00000000")]
    [TestCase("  0: 0100007G:9CBB 00000000:0000 0A 0:0 00:0 0 0 0 22222 1")]
    public void Nothing_and_garbage_give_no_rows(string text) =>
        Assert.That(Enum.GetValues<TcpState>().SelectMany(state => Rows(state, text)), Is.Empty);

    [TestCase("127.0.0.1:8080", 1638763L)] // bound to any address
    [TestCase("127.0.0.1:40123", 1638764L)]
    [TestCase("[::1]:40123", 1638766L)]
    [TestCase("127.0.0.1:9090", 1638765L)] // IPv4 on a dual-stack listener
    [TestCase("[::ffff:127.0.0.1]:40123", 1638764L)]
    [TestCase("127.0.0.1:54322", null)] // a port in use, and nobody listens
    [TestCase("[::1]:8080", null)] // 0.0.0.0 takes no IPv6
    public void The_nearest_listener_is_found(string endpoint, long? inode) =>
        Assert.That(
            LocalListener.Nearest(IPEndPoint.Parse(endpoint), Rows(TcpState.Listen)).Cast<long?>().SingleOrDefault(),
            Is.EqualTo(inode));

    [Test, Platform("Linux"), CancelAfter(30_000)]
    public async Task The_process_behind_a_port_is_the_target(CancellationToken cancellationToken)
    {
        await using var target = await TargetRun.StartAsync(cancellationToken);

        Assert.That(
            LocalListener.FindProcessId(new(IPAddress.Loopback, target.Url.Port)), Is.EqualTo(target.ProcessId));
    }

    [Test, Platform("Linux")]
    public void A_listener_of_this_process_on_any_address_is_this_process()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.That(
            LocalListener.FindProcessId(new(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port)),
            Is.EqualTo(Environment.ProcessId));
    }

    // Alone: a child of any other test that is started meanwhile inherits it as well.
    [Test, Platform("Linux"), NonParallelizable, CancelAfter(30_000)]
    public async Task All_processes_that_share_a_listener_are_found(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        // Inherited by the child that is started while it is so.
        _ = SetDescriptorFlags((int)listener.Server.Handle, 2, 0);
        listener.Start();
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        try
        {
            var endpoint = new IPEndPoint(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port);
            await TestPool.UntilAsync(() => LocalListener.FindProcessIds(endpoint).Length == 2, cancellationToken);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    LocalListener.FindProcessIds(endpoint), Is.EquivalentTo(new[] { Environment.ProcessId, child.Id }));
                Assert.That(
                    LocalListener.FindProcessId(endpoint), Is.Null, "the figures of one would not be the server's");
            }
        }
        finally
        {
            child.Kill();
        }
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

    private static ImmutableArray<TcpRow> Rows(TcpState state, string text = Capture)
    {
        using var tree = new FakeTree().With("/proc/net/tcp", text);
        return TcpTable.Rows(state, tree.Files);
    }

    // fcntl(2), F_SETFD = 2: 0 takes FD_CLOEXEC away.
    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetDescriptorFlags(int descriptor, int command, int flags);
}
