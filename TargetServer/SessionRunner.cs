using System.Buffers;
using System.Net.WebSockets;

namespace TargetServer;

/// <summary>One open connection, from the upgrade to its end.</summary>
internal sealed class SessionRunner(ServerOptions options, DropDraw drops)
{
    private const int BufferBytes = 4096;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Connections that are to be dropped and have not ended yet; written by Interlocked.
    private int due;

    /// <summary>
    /// Whether the next connection is to be dropped; drawn before it is answered, so that draws come in the order of
    /// the answers. Where it is, <see cref="Dropped"/> follows.
    /// </summary>
    public bool DrawDrop()
    {
        var drop = options.DropAfter is not null && drops.Next();
        if (drop)
            Interlocked.Increment(ref due);
        return drop;
    }

    /// <summary>A connection that was to be dropped has ended.</summary>
    public void Dropped() => Interlocked.Decrement(ref due);

    /// <summary>Drops what waits for it, now; returns once all of it has ended.</summary>
    public async Task DropNowAsync(CancellationToken stop)
    {
        asked.TrySetResult();
        while (Volatile.Read(ref due) > 0)
            await Task.Delay(Poll, TimeProvider.System, stop);
    }

    /// <param name="context">The request.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="drop">Whether it is to be dropped.</param>
    public Task RunAsync(HttpContext context, WebSocket socket, bool drop)
    {
        if (drop && options.DropAfter is { } after)
            return DropAsync(context, socket, after);

        return options.NoPong ? UntilPeerLeavesAsync(context) : EchoAsync(socket);
    }

    /// <summary>Reads nothing; returns when the peer's FIN or reset arrives, or when the server stops.</summary>
    public static async Task UntilPeerLeavesAsync(HttpContext context)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.UnsafeRegister(
            state => ((TaskCompletionSource)state!).TrySetResult(), left);
        await left.Task;
    }

    /// <summary>
    /// Echoes until the peer closes, then answers its close. Returning ends TCP: the server's FIN is the first, and
    /// TIME_WAIT stays here, where it costs no port.
    /// </summary>
    private static async Task EchoAsync(WebSocket socket)
    {
        try
        {
            // Nothing but a parked read while idle: an empty buffer waits for the first byte without holding one.
            while (await socket.ReceiveAsync(
                Memory<byte>.Empty, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } first)
                await EchoMessageAsync(socket, first);

            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(
                    socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The peer left without a close, or the connection was dropped on purpose; neither is an error of the
            // server.
            socket.Abort();
        }
    }

    /// <param name="socket">The connection.</param>
    /// <param name="part">What the empty read gave: nothing of a message, or all of an empty one.</param>
    private static async Task EchoMessageAsync(WebSocket socket, ValueWebSocketReceiveResult part)
    {
        if (part.EndOfMessage)
        {
            await SendAsync(socket, Memory<byte>.Empty, part);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                await SendAsync(socket, buffer.AsMemory(0, part.Count), part);
            }
            while (!part.EndOfMessage);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Sends, but not after this side's close frame: what the peer sent before it saw that is read and left unanswered.
    /// </summary>
    private static ValueTask SendAsync(
        WebSocket socket, ReadOnlyMemory<byte> bytes, ValueWebSocketReceiveResult part) =>
        socket.State == WebSocketState.Open
            ? socket.SendAsync(bytes, part.MessageType, part.EndOfMessage, CancellationToken.None)
            : ValueTask.CompletedTask;

    private async Task DropAsync(HttpContext context, WebSocket socket, TimeSpan after)
    {
        var session = options.NoPong ? UntilPeerLeavesAsync(context) : EchoAsync(socket);
        using (var ended = new CancellationTokenSource())
        {
            var wait = options.DropsOnRequest ? asked.Task : Task.Delay(after, TimeProvider.System, ended.Token);
            var inTime = await Task.WhenAny(session, wait) == session;
            await ended.CancelAsync();
            if (!inTime)
                await ConnectionBreaker.BreakAsync(context, socket, options.DropMode ?? new DropMode(DropKind.Fin));
        }

        await session;
    }
}
