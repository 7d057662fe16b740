using System.Net;
using System.Net.Sockets;
using Support.Pool.Linux;

namespace Support.Pool;

/// <summary>
/// Opens connections in the clear from one thread over one epoll set, as the reference client does: six system calls an
/// open (socket, setsockopt, connect, epoll_ctl, send, recv), and nothing allocated but what is kept.
/// </summary>
internal sealed unsafe partial class EpollOpener(ConnectorContext context, IOpenSink sink) : IOpener
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly byte[][] addresses = [.. context.Addresses.EndPoints.Select(AddressOf)];
    private readonly byte[][] sources =
        [.. context.Options.SourceAddresses.Select(address => AddressOf(new IPEndPoint(address, 0)))];
    private readonly EpollEvents events = new(256);
    private readonly PortWindow ports = PortWindow.OfThisMachine(context.Options.PortPhase);
    private readonly long limit = (long)(context.Options.AttemptTimeout.TotalSeconds * context.Time.TimestampFrequency);
    private EpollSlot[] slots = [];
    private int[] free = [];
    private int freeCount;
    private int epoll = -1;

    private int InFlight => slots.Length - freeCount;

    public Task OpenAsync(OpenSchedule schedule, int inFlight, CancellationToken stop) => Task.Factory.StartNew(
        () => Run(schedule, inFlight, stop), CancellationToken.None, TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Run(OpenSchedule schedule, int inFlight, CancellationToken stop)
    {
        slots = [.. Enumerable.Range(0, inFlight).Select(_ => new EpollSlot(context.Request.Length))];
        free = [.. Enumerable.Range(0, inFlight)];
        freeCount = inFlight;
        epoll = Libc.EpollCreate(Libc.EpollCloseOnExec);
        if (epoll < 0)
        {
            // Counted as an attempt: attempts are opens and failures, without exception.
            var failure = SocketFailures.BeforeOpen(Libc.LastError(), "epoll_create1");
            sink.Begin();
            sink.Count(failure, target: null);
            return;
        }

        try
        {
            Loop(schedule, stop);
        }
        finally
        {
            // What is still in flight was stopped; what is open leaves the set with it.
            for (var slot = 0; slot < slots.Length; slot++)
            {
                if (slots[slot].Descriptor >= 0)
                    Fail(slot, Stopped(slot));
            }

            _ = Libc.Close(epoll);
        }
    }

    private void Loop(OpenSchedule schedule, CancellationToken stop)
    {
        // The first poll is only set: the start of all that may be in flight is work, and no lag.
        long? nextPoll = null;
        var now = context.Time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            var wait = StartWhatIsDue(schedule);
            if (InFlight == 0 && wait is null)
                return;
            Take(Timeout(wait, nextPoll is { } due ? context.Time.GetElapsedTime(now, due) : PollInterval));
            now = context.Time.GetTimestamp();
            if (now < nextPoll)
                continue;
            if (nextPoll is { } planned)
                context.Lag.Note(context.Time.GetElapsedTime(planned, now));
            EndOverdue(now);
            nextPoll = now + (context.Time.TimestampFrequency * PollInterval.Ticks / TimeSpan.TicksPerSecond);
        }
    }

    // Rounded up: an attempt that is a part of a millisecond early would be asked for over and over.
    private static int Timeout(TimeSpan? wait, TimeSpan untilPoll) =>
        (int)Math.Clamp(
            Math.Ceiling((wait < untilPoll ? wait.Value : untilPoll).TotalMilliseconds),
            0,
            PollInterval.TotalMilliseconds);

    private void Take(int timeout)
    {
        int count;
        fixed (byte* first = &events.First)
            count = Libc.EpollWait(epoll, first, events.Capacity, timeout);
        for (var i = 0; i < count; i++)
        {
            var data = events.DataOf(i);
            var slot = (int)(data >> 32);
            if (slots[slot].Descriptor == (int)(uint)data)
                Advance(slot);
        }
    }

    private void Advance(int slot)
    {
        ref var attempt = ref slots[slot];
        if (!attempt.IsSent)
        {
            var error = Send(ref attempt);
            // The connect is still under way: the edge was the socket's first state.
            if (error == SocketError.WouldBlock || error == SocketError.NotConnected)
                return;
            if (error != SocketError.Success)
            {
                Fail(slot, SocketFailures.BeforeOpen(error, Where(slot)));
                return;
            }
        }

        Receive(slot);
    }

    // A failed connect shows as the error of the first send, which saves asking for SO_ERROR.
    private SocketError Send(ref EpollSlot attempt)
    {
        var now = context.Time.GetTimestamp();
        context.Request.Write(attempt.Request, attempt.Accept);
        fixed (byte* bytes = attempt.Request)
        {
            var sent = Libc.Send(
                attempt.Descriptor, bytes, (nuint)attempt.Request.Length, Libc.MsgDontWait | Libc.MsgNoSignal);
            if (sent < 0)
                return Libc.LastError();
            // A fresh socket's buffer takes a request whole; one that does not is as good as out of memory.
            if (sent < attempt.Request.Length)
                return SocketError.NoBufferSpaceAvailable;
        }

        attempt.Sent(now, limit);
        return SocketError.Success;
    }

    private void Receive(int slot)
    {
        ref var attempt = ref slots[slot];
        while (true)
        {
            var room = attempt.Room();
            nint count;
            fixed (byte* bytes = room)
                count = Libc.Receive(attempt.Descriptor, bytes, (nuint)room.Length, Libc.MsgDontWait);
            if (count < 0)
            {
                var error = Libc.LastError();
                if (error != SocketError.WouldBlock)
                    Fail(slot, SocketFailures.BeforeOpen(error, Where(slot)));
                return;
            }

            if (count == 0)
            {
                Fail(slot, HandshakeResponse.Ended(attempt.Filled, Where(slot)));
                return;
            }

            attempt.Filled += (int)count;
            // Where the head is not whole, the peer's end may have come with the same edge: only an empty socket is
            // done with.
            if (Finish(slot))
                return;
        }
    }

    // True where the attempt ended, in one way or the other.
    private bool Finish(int slot)
    {
        ref var attempt = ref slots[slot];
        var received = attempt.Received;
        var head = HandshakeResponse.HeadLength(received);
        var failure = head < 0
            ? HandshakeResponse.Unfinished(received)
            : HandshakeResponse.Check(received[..head], attempt.Accept, context.Options.Subprotocol);
        if (failure is not null)
        {
            Fail(slot, failure);
            return true;
        }

        if (head < 0)
            return false;
        var connection = new RawConnection(attempt.Descriptor)
        {
            Early = head < received.Length ? received[head..].ToArray() : null,
        };
        var timing = new OpenTiming(
            context.Microseconds(attempt.Started, attempt.Connected), 0,
            context.Microseconds(attempt.Connected, context.Time.GetTimestamp()));
        Release(slot);
        sink.Keep(connection, timing, attempt.Target);
        return true;
    }

    private void EndOverdue(long now)
    {
        for (var slot = 0; slot < slots.Length; slot++)
        {
            if (slots[slot].Descriptor >= 0 && now > slots[slot].Deadline)
                Fail(slot, Overdue(slot));
        }
    }

    private void Fail(int slot, Failure failure)
    {
        var descriptor = slots[slot].Descriptor;
        if (descriptor >= 0)
        {
            RawConnection.ResetOnClose(descriptor);
            _ = Libc.Close(descriptor);
        }

        Release(slot);
        sink.Count(failure, slots[slot].Target);
    }

    private void Release(int slot)
    {
        slots[slot].Descriptor = -1;
        free[freeCount++] = slot;
    }

    private Failure Stopped(int slot) =>
        SocketFailures.Stopped(Stage(slot), context.Time.GetElapsedTime(slots[slot].Connected), Where(slot));

    private Failure Overdue(int slot) => SocketFailures.Overdue(Stage(slot), Where(slot));

    private AttemptStage Stage(int slot) => slots[slot].IsSent ? AttemptStage.Upgrade : AttemptStage.Tcp;

    private string Where(int slot) => context.Addresses.EndPoints[slots[slot].Target].ToString();

    private static byte[] AddressOf(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..address.Size].ToArray();
    }
}
