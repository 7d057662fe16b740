using Microsoft.Win32.SafeHandles;

namespace Support.Pool;

/// <summary>
/// Descriptors that are kept back while connections are opened, and given back before anything else needs one. Without them the
/// pool takes the last one, and then nothing in this process can load an assembly, read /proc, or write what was measured.
/// </summary>
internal sealed class DescriptorReserve : IDisposable
{
    /// <summary>Enough for the assemblies that may still be loaded, the reads of /proc, and the reports.</summary>
    public const int Size = 32;

    private const string Nothing = "/dev/null";

    private SafeFileHandle[]? handles;

    private DescriptorReserve(SafeFileHandle[] handles) => this.handles = handles;

    /// <summary>Takes the reserve; where there is less than that, half of what there is.</summary>
    public static DescriptorReserve Take()
    {
        var handles = new List<SafeFileHandle>(Size);
        try
        {
            while (handles.Count < Size && File.Exists(Nothing))
                handles.Add(File.OpenHandle(Nothing));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // That were all: half of them goes back at once, for even a thread needs one to start.
            handles.RemoveRange(0, Return(handles, handles.Count / 2));
        }

        return new([.. handles]);
    }

    /// <summary>Gives all of it back; from whatever thread, and as often as one likes.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref handles, null) is { } all)
            Return(all, all.Length);
    }

    private static int Return(IReadOnlyList<SafeFileHandle> handles, int count)
    {
        for (var i = 0; i < count; i++)
            handles[i].Dispose();
        return count;
    }
}
