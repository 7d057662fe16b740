using System.Buffers.Binary;

namespace Support.Pool;

/// <summary>Writes a client's control frames: masked, one piece (RFC 6455, 5.3 and 5.5).</summary>
internal static class FrameWriter
{
    /// <summary>The most bytes that a control frame takes: 2 of header, 4 of mask, 125 of payload.</summary>
    public const int MaxLength = 131;

    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    /// <summary>A ping with the given payload; gives its length.</summary>
    public static int Ping(Span<byte> destination, ReadOnlySpan<byte> payload) => Write(destination, 0x9, payload);

    /// <summary>A pong with the payload of the ping that it answers; gives its length.</summary>
    public static int Pong(Span<byte> destination, ReadOnlySpan<byte> payload) => Write(destination, 0xA, payload);

    /// <summary>A close frame with the given code (RFC 6455, 7.4); gives its length.</summary>
    public static int Close(Span<byte> destination, ushort code)
    {
        Span<byte> payload = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        return Write(destination, 0x8, payload);
    }

    private static int Write(Span<byte> destination, byte opcode, ReadOnlySpan<byte> payload)
    {
        destination[0] = (byte)(Final | opcode);
        destination[1] = (byte)(Masked | payload.Length);
        var mask = destination.Slice(2, 4);
        Random.Shared.NextBytes(mask);
        for (var i = 0; i < payload.Length; i++)
            destination[6 + i] = (byte)(payload[i] ^ mask[i & 3]);
        return 6 + payload.Length;
    }
}
