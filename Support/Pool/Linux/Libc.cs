using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Support.Pool.Linux;

/// <summary>
/// The system calls of the epoll path; every one of them is in the manual pages, section 2, under its own name.
/// </summary>
internal static unsafe partial class Libc
{
    // asm-generic, the same on x86-64 and arm64: include/linux/net.h, bits/socket.h, bits/epoll.h, netinet/tcp.h,
    // linux/in.h.
    public const int SockStream = 1;
    public const int SockNonBlock = 0x800;
    public const int SockCloseOnExec = 0x80000;
    public const int SolSocket = 1;
    public const int SoLinger = 13;
    public const int ProtocolIp = 0;
    public const int IpBindAddressNoPort = 24;
    public const int IpLocalPortRange = 51;
    public const int ProtocolTcp = 6;
    public const int TcpNoDelay = 1;
    public const int MsgDontWait = 0x40;
    public const int MsgNoSignal = 0x4000;
    public const int EpollCloseOnExec = 0x80000;
    public const int EpollCtlAdd = 1;
    public const uint EpollIn = 0x1;
    public const uint EpollOut = 0x4;
    public const uint EpollEdge = 1u << 31;
    public const int InProgress = 115;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSocketOption(int socket, int level, int name, void* value, int* length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, byte* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, byte* events, int maxEvents, int timeoutMilliseconds);

    /// <summary>
    /// The last call's errno as .NET names it; the numbers are those of include/uapi/asm-generic/errno.h.
    /// </summary>
    public static SocketError LastError() => Named(Marshal.GetLastPInvokeError());

    /// <summary>
    /// An errno as .NET names it; one that it has no name for keeps its number, above 1,000,000.
    /// </summary>
    public static SocketError Named(int errno) => errno switch
    {
        11 => SocketError.WouldBlock,
        1 or 13 => SocketError.AccessDenied,
        // .NET has no name for ENOMEM either, and gives -1.
        12 => (SocketError)(-1),
        22 => SocketError.InvalidArgument,
        23 or 24 => SocketError.TooManyOpenSockets,
        32 => SocketError.Shutdown,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        105 => SocketError.NoBufferSpaceAvailable,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        115 => SocketError.InProgress,
        // SocketError.SocketError is -1 as well, and no lack of memory.
        var other => (SocketError)(1_000_000 + other),
    };

}
