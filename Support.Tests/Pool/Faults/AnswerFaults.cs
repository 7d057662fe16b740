using System.Text;

namespace Support.Tests.Pool.Faults;

/// <summary>Answers to the upgrade that are not right, or that are right and come in an odd shape.</summary>
internal static class AnswerFaults
{
    /// <summary>A right answer with another text in one place.</summary>
    public static Behaviour With(string right, string wrong) => async (peer, stop) =>
    {
        var request = await peer.ReadRequestAsync(stop);
        var answer = Encoding.ASCII.GetString(request.Answer());
        if (!answer.Contains(right, StringComparison.Ordinal))
            throw new InvalidOperationException(
                $"'{right}' is not in the answer, so that nothing would be wrong with it");
        await peer.SendAsync(Encoding.ASCII.GetBytes(answer.Replace(right, wrong, StringComparison.Ordinal)), stop);
    };

    /// <summary>A right answer with header lines more.</summary>
    public static Behaviour Adding(params string[] headers) => (peer, stop) => peer.UpgradeAsync(stop, headers);

    /// <summary>The accept value of another key.</summary>
    public static async Task WrongAccept(Peer peer, CancellationToken stop)
    {
        var request = await peer.ReadRequestAsync(stop);
        var other = request with
        {
            Headers = new Dictionary<string, string> { ["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ==" },
        };
        await peer.SendAsync(other.Answer(), stop);
    }

    /// <summary>A head of more than the given length, in lines of 1 KB; it never ends.</summary>
    public static Behaviour HeadLongerThan(int bytes) => async (peer, stop) =>
    {
        await peer.ReadRequestAsync(stop);
        await peer.SendAsync("HTTP/1.1 101 Switching Protocols\r\n"u8.ToArray(), stop);
        var line = Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 1012) + "\r\n");
        for (var sent = 0; sent <= bytes; sent += line.Length)
            await peer.SendAsync(line, stop);
    };

    /// <summary>A right answer in pieces of one byte, then the good server.</summary>
    public static async Task ByteByByte(Peer peer, CancellationToken stop)
    {
        foreach (var b in (await peer.ReadRequestAsync(stop)).Answer())
            await peer.SendAsync(new[] { b }, stop);
        await GoodServer.ServeAsync(peer, stop);
    }

    /// <summary>A right answer and frames in one segment, then the good server.</summary>
    public static Behaviour TogetherWith(params byte[][] frames) => async (peer, stop) =>
    {
        var request = await peer.ReadRequestAsync(stop);
        await peer.SendAsync((byte[])[.. request.Answer(), .. frames.SelectMany(frame => frame)], stop);
        await GoodServer.ServeAsync(peer, stop);
    };
}
