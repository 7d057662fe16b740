using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Support.Pool;

/// <summary>
/// The addresses that the pool spreads its connections over: resolved once, of one family, used in turn.
/// </summary>
/// <param name="EndPoints">At least one.</param>
/// <param name="ResolveTime">How long the name took; null where the URL holds an address.</param>
internal sealed record TargetAddresses(ImmutableArray<IPEndPoint> EndPoints, TimeSpan? ResolveTime)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Resolves the host. A load balancer's name has several addresses, and each takes its share.</summary>
    /// <exception cref="SocketException">The name does not resolve.</exception>
    public static async Task<TargetAddresses> ResolveAsync(
        Uri url, ImmutableArray<IPAddress> sources, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var literal))
            return new([new IPEndPoint(literal, url.Port)], null);

        using var deadline = new CancellationTokenSource(ResolveTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var start = time.GetTimestamp();
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(url.IdnHost, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TryAgain);
        }

        var took = time.GetElapsedTime(start);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        // Only what a source address can reach, where there is such a one.
        if (addresses.Where(a => sources.Any(source => source.AddressFamily == a.AddressFamily))
            .ToArray() is { Length: > 0 } reachable)
            addresses = reachable;
        var family = await ChooseFamilyAsync(addresses, url.Port, time, cancellationToken).ConfigureAwait(false);
        return new(
            [.. addresses.Where(a => a.AddressFamily == family).Distinct().Select(a => new IPEndPoint(a, url.Port))],
            took);
    }

    // A name such as localhost has ::1 and 127.0.0.1 while many servers listen on one of them; half of the connections
    // must not fail for that. So the first family whose first address takes a connection is used.
    private static async Task<AddressFamily> ChooseFamilyAsync(
        IPAddress[] addresses, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var firsts = addresses.DistinctBy(a => a.AddressFamily).ToList();
        if (firsts.Count == 1)
            return firsts[0].AddressFamily;
        foreach (var address in firsts)
        {
            using var deadline = new CancellationTokenSource(ProbeTimeout, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                // In the try: a machine without IPv6 has names with IPv6 addresses all the same.
                using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(address, port, both.Token).ConfigureAwait(false);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return address.AddressFamily;
            }
            catch (Exception e) when (e is SocketException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // This family does not answer; the next one may.
            }
        }

        return firsts[0].AddressFamily;
    }
}
