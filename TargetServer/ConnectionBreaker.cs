using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace TargetServer;

/// <summary>Ends an open connection as <c>--drop-mode</c> says.</summary>
internal static class ConnectionBreaker
{
    public static async Task BreakAsync(HttpContext context, WebSocket socket, DropMode mode)
    {
        switch (mode.Kind)
        {
            case DropKind.Rst:
                context.Abort();
                break;
            case DropKind.Fin:
                ShutDown(context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket);
                break;
            case DropKind.Close when socket.State == WebSocketState.Open:
                await CloseAsync(socket, mode.Code);
                break;
        }
    }

    /// <summary>
    /// Below WebSocket and TLS: a FIN and nothing else. Shutting down the reading side as well ends the session's own
    /// read.
    /// </summary>
    private static void ShutDown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The peer was faster: there is nothing left to drop.
        }
    }

    private static async Task CloseAsync(WebSocket socket, int code)
    {
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The peer was faster.
        }
    }
}
