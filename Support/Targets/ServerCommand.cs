using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Support.Host;

namespace Support.Targets;

/// <summary>A server that the suite starts itself.</summary>
/// <param name="Line">The shell command that starts it; it must stay in the foreground.</param>
/// <param name="Url">Where it answers then; <c>ws</c> or <c>wss</c>, on this machine.</param>
/// <param name="Directory">The folder that it is run in, absolute.</param>
internal sealed record ServerCommand(string Line, Uri Url, string Directory)
{
    private const int MostAttempts = 100;

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TargetServer as a command, with a port that is free now.</summary>
    public static ServerCommand OfTargetServer(string directory)
    {
        var file = HelperProcess.TargetServer.Find();
        var dotnet = HelperProcess.StartInfo(file, []).FileName;
        var port = FreePort();
        // Its own collector's settings, as a test host may have been started with others.
        var line = "DOTNET_gcServer=0 DOTNET_gcConcurrent=0 "
            + Say($"exec {ShellWord.Quoted(dotnet)} {ShellWord.Quoted(file)} --port {port}");
        return new(line, new Uri(Say($"ws://127.0.0.1:{port}/")), directory);
    }

    /// <summary>
    /// Who answers at its port already, and would be measured in its place; null where nobody does.
    /// </summary>
    public string? WhyTaken() => WhyTaken(LocalListener.Listeners(), LocalListener.FindProcessIds);

    /// <summary>By what listens and a look-up of its owners, which are not told of another user's.</summary>
    internal string? WhyTaken(ImmutableArray<TcpRow> listeners, Func<IPEndPoint, ImmutableArray<int>> owners)
    {
        if (TargetEndPoint.AllOf(Url)
            .FirstOrDefault(one => !LocalListener.OfThisMachine(one, listeners).IsEmpty) is not { } taken)
            return null;
        var owner = owners(taken) is [var other, ..]
            ? Say($"process {other}")
            : "a process that this user may not see";
        return Say($"{Url.Authority} is taken by {owner}, which listens at {taken}, and connections would go there. ")
            + "End it, or give Target.Url and Target.Command another port.";
    }

    // Below the ports that the kernel gives to outgoing connections (32768 by default): one of this suite's own could
    // take a port from there before the server does.
    private static int FreePort()
    {
        for (var attempt = 0; ; attempt++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            var port = Random.Shared.Next(20_000, 32_000);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (attempt < MostAttempts)
            {
                // Taken: another one.
            }
        }
    }
}
