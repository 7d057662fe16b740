using System.Net.WebSockets;

namespace Benchmarks;

/// <summary>
/// What users would write instead: ClientWebSocket over one shared invoker, so many at a time, each kept.
/// </summary>
internal static class ClientWebSocketBenchmark
{
    public static async Task<OpenReport> RunAsync(Uri target, int count, int inFlight, TimeSpan hold)
    {
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        var sockets = new ClientWebSocket?[count];
        var next = -1;
        var meter = OpenMeter.Start(TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(inFlight, count)).Select(async _ =>
        {
            for (int index; (index = Interlocked.Increment(ref next)) < count;)
            {
                var socket = new ClientWebSocket();
                try
                {
                    await socket.ConnectAsync(target, invoker, CancellationToken.None).ConfigureAwait(false);
                    sockets[index] = socket;
                }
                catch (WebSocketException)
                {
                    socket.Dispose();
                }
            }
        })).ConfigureAwait(false);
        var report = meter.Opened(sockets.Count(socket => socket is not null));
        await Task.Delay(hold, TimeProvider.System).ConfigureAwait(false);
        foreach (var socket in sockets)
        {
            socket?.Abort();
            socket?.Dispose();
        }

        return report with { Failed = count - report.Open };
    }
}
