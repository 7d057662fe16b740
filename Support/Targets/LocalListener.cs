using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Support.Targets;

/// <summary>Finds the process behind a local port, so that the memory and the processor time of a user's own local server can be read.</summary>
public static class LocalListener
{
    private const string Proc = "/proc";

    /// <summary>The process that listens at an address of this machine.</summary>
    /// <param name="endpoint">The target's address and port.</param>
    /// <returns>
    /// Null where the address is not of this machine, where nothing listens, where the owner may not be read, on other systems than
    /// Linux, and where several processes share the listener: the figures of one of them would not be the server's.
    /// </returns>
    public static int? FindProcessId(IPEndPoint endpoint) => FindProcessIds(endpoint) is [var only] ? only : null;

    /// <summary>All processes that hold the listener at an address of this machine, as the workers of a server that shares it do.</summary>
    /// <param name="endpoint">The target's address and port.</param>
    /// <returns>Empty where <see cref="FindProcessId"/> has nobody to name. Costs a look at every descriptor on this machine.</returns>
    public static ImmutableArray<int> FindProcessIds(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var sockets = ListenersAt(endpoint, Rows()).Select(inode => string.Create(CultureInfo.InvariantCulture, $"socket:[{inode}]")).ToHashSet();
        return sockets.Count == 0 ? [] : [.. Processes().Where(process => Holds(process, sockets))];
    }

    /// <summary>The sockets of this machine; empty on other systems than Linux.</summary>
    internal static ImmutableArray<TcpRow> Rows() => OperatingSystem.IsLinux()
        ? ListenerTable.Parse(Text($"{Proc}/net/tcp")).AddRange(ListenerTable.Parse(Text($"{Proc}/net/tcp6")))
        : [];

    /// <summary>The inodes of what listens at an address of this machine, whoever owns it; empty for an address of another.</summary>
    internal static ImmutableArray<long> ListenersAt(IPEndPoint endpoint, ImmutableArray<TcpRow> rows) =>
        IsOfThisMachine(endpoint.Address) ? ListenerTable.ListenersAt(rows, endpoint) : [];

    private static bool IsOfThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.Equals(address));

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (IsDenied(exception))
        {
            // No IPv6, or a hidden /proc: no rows.
            return "";
        }
    }

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories(Proc)
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return new DirectoryInfo(string.Create(CultureInfo.InvariantCulture, $"{Proc}/{process}/fd"))
                .EnumerateFileSystemInfos()
                .Any(descriptor => descriptor.LinkTarget is { } link && sockets.Contains(link));
        }
        catch (Exception exception) when (IsDenied(exception))
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static bool IsDenied(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
