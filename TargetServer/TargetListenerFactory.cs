using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace TargetServer;

/// <summary>
/// Kestrel's own socket transport, with two things that Kestrel does not offer: several addresses share one free port,
/// and listening can end while the accepted connections go on.
/// </summary>
internal sealed class TargetListenerFactory(
    IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory sockets = new(options, loggers);

    // Written by BindAsync only, which Kestrel calls for one address after the other, before anything is accepted.
    private readonly List<IConnectionListener> listeners = [];

    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is IPEndPoint { Port: 0 } free && listeners is [{ EndPoint: IPEndPoint first }, ..])
            endpoint = new IPEndPoint(free.Address, first.Port);

        var listener = await sockets.BindAsync(endpoint, cancellationToken);
        listeners.Add(listener);
        return listener;
    }

    /// <summary>
    /// Closes the listening sockets: the kernel refuses from here on, and resets what nobody had accepted yet.
    /// </summary>
    public async Task StopListeningAsync()
    {
        foreach (var listener in listeners)
            await listener.UnbindAsync();
    }
}
