using System.Net;
using System.Net.Sockets;

namespace Support.Targets;

/// <summary>TargetServer as a command, for where it is started like any other server.</summary>
public static class EmbeddedCommand
{
    private const int MostTries = 100;

    /// <summary>The command, with a port that is free now.</summary>
    /// <param name="directory">The folder that it is run in, absolute.</param>
    /// <exception cref="FileNotFoundException">TargetServer.dll was not found; the message names where.</exception>
    public static ServerCommand Create(string directory)
    {
        var file = CompanionLocator.Find(Companion.TargetServer, AppContext.BaseDirectory);
        var start = CompanionStartInfo.For(file, []);
        var port = FreePort();
        // Its own collector's settings, as a test host may have been started with others.
        var line = FormattableString.Invariant($"DOTNET_gcServer=0 DOTNET_gcConcurrent=0 exec {Quoted(start.FileName)} {Quoted(file)} --port {port}");
        return new(line, new Uri(FormattableString.Invariant($"ws://127.0.0.1:{port}/")), directory);
    }

    // Below the ports that the kernel gives to outgoing connections (32768 by default): one of this suite's own could take a port from there
    // before the server does.
    private static int FreePort()
    {
        for (var tries = 0; ; tries++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (tries < MostTries)
            {
                // Taken: another one.
            }
        }
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
