using System.Security.Cryptography;
using System.Text;

namespace Support.Tests.Pool.Faults;

/// <summary>An upgrade request as it arrived at the server.</summary>
/// <param name="Line">The request line.</param>
/// <param name="Headers">The header fields; names compare without regard to case.</param>
internal sealed record UpgradeRequest(string Line, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The client's nonce.</summary>
    public string Key => Headers["Sec-WebSocket-Key"];

    /// <summary>Reads a whole head.</summary>
    public static UpgradeRequest Parse(string head)
    {
        var lines = head.TrimEnd().Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(line[..colon], line[(colon + 1)..].Trim());
        }

        return new(lines[0], headers);
    }

    /// <summary>The accept value that belongs to a key (RFC 6455, 4.2.2, item 5.4).</summary>
    public static string AcceptOf(string key)
    {
#pragma warning disable CA5350 // RFC 6455 prescribes SHA-1.
        return Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
    }

    /// <summary>The right answer to this request, with more header lines where given.</summary>
    public byte[] Answer(params string[] more) => Encoding.ASCII.GetBytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + AcceptOf(Key) + "\r\n"
        + string.Concat(more.Select(line => line + "\r\n")) + "\r\n");
}
