using System.Runtime.InteropServices;

namespace Support.Host;

/// <summary>
/// What the kernel tells of one TCP socket, as far as the suite reads it: <c>struct tcp_info</c>,
/// include/uapi/linux/tcp.h (tcp(7), TCP_INFO).
/// </summary>
/// <param name="IsEstablished">Whether both directions are open.</param>
/// <param name="SinceLastAck">Since the peer's last acknowledgement or FIN; after a reset it says nothing.</param>
internal readonly record struct TcpInfo(bool IsEstablished, TimeSpan SinceLastAck)
{
    /// <summary>IPPROTO_TCP.</summary>
    public const int Level = 6;

    /// <summary>TCP_INFO.</summary>
    public const int Option = 11;

    /// <summary>The bytes that have to be asked for: the struct up to <c>tcpi_last_ack_recv</c>.</summary>
    public const int Length = LastAckReceived + sizeof(uint);

    // Offset of tcpi_last_ack_recv: 8 single bytes, then the 13th of the 32-bit numbers; in milliseconds.
    private const int LastAckReceived = 8 + (12 * sizeof(uint));

    // TCP_ESTABLISHED, include/net/tcp_states.h; tcpi_state is the first byte.
    private const byte Established = 1;

    /// <summary>
    /// Null where fewer bytes came than are needed, as on an old kernel; in this machine's byte order.
    /// </summary>
    public static TcpInfo? Parse(ReadOnlySpan<byte> bytes) => bytes.Length < Length
        ? null
        : new(bytes[0] == Established, TimeSpan.FromMilliseconds(MemoryMarshal.Read<uint>(bytes[LastAckReceived..])));
}
