using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Support.Pool.Linux;

/// <summary>
/// A buffer of <c>struct epoll_event</c>: packed on x86, aligned elsewhere (include/uapi/linux/eventpoll.h,
/// EPOLL_PACKED).
/// </summary>
internal sealed class EpollEvents(int capacity)
{
    private static readonly bool IsPacked =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
    private static readonly int Size = IsPacked ? 12 : 16;
    private static readonly int DataOffset = IsPacked ? 4 : 8;

    private readonly byte[] buffer = new byte[Size * capacity];

    public int Capacity => capacity;

    public ref byte First => ref MemoryMarshal.GetArrayDataReference(buffer);

    /// <summary>Fills the first event, for epoll_ctl.</summary>
    public void Set(uint events, ulong data)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, events);
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(DataOffset), data);
    }

    /// <summary>The data of one event, as it was given to epoll_ctl.</summary>
    public ulong DataOf(int index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan((index * Size) + DataOffset));
}
