using System.Runtime.InteropServices;

namespace Support.Host;

/// <summary>What the kernel tells of one TCP socket, as far as the suite reads it.</summary>
/// <remarks>
/// Linux: <c>struct tcp_info</c>, include/uapi/linux/tcp.h; asked for with <c>getsockopt</c>, tcp(7), TCP_INFO.
/// </remarks>
/// <param name="IsEstablished">Whether both directions are open.</param>
/// <param name="SinceLastAck">
/// Since the peer's last segment that acknowledged something, its FIN included; after a reset it says nothing.
/// </param>
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
    /// Reads the struct; null where fewer bytes came than are needed, as on a kernel that does not know it.
    /// </summary>
    /// <param name="bytes">In this machine's byte order.</param>
    public static TcpInfo? Parse(ReadOnlySpan<byte> bytes) => bytes.Length < Length
        ? null
        : new(bytes[0] == Established, TimeSpan.FromMilliseconds(MemoryMarshal.Read<uint>(bytes[LastAckReceived..])));
}
