using System.Text;

namespace Support.Tests.Pool.Faults;

/// <summary>Servers that break off, or stay silent, before they answer the upgrade.</summary>
internal static class TcpFaults
{
    /// <summary>Accepts and says nothing: a server out of descriptors, or one whose threads are all busy.</summary>
    public static Task Silence(Peer peer, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Reads the request and says nothing.</summary>
    public static Task SilenceAfterRequest(Peer peer, CancellationToken stop) => peer.ReadRequestAsync(stop);

    /// <summary>A header line every 100 ms, for ever: each read succeeds, the answer never ends.</summary>
    public static async Task SlowLoris(Peer peer, CancellationToken stop)
    {
        await peer.SendAsync("HTTP/1.1 101 Switching Protocols\r\n"u8.ToArray(), stop);
        while (true)
        {
            await peer.SendAsync("X-More: to come\r\n"u8.ToArray(), stop);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
        }
    }

    /// <summary>Ends TCP at once. It reads on, else the kernel would answer the request with a reset.</summary>
    public static Task FinAtOnce(Peer peer, CancellationToken stop)
    {
        peer.Fin();
        return Task.CompletedTask;
    }

    /// <summary>Ends TCP once it has the request.</summary>
    public static async Task FinAfterRequest(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        peer.Fin();
    }

    /// <summary>Ends TCP in the middle of the answer's head.</summary>
    public static async Task FinInsideHead(Peer peer, CancellationToken stop)
    {
        var request = await peer.ReadRequestAsync(stop);
        await peer.SendAsync(request.Answer().AsMemory(..60), stop);
        peer.Fin();
    }

    /// <summary>Sends back what it received, as an echo service without WebSocket does.</summary>
    public static async Task Echoes(Peer peer, CancellationToken stop)
    {
        var request = await peer.ReadRequestAsync(stop);
        var lines = request.Headers.Select(header => $"{header.Key}: {header.Value}").Prepend(request.Line);
        await peer.SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), stop);
    }

    /// <summary>Resets at once.</summary>
    public static Task RstAtOnce(Peer peer, CancellationToken stop)
    {
        peer.Rst();
        return Task.CompletedTask;
    }

    /// <summary>Resets once it has the request.</summary>
    public static async Task RstAfterRequest(Peer peer, CancellationToken stop)
    {
        await peer.ReadRequestAsync(stop);
        peer.Rst();
    }

    /// <summary>Ends TCP once the client has said something, as a TLS hello.</summary>
    public static async Task FinAfterFirstBytes(Peer peer, CancellationToken stop)
    {
        await peer.FirstBytesAsync(stop);
        peer.Fin();
    }

    /// <summary>Resets once the client has said something.</summary>
    public static async Task RstAfterFirstBytes(Peer peer, CancellationToken stop)
    {
        await peer.FirstBytesAsync(stop);
        peer.Rst();
    }

    /// <summary>Answers the request with the given bytes, whatever they are.</summary>
    public static Behaviour Answers(byte[] bytes) => async (peer, stop) =>
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync(bytes, stop);
    };

    /// <summary>Answers the request with an HTTP status and header lines.</summary>
    public static Behaviour AnswersStatus(string status, params string[] headers) => Answers(Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n" + string.Concat(headers.Select(line => line + "\r\n")) + "\r\n"));

    /// <summary>An HTTP server that meets a TLS hello: it takes it for a bad request.</summary>
    public static async Task PlainAnswerToTls(Peer peer, CancellationToken stop)
    {
        await peer.SendAsync(
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        peer.Fin();
    }
}
