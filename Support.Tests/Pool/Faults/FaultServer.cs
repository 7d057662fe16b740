using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Support.Tests.Pool.Faults;

/// <summary>A TCP or TLS listener on loopback that treats every connection in the one way that it was told.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly Behaviour behaviour;
    private readonly SslServerAuthenticationOptions? tls;
    private readonly Socket listener;
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Peer> peers = new();
    private readonly ConcurrentQueue<Task> serving = new();
    private readonly Task accepting;

    // Written by Interlocked.
    private int requests;
    private int pending;
    private int mostPending;

    private FaultServer(Behaviour behaviour, IPAddress address, SslServerAuthenticationOptions? tls)
    {
        (this.behaviour, this.tls) = (behaviour, tls);
        listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, 0));
        listener.Listen(512);
        Before = ClientSockets.Snapshot();
        var local = (IPEndPoint)listener.LocalEndPoint!;
        Port = local.Port;
        Url = new(string.Create(CultureInfo.InvariantCulture, $"{(tls is null ? "ws" : "wss")}://{local}/"));
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>The machine's sockets when this server had begun to listen and nobody knew of it.</summary>
    public IReadOnlySet<string> Before { get; }

    /// <summary>Everything that was accepted, in order.</summary>
    public IReadOnlyList<Peer> Peers => [.. peers];

    /// <summary>Requests that came whole.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>The most connections at once that were accepted and not yet answered.</summary>
    public int MostPending => Volatile.Read(ref mostPending);

    /// <summary>Connections that are accepted and not yet answered.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Starts to listen.</summary>
    /// <param name="behaviour">What it does with every connection.</param>
    /// <param name="address">127.0.0.1 unless told otherwise.</param>
    /// <param name="tls">Null for plain TCP.</param>
    public static FaultServer Start(
        Behaviour behaviour, IPAddress? address = null, SslServerAuthenticationOptions? tls = null) =>
        new(behaviour, address ?? IPAddress.Loopback, tls);

    /// <summary>Lets the behaviours that wait for it go on: everything that the test wants open is open.</summary>
    public void Go() => go.TrySetResult();

    /// <summary>Waits for <see cref="Go"/>.</summary>
    public Task GoneAsync(CancellationToken cancellationToken) => go.Task.WaitAsync(cancellationToken);

    /// <summary>Waits until every accepted connection has come to its end on the client's side.</summary>
    public Task AllEndedAsync(
        CancellationToken cancellationToken) => Task.WhenAll(serving).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        foreach (var peer in peers)
            peer.Dispose();
        await Task.WhenAll(serving);
        stop.Dispose();
    }

    internal void NoteRequest() => Interlocked.Increment(ref requests);

    internal void NoteAnswer() => Interlocked.Decrement(ref pending);

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop.Token);
                socket.NoDelay = true;
                var now = Interlocked.Increment(ref pending);
                mostPending = Math.Max(now, mostPending);
                var peer = new Peer(this, socket);
                peers.Enqueue(peer);
                serving.Enqueue(Task.Run(() => ServeAsync(peer)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or a client that was gone before it was accepted: the loop's condition tells.
            }
        }
    }

    // A client that goes away in the middle is what most tests want; anything else that a behaviour throws is a fault
    // of the test.
    private async Task ServeAsync(Peer peer)
    {
        try
        {
            if (tls is not null)
                await peer.SecureAsync(tls, stop.Token);
            await behaviour(peer, stop.Token);
            await peer.DrainAsync(stop.Token);
        }
        catch (Exception e)
            when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or AuthenticationException)
        {
            // The client or the test ended it.
        }
        finally
        {
            peer.Dispose();
        }
    }
}
