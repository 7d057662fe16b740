using System.Net.Sockets;
using Support.Pool.Linux;

namespace Support.Pool;

/// <summary>The begin of an attempt: a socket, its source address, its connect.</summary>
internal sealed unsafe partial class EpollOpener
{
    // Null where nothing is left to start; else how long the next one has to wait, or a slot to become free.
    private TimeSpan? StartWhatIsDue(OpenSchedule schedule)
    {
        while (!sink.IsStopped)
        {
            if (freeCount == 0)
                return TimeSpan.MaxValue;
            if (schedule.Next() is not { } wait)
                return null;
            if (wait > TimeSpan.Zero)
                return wait;
            schedule.TryTake(out _);
            Start(free[--freeCount], sink.Begin());
        }

        return null;
    }

    private void Start(int slot, int index)
    {
        ref var attempt = ref slots[slot];
        var target = index % addresses.Length;
        attempt.Begin(target, context.Time.GetTimestamp(), limit);
        var family = (int)addresses[target][0];
        attempt.Descriptor = Libc.Socket(family, Libc.SockStream | Libc.SockNonBlock | Libc.SockCloseOnExec, 0);
        if (attempt.Descriptor < 0)
        {
            Fail(slot, SocketFailures.BeforeOpen(Libc.LastError(), Where(slot)));
            return;
        }

        var one = 1;
        _ = Libc.SetSocketOption(attempt.Descriptor, Libc.ProtocolTcp, Libc.TcpNoDelay, &one, sizeof(int));
        if (!Bind(attempt.Descriptor, index / addresses.Length)
            || !ConnectFromWindow(attempt.Descriptor, addresses[target]))
        {
            Fail(slot, SocketFailures.BeforeOpen(Libc.LastError(), Where(slot)));
            return;
        }

        // Edge-triggered and added once: the first edge is the connect, the next the answer. Slot and descriptor
        // together, so that an edge of a connection that is open by then is not taken for the slot's next one.
        events.Set(Libc.EpollIn | Libc.EpollOut | Libc.EpollEdge, ((ulong)(uint)slot << 32) | (uint)attempt.Descriptor);
        fixed (byte* first = &events.First)
        {
            if (Libc.EpollControl(epoll, Libc.EpollCtlAdd, attempt.Descriptor, first) < 0)
                Fail(slot, SocketFailures.BeforeOpen(Libc.LastError(), "epoll_ctl"));
        }
    }

    private bool Bind(int descriptor, int index)
    {
        if (sources.Length == 0)
            return true;
        var one = 1;
        // The port is then chosen at connect, by destination, and not at bind, for all destinations.
        _ = Libc.SetSocketOption(descriptor, Libc.ProtocolIp, Libc.IpBindAddressNoPort, &one, sizeof(int));
        var source = sources[index % sources.Length];
        fixed (byte* bytes = source)
            return Libc.Bind(descriptor, bytes, source.Length) == 0;
    }

    private bool ConnectFromWindow(int descriptor, byte[] address)
    {
        var isNarrowed = ports.Narrow(descriptor);
        if (Connect(descriptor, address))
            return true;
        if (!isNarrowed || Libc.LastError() != SocketError.AddressNotAvailable)
            return false;
        PortWindow.Widen(descriptor);
        return Connect(descriptor, address);
    }

    private static bool Connect(int descriptor, byte[] address)
    {
        fixed (byte* bytes = address)
        {
            return Libc.Connect(descriptor, bytes, address.Length) == 0
                || System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.InProgress;
        }
    }
}
