using System.Net.Sockets;

namespace Support.Pool;

/// <summary>
/// Descriptors that are kept back while connections are opened, and given back before anything else needs one. Without
/// them the pool takes the last one, and then nothing in this process can load an assembly, read /proc, or write what
/// was measured.
/// </summary>
internal sealed class DescriptorReserve : IDisposable
{
    /// <summary>Enough for the assemblies that may still be loaded, the reads of /proc, and the reports.</summary>
    public const int Size = 32;

    private Socket[]? sockets;

    private DescriptorReserve(Socket[] sockets) => this.sockets = sockets;

    /// <summary>Takes the reserve; where there is less than that, half of what there is.</summary>
    public static DescriptorReserve Take()
    {
        var sockets = new List<Socket>(Size);
        try
        {
            while (sockets.Count < Size)
                sockets.Add(new Socket(SocketType.Stream, ProtocolType.Tcp));
        }
        catch (SocketException)
        {
            // That were all: half of them goes back at once, for even a thread needs one to start.
            sockets.RemoveRange(0, Return(sockets, sockets.Count / 2));
        }

        return new([.. sockets]);
    }

    /// <summary>Gives all of it back; from whatever thread, and as often as one likes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref sockets, null) is { } all)
            Return(all, all.Length);
    }

    private static int Return(IReadOnlyList<Socket> sockets, int count)
    {
        for (var i = 0; i < count; i++)
            sockets[i].Dispose();
        return count;
    }
}
