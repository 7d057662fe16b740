using System.Buffers;
using System.Net.WebSockets;

namespace TargetServer;

/// <summary>One open connection, from the upgrade to its end.</summary>
internal sealed class SessionRunner(ServerOptions options, DropDraw drops)
{
    private const int BufferBytes = 4096;

    public Task RunAsync(HttpContext context, WebSocket socket)
    {
        if (options.DropAfter is { } after && drops.Next())
            return DropAsync(context, socket, after);

        return options.NoPong ? UntilPeerLeavesAsync(context) : EchoAsync(socket, CancellationToken.None);
    }

    /// <summary>Reads nothing; returns when the peer's FIN or reset arrives, or when the server stops.</summary>
    public static async Task UntilPeerLeavesAsync(HttpContext context)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.UnsafeRegister(state => ((TaskCompletionSource)state!).TrySetResult(), left);
        await left.Task;
    }

    /// <summary>
    /// Echoes until the peer closes, then answers its close. Returning ends TCP: the server's FIN is the first, and TIME_WAIT
    /// stays here, where it costs no port.
    /// </summary>
    private static async Task EchoAsync(WebSocket socket, CancellationToken dropped)
    {
        try
        {
            // Nothing but a parked read while idle: an empty buffer waits for the first byte without holding one.
            while ((await socket.ReceiveAsync(Memory<byte>.Empty, dropped)).MessageType != WebSocketMessageType.Close)
                await EchoMessageAsync(socket, dropped);

            if (socket.State == WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, dropped);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The peer left without a close, or the connection was dropped on purpose; neither is an error of the server.
            socket.Abort();
        }
    }

    private static async Task EchoMessageAsync(WebSocket socket, CancellationToken dropped)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(), dropped);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, dropped);
            }
            while (!part.EndOfMessage);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task DropAsync(HttpContext context, WebSocket socket, TimeSpan after)
    {
        using var dropped = new CancellationTokenSource();
        var session = options.NoPong ? UntilPeerLeavesAsync(context) : EchoAsync(socket, dropped.Token);
        if (await Task.WhenAny(session, Task.Delay(after, TimeProvider.System, dropped.Token)) == session)
        {
            await dropped.CancelAsync();
            await session;
            return;
        }

        var mode = options.DropMode ?? new DropMode(DropKind.Fin);
        if (mode.Kind == DropKind.Close && socket.State == WebSocketState.Open)
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)mode.Code, null, CancellationToken.None);
            await session;
            return;
        }

        if (mode.Kind == DropKind.Rst)
            context.Abort();

        // Ends the pending read; returning without a close frame is the FIN.
        await dropped.CancelAsync();
    }
}
