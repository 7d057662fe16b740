using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Pool;

/// <summary>
/// The upgrade request (RFC 6455, 4.1), laid out once; only the key differs from connection to connection.
/// </summary>
internal sealed class HandshakeRequest
{
    /// <summary>The length of an accept value: 20 bytes of SHA-1 in base64 (RFC 6455, 4.2.2, item 5).</summary>
    public const int AcceptLength = 28;

    // 16 random bytes in base64 (RFC 6455, 4.1, item 7).
    private const int KeyLength = 24;
    private static readonly byte[] AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.ToArray();

    private readonly byte[] template;
    private readonly int keyOffset;

    public HandshakeRequest(PoolOptions options)
    {
        var url = options.Url;
        var head = new StringBuilder()
            .Append("GET ").Append(url.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(HostOf(url))
            .Append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
        if (options.Subprotocol is { } subprotocol)
            head.Append("Sec-WebSocket-Protocol: ").Append(subprotocol).Append("\r\n");
        foreach (var header in options.Headers)
            head.Append(header.Name).Append(": ").Append(header.Value).Append("\r\n");
        head.Append("Sec-WebSocket-Key: ");

        keyOffset = Encoding.UTF8.GetByteCount(head.ToString());
        template = Encoding.UTF8.GetBytes(head.Append('=', KeyLength).Append("\r\n\r\n").ToString());
    }

    public int Length => template.Length;

    /// <summary>
    /// Writes one request for nobody: what writing loads is then there, and needs no descriptor when there may be none
    /// left.
    /// </summary>
    public void Prepare() => Write(new byte[Length], new byte[AcceptLength]);

    /// <summary>
    /// Writes the request with a fresh key and gives the accept value that a right answer carries (RFC 6455, 4.2.2).
    /// </summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <param name="accept"><see cref="AcceptLength"/> bytes, filled with the expected value.</param>
    public void Write(Span<byte> destination, Span<byte> accept)
    {
        template.CopyTo(destination);
        Span<byte> nonce = stackalloc byte[16];
        Random.Shared.NextBytes(nonce);
        var key = destination.Slice(keyOffset, KeyLength);
        Base64.EncodeToUtf8(nonce, key, out _, out _);

        Span<byte> joined = stackalloc byte[KeyLength + AcceptGuid.Length];
        key.CopyTo(joined);
        AcceptGuid.CopyTo(joined[KeyLength..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455, 4.2.2 prescribes SHA-1; it proves a WebSocket server, not an identity.
        SHA1.HashData(joined, hash);
#pragma warning restore CA5350
        Base64.EncodeToUtf8(hash, accept, out _, out _);
    }

    private static string HostOf(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.DnsSafeHost}]" : url.IdnHost;
        return url.IsDefaultPort
            ? host
            : Say($"{host}:{url.Port}");
    }
}
