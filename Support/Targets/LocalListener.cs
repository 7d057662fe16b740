using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Support.Host;

namespace Support.Targets;

/// <summary>Finds the process behind a local port, to read memory and processor time of a user's own server.</summary>
internal static class LocalListener
{
    private const string Proc = "/proc";

    /// <summary>
    /// Null where the address is not of this machine, where nothing listens, where the owner may not be read, on other
    /// systems than Linux, and where several processes share the listener: one's figures would not be the server's.
    /// </summary>
    public static int? FindProcessId(IPEndPoint endpoint) => FindProcessIds(endpoint) is [var only] ? only : null;

    /// <summary>
    /// All processes that hold the listener, as the workers of a server that shares it do; empty where
    /// <see cref="FindProcessId"/> has nobody to name. Reads every descriptor on this machine.
    /// </summary>
    public static ImmutableArray<int> FindProcessIds(IPEndPoint endpoint)
    {
        var sockets = OfThisMachine(endpoint, Listeners())
            .Select(inode => Say($"socket:[{inode}]")).ToHashSet();
        return sockets.Count == 0 ? [] : [.. Processes().Where(process => Holds(process, sockets))];
    }

    /// <summary>What listens on this machine; empty on other systems than Linux.</summary>
    internal static ImmutableArray<TcpRow> Listeners() => TcpTable.Rows(TcpState.Listen);

    /// <summary>The inodes of what listens at an address, whoever owns it; empty for another machine's.</summary>
    internal static ImmutableArray<long> OfThisMachine(IPEndPoint endpoint, ImmutableArray<TcpRow> listeners) =>
        IsOfThisMachine(endpoint.Address) ? Nearest(endpoint, listeners) : [];

    /// <summary>The socket bound to the address itself, else those bound to any address.</summary>
    internal static ImmutableArray<long> Nearest(IPEndPoint endpoint, ImmutableArray<TcpRow> listeners)
    {
        var address = Plain(endpoint.Address);
        var any = address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;

        // A listener on :: takes IPv4 as well, unless IPV6_V6ONLY is set, which the table does not tell; 0.0.0.0 is
        // nearer then.
        var nearest = new[] { address, any, IPAddress.IPv6Any }
            .Select(bound => listeners.Where(row => row.Local.Port == endpoint.Port && IsBoundTo(row, bound)).ToArray())
            .FirstOrDefault(rows => rows.Length > 0);
        return [.. (nearest ?? []).Select(row => row.Inode).Where(inode => inode > 0).Distinct()];
    }

    private static bool IsBoundTo(TcpRow row, IPAddress address) => Plain(row.Local.Address).Equals(address);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsOfThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.Equals(address));

    private static IEnumerable<int> Processes() =>
        FileTree.Machine.NamesIn(Proc)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo(Say($"{Proc}/{process}/fd"))
                .EnumerateFileSystemInfos()
                .Any(descriptor => descriptor.LinkTarget is { } link && sockets.Contains(link));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }
}

/// <summary>Where a target is, as far as its URL alone tells.</summary>
internal static class TargetEndPoint
{
    /// <summary>The URL's address and port; 127.0.0.1 for the names of this machine, null for any other name.</summary>
    public static IPEndPoint? Of(Uri url)
    {
        if (IPAddress.TryParse(url.DnsSafeHost, out var address))
            return new(address, url.Port);
        return url.IsLoopback ? new(IPAddress.Loopback, url.Port) : null;
    }

    /// <summary>For the names of this machine 127.0.0.1 and ::1, none for any other name.</summary>
    public static ImmutableArray<IPEndPoint> AllOf(Uri url) => Of(url) switch
    {
        null => [],
        var one when IPAddress.TryParse(url.DnsSafeHost, out _) => [one],
        var first => [first, new(IPAddress.IPv6Loopback, url.Port)],
    };
}
