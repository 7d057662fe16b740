using System.Buffers.Binary;
using System.Text;

namespace Support.Tests.Pool.Faults;

/// <summary>A server's frames as bytes (RFC 6455, 5.2), the forbidden ones too.</summary>
internal static class ServerFrame
{
    /// <summary>The first byte's highest bit.</summary>
    public const byte Final = 0x80;

    /// <summary>A frame with the given first byte.</summary>
    public static byte[] Raw(int first, ReadOnlySpan<byte> payload)
    {
        Span<byte> length = stackalloc byte[9];
        var used = 1;
        switch (payload.Length)
        {
            case < 126:
                length[0] = (byte)payload.Length;
                break;
            case <= ushort.MaxValue:
                length[0] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(length[1..], (ushort)payload.Length);
                used = 3;
                break;
            default:
                length[0] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(length[1..], (ulong)payload.Length);
                used = 9;
                break;
        }

        return [(byte)first, .. length[..used], .. payload];
    }

    /// <summary>A whole text message.</summary>
    public static byte[] Text(string text) => Raw(Final | 1, Encoding.UTF8.GetBytes(text));

    /// <summary>A whole binary message.</summary>
    public static byte[] Binary(int length) => Raw(Final | 2, new byte[length]);

    /// <summary>A ping.</summary>
    public static byte[] Ping(string payload) => Raw(Final | 9, Encoding.ASCII.GetBytes(payload));

    /// <summary>A pong.</summary>
    public static byte[] Pong(ReadOnlySpan<byte> payload) => Raw(Final | 10, payload);

    /// <summary>A close frame with a code and a reason.</summary>
    public static byte[] Close(int code, string reason = "") =>
        Raw(Final | 8, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);
}
