using System.Collections.Immutable;
using System.Net;

namespace Support.Targets;

/// <summary>Where a target is, as far as its URL alone tells.</summary>
internal static class TargetEndPoint
{
    /// <summary>The URL's address and port; 127.0.0.1 for the names of this machine, null for any other name.</summary>
    public static IPEndPoint? Of(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
            return new(address, url.Port);
        return url.IsLoopback ? new(IPAddress.Loopback, url.Port) : null;
    }

    /// <summary>
    /// Every address and port that the URL can mean: for the names of this machine 127.0.0.1 and ::1, none for any
    /// other name.
    /// </summary>
    public static ImmutableArray<IPEndPoint> AllOf(Uri url) => Of(url) switch
    {
        null => [],
        var one when IPAddress.TryParse(url.DnsSafeHost, out _) => [one],
        var first => [first, new(IPAddress.IPv6Loopback, url.Port)],
    };
}
