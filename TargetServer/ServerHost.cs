using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace TargetServer;

/// <summary>Composes the server.</summary>
internal static class ServerHost
{
    /// <summary>What open WebSockets get to leave by themselves before they are aborted.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    // How long an attempt may take is the client's to say: a slow one is none to be dropped. Not infinite: Kestrel adds
    // it to the time of day, which then overflows.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static WebApplication Build(ServerOptions options, X509Certificate2? certificate)
    {
        // Empty, not slim: an appsettings.json in the working directory, or ASPNETCORE_URLS in the environment, must
        // not move the target.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, certificate));
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();

        builder.Services.Configure<SocketTransportOptions>(transport => Configure(transport, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Grace);
        builder.Services.AddSingleton<TargetListenerFactory>();
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            services => services.GetRequiredService<TargetListenerFactory>());
        builder.Services.AddSingleton<IHostLifetime, ServerLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ConnectionCounts>();
        builder.Services.AddSingleton<DropDraw>();
        builder.Services.AddSingleton<SessionRunner>();
        builder.Services.AddSingleton<WebSocketEndpoint>();

        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(app.Services.GetRequiredService<WebSocketEndpoint>().HandleAsync);
        return app;
    }

    private static void Configure(SocketTransportOptions transport, ServerOptions options)
    {
        // The kernel cuts it down to net.core.somaxconn; Kestrel's 512 would drop SYNs in a burst of opens.
        transport.Backlog = ushort.MaxValue;
        // Kestrel's writes end once they are queued, and a drop goes past the queue: the answer that waits there would
        // be of a connection that never opened. With one byte of queue a write ends once the kernel has it.
        if (options.DropAfter is not null)
            transport.MaxWriteBufferSize = 1;
    }

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.RequestHeadersTimeout = Longest;
        kestrel.Limits.KeepAliveTimeout = Longest;
        foreach (var address in options.Listen)
        {
            kestrel.Listen(address, options.Port, listen =>
            {
                // An upgrade is HTTP/1.1's; offering HTTP/2 would only lengthen the TLS handshake.
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(certificate, https => https.HandshakeTimeout = Longest);
            });
        }
    }
}
