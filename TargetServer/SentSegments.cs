using System.Buffers.Binary;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;

namespace TargetServer;

/// <summary>
/// Segments with data that the kernel has sent on a connection: whether an answer has left, and not only been written.
/// </summary>
internal static class SentSegments
{
    // linux/tcp.h: IPPROTO_TCP, TCP_INFO, and where tcpi_data_segs_out is (since Linux 4.6).
    private const int Level = 6;
    private const int Option = 11;
    private const int At = 156;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>How many so far; null where the kernel does not say, or the connection is gone.</summary>
    public static uint? Of(HttpContext context)
    {
        if (!OperatingSystem.IsLinux() || context.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
            return null;
        try
        {
            Span<byte> info = stackalloc byte[At + sizeof(uint)];
            return socket.GetRawSocketOption(Level, Option, info) == info.Length
                ? BinaryPrimitives.ReadUInt32LittleEndian(info[At..])
                : null;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits until there are more than before; not where that is not known, nor once the connection is gone.
    /// </summary>
    public static async Task MoreThanAsync(uint? before, HttpContext context)
    {
        while (before is not null && Of(context) == before && !context.RequestAborted.IsCancellationRequested)
            await Task.Delay(Look, TimeProvider.System, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
