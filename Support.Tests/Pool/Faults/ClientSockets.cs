using System.Globalization;
using NUnit.Framework;

namespace Support.Tests.Pool.Faults;

/// <summary>The client's ends of the connections to a port of this machine, as the kernel lists them.</summary>
/// <remarks>
/// Linux: <c>/proc/net/tcp</c> and <c>tcp6</c>; local and remote address and port, then the state, in hex.
/// </remarks>
internal static class ClientSockets
{
    private const string Listening = "0A";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// All that is there already, to be taken once the server listens: from then on no client is given its port. Until
    /// then one may have had it, and the other end's TIME_WAIT, which has that port as its peer for a minute, looks
    /// like one of the new server's clients.
    /// </summary>
    public static IReadOnlySet<string> Snapshot() => Rows().Select(row => row.Ends).ToHashSet();

    /// <summary>
    /// The state of each socket whose peer is at the port: <c>01</c> established, <c>06</c> TIME_WAIT and so on.
    /// </summary>
    /// <param name="port">The server's port.</param>
    /// <param name="before">What was there before the server's first client.</param>
    public static IReadOnlyList<string> StatesTowards(int port, IReadOnlySet<string> before)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return
        [
            .. Rows().Where(row => row.State != Listening
                && row.Ends.EndsWith(end, StringComparison.Ordinal) && !before.Contains(row.Ends))
                .Select(row => row.State),
        ];
    }

    /// <summary>
    /// Asserts that the client has nothing left towards the server, TIME_WAIT included. The kernel gets moments for
    /// what is on its way, far less than the minute that TIME_WAIT lasts. Where there is no such list the server's view
    /// has to do.
    /// </summary>
    public static Task AssertNoneLeftAsync(FaultServer server, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(server);
        return OperatingSystem.IsLinux()
            ? AssertNoneLeftAsync(server.Port, server.Before, stop)
            : server.AllEndedAsync(stop);
    }

    /// <summary>
    /// The same towards a server of another process; asserts nothing where the kernel has no such list.
    /// </summary>
    public static async Task AssertNoneLeftAsync(int port, IReadOnlySet<string> before, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (StatesTowards(port, before).Count > 0 && TimeProvider.System.GetElapsedTime(start) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
        Assert.That(StatesTowards(port, before), Is.Empty, "states of the sockets that the pool left");
    }

    private static IEnumerable<(string Ends, string State)> Rows() =>
        new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 3)
            .Select(fields => ($"{fields[1]} {fields[2]}", fields[3]));
}
