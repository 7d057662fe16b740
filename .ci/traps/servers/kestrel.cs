#:sdk Microsoft.NET.Sdk.Web
#:package Yarp.ReverseProxy@2.3.0
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property RunAnalyzers=false

// kestrel.cs <kind> <port> <number>: the servers of ASP.NET Core, with one limit each.
using Microsoft.AspNetCore.SignalR;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

var (kind, port, number) = (args[0], int.Parse(args[1]), int.Parse(args[2]));
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenLocalhost(port);
    if (kind == "connections")
    {
        kestrel.Limits.MaxConcurrentConnections = number;
    }

    if (kind == "upgraded")
    {
        kestrel.Limits.MaxConcurrentUpgradedConnections = number;
    }
});
builder.Services.AddSignalR();
if (kind == "yarp")
{
    // The number is the port behind it.
    builder.Services.AddReverseProxy().LoadFromMemory(
        [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new RouteMatch { Path = "{**rest}" } }],
        [
            new ClusterConfig
            {
                ClusterId = "one",
                HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(5) },
                Destinations = new Dictionary<string, DestinationConfig>
                {
                    ["one"] = new() { Address = $"http://127.0.0.1:{number}/" },
                },
            },
        ]);
}

var app = builder.Build();
app.UseWebSockets();
switch (kind)
{
    case "signalr":
        app.MapHub<Empty>("/hub");
        break;
    case "yarp":
        app.MapReverseProxy();
        break;
    default:
        app.Map("/ws", new Echo(kind == "counted" ? number : int.MaxValue).Answer);
        break;
}

app.Run();

internal sealed class Empty : Hub;

internal sealed class Echo(int most)
{
    private int _open;

    public async Task Answer(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _open) > most)
            {
                context.Response.StatusCode = 503;
                return;
            }

            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[4096];
            var stopped = context.RequestAborted;
            while (await socket.ReceiveAsync(buffer.AsMemory(), stopped) is { MessageType: var type } read
                && type != System.Net.WebSockets.WebSocketMessageType.Close)
            {
                await socket.SendAsync(buffer.AsMemory(0, read.Count), type, read.EndOfMessage, stopped);
            }

            await socket.CloseOutputAsync(
                System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, stopped);
        }
        catch (Exception error) when (error is OperationCanceledException or System.Net.WebSockets.WebSocketException)
        {
            // The client is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
