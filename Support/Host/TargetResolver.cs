using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Support.Host;

/// <summary>Finds the addresses of the target, with a deadline.</summary>
internal sealed class TargetResolver(Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    /// <summary>The resolver's own default is 5 s a try and 2 tries (resolv.conf(5)); one try must be enough for a load test.</summary>
    internal static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    internal async Task<TargetPlace> ResolveAsync(Uri url, CancellationToken cancellationToken)
    {
        var place = new TargetPlace { Host = url.IdnHost, Port = url.Port };
        if (IPAddress.TryParse(url.IdnHost, out var literal))
            return place with { IsAddress = true, Addresses = [literal], IsLocal = AllLocal([literal]) };

        var started = time.GetTimestamp();
        var (addresses, failure) = await AskAsync(url.IdnHost, cancellationToken).ConfigureAwait(false);
        return place with
        {
            Addresses = [.. addresses],
            Elapsed = time.GetElapsedTime(started),
            Failure = failure,
            IsLocal = addresses.Length > 0 && AllLocal(addresses),
        };
    }

    private async Task<(IPAddress[] Addresses, NameFailure? Failure)> AskAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // getaddrinfo can't be cancelled: the wait is, and the call ends by itself.
            var addresses = await resolve(host, cancellationToken).WaitAsync(Deadline, time, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0
                ? (addresses, null)
                : ([], new NameFailure(NameFailureKind.NoSuchName, "the name has no address"));
        }
        catch (SocketException error)
        {
            var kind = error.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
                ? NameFailureKind.NoSuchName
                : NameFailureKind.ResolverFailed;
            return ([], new NameFailure(kind, error.Message));
        }
        catch (TimeoutException)
        {
            return ([], new NameFailure(NameFailureKind.ResolverFailed, $"no answer within {Deadline.TotalSeconds:0} s"));
        }
    }

    private static bool AllLocal(IPAddress[] addresses) =>
        Array.TrueForAll(addresses, IPAddress.IsLoopback) || Array.TrueForAll(addresses, Own().Contains);

    private static HashSet<IPAddress> Own()
    {
        try
        {
            var interfaces = NetworkInterface.GetAllNetworkInterfaces();
            return [.. interfaces.SelectMany(face => face.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }
}
