using System.Text.Json;

namespace TargetServer;

/// <summary>Answers every request: health, numbers, or an upgrade.</summary>
internal sealed class WebSocketEndpoint(
    ServerOptions options, ConnectionCounts counts, SessionRunner sessions, TargetListenerFactory listeners)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/health" => context.Response.WriteAsync("ok", context.RequestAborted),
        "/stats" => StatsAsync(context),
        "/drop" when options.DropsOnRequest => DropAsync(context),
        _ when context.WebSockets.IsWebSocketRequest => UpgradeAsync(context),
        _ => AnswerAsync(context, StatusCodes.Status426UpgradeRequired),
    };

    private Task StatsAsync(HttpContext context) =>
        context.Response.WriteAsJsonAsync(counts.Snapshot(), Json, context.RequestAborted);

    private async Task DropAsync(HttpContext context)
    {
        await sessions.DropNowAsync(context.RequestAborted);
        await StatsAsync(context);
    }

    private async Task UpgradeAsync(HttpContext context)
    {
        if (options.Slow is { } delay)
            await Task.Delay(delay, TimeProvider.System, context.RequestAborted);

        switch (counts.Admit())
        {
            case Admission.Rejected:
                await AnswerAsync(context, options.Reject!.Value);
                return;
            case Admission.OverCap:
                context.Response.Headers.RetryAfter = "1";
                await AnswerAsync(context, options.CapStatus ?? StatusCodes.Status503ServiceUnavailable);
                return;
            case Admission.Stalled:
                await SessionRunner.UntilPeerLeavesAsync(context);
                return;
            case Admission.Reset:
                context.Abort();
                return;
            case Admission.OpenedLast:
                await listeners.StopListeningAsync();
                break;
        }

        var drop = sessions.DrawDrop();
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync(Accepting(context));
            await sessions.RunAsync(context, socket, drop);
        }
        finally
        {
            counts.Closed();
            if (drop)
                sessions.Dropped();
        }
    }

    /// <summary>
    /// The first subprotocol that is asked for; no keep-alive, which would cost a timer a connection and change what is
    /// measured.
    /// </summary>
    private static WebSocketAcceptContext Accepting(HttpContext context) => new()
    {
        SubProtocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(),
        KeepAliveInterval = TimeSpan.Zero,
    };

    private static Task AnswerAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status426UpgradeRequired)
        {
            // RFC 9110, 15.5.22 and RFC 6455, 4.4.
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.SecWebSocketVersion = "13";
        }

        return context.Response.CompleteAsync();
    }
}
