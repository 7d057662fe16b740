using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Support.Reports.Files;

/// <summary>
/// Puts a folder itself on disk: until then a file that was made or renamed in it may not have its name.
/// </summary>
internal static partial class FolderFlush
{
    // O_RDONLY | O_CLOEXEC (asm-generic/fcntl.h).
    private const int ReadOnly = 0x80000;

    /// <summary>Flushes it; nothing where the system is another than Linux, or the folder may not be read.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Flush(string directory)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var folder = new SafeFileHandle(Open(directory, ReadOnly), ownsHandle: true);
        if (!folder.IsInvalid)
            RandomAccess.FlushToDisk(folder);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
