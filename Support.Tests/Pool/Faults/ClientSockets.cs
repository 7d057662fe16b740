using System.Globalization;
using NUnit.Framework;

namespace Support.Tests.Pool.Faults;

/// <summary>The client's ends of the connections to a port of this machine, as the kernel lists them.</summary>
/// <remarks>Linux: <c>/proc/net/tcp</c> and <c>tcp6</c>; local and remote address and port, then the state, in hex.</remarks>
public static class ClientSockets
{
    private const string Listening = "0A";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The state of each socket whose peer is at the port: <c>01</c> established, <c>06</c> TIME_WAIT and so on.</summary>
    public static IReadOnlyList<string> StatesTowards(int port)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return
        [
            .. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 3 && fields[3] != Listening && fields[2].EndsWith(end, StringComparison.Ordinal))
                .Select(fields => fields[3]),
        ];
    }

    /// <summary>
    /// Asserts that the client has nothing left towards the server, TIME_WAIT included. The kernel gets moments for what is on its
    /// way, far less than the minute that TIME_WAIT lasts. Where there is no such list the server's view has to do.
    /// </summary>
    public static Task AssertNoneLeftAsync(FaultServer server, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(server);
        return OperatingSystem.IsLinux() ? AssertNoneLeftAsync(server.Port, stop) : server.AllEndedAsync(stop);
    }

    /// <summary>The same towards a server of another process; asserts nothing where the kernel has no such list.</summary>
    public static async Task AssertNoneLeftAsync(int port, CancellationToken stop)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (StatesTowards(port).Count > 0 && TimeProvider.System.GetElapsedTime(start) < Patience)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
        Assert.That(StatesTowards(port), Is.Empty, "states of the sockets that the pool left");
    }
}
