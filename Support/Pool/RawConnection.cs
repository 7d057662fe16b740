using System.Net.Sockets;
using Support.Host;
using Support.Pool.Linux;

namespace Support.Pool;

/// <summary>
/// A connection in the clear that is nothing but a descriptor: some 120 bytes of this process, where a Socket is 2.3
/// KB.
/// </summary>
internal sealed unsafe class RawConnection(int descriptor) : Connection
{
    // Written by the monitor only; -1 once closed, so that a number that the kernel gave to another is never touched.
    private int descriptor = descriptor;

    public override SocketError TrySend(ReadOnlySpan<byte> frame)
    {
        fixed (byte* bytes = frame)
        {
            var sent = Libc.Send(descriptor, bytes, (nuint)frame.Length, Libc.MsgDontWait | Libc.MsgNoSignal);
            return sent == frame.Length ? SocketError.Success : sent < 0 ? Libc.LastError() : SocketError.WouldBlock;
        }
    }

    public override int TryReceive(Span<byte> buffer, out SocketError error)
    {
        fixed (byte* bytes = buffer)
        {
            var received = Libc.Receive(descriptor, bytes, (nuint)buffer.Length, Libc.MsgDontWait);
            error = received < 0 ? Libc.LastError() : SocketError.Success;
            return (int)Math.Max(received, 0);
        }
    }

    public override TcpInfo? Info()
    {
        Span<byte> info = stackalloc byte[TcpInfo.Length];
        var length = info.Length;
        fixed (byte* bytes = info)
            return Libc.GetSocketOption(descriptor, TcpInfo.Level, TcpInfo.Option, bytes, &length) == 0
                ? TcpInfo.Parse(info[..length])
                : null;
    }

    public override void Close()
    {
        if (descriptor >= 0)
            _ = Libc.Close(descriptor);
        descriptor = -1;
    }

    public override void Reset()
    {
        ResetOnClose(descriptor);
        Close();
    }

    /// <summary>Makes the close of a descriptor a reset: no TIME_WAIT (socket(7), SO_LINGER).</summary>
    public static void ResetOnClose(int descriptor)
    {
        // struct linger { int l_onoff; int l_linger; }
        var linger = stackalloc int[2] { 1, 0 };
        _ = Libc.SetSocketOption(descriptor, Libc.SolSocket, Libc.SoLinger, linger, 2 * sizeof(int));
    }
}
