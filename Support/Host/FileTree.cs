using System.Buffers;
using System.IO.Enumeration;

namespace Support.Host;

/// <summary>A line of a file without its line break. The bytes are gone after the call.</summary>
internal delegate void LineAction(ReadOnlySpan<byte> line);

/// <summary>
/// The files that the room reads, below a root: the machine's own, or a fake tree in a test. Paths are absolute, with
/// <c>/</c>. Nothing here throws for a file that is missing, vanishes or may not be read: the answer is null.
/// </summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
public sealed class FileTree(string root = "/")
{
    private const int BufferBytes = 64 * 1024;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The machine's own files.</summary>
    public static FileTree Machine { get; } = new();

    /// <summary>The whole text of a file; null where it is missing or not readable.</summary>
    public string? ReadText(string path) => Try<string>(() => File.ReadAllText(Below(path)));

    /// <summary>Whether a folder is there and visible.</summary>
    public bool HasFolder(string path) => Directory.Exists(Below(path));

    /// <summary>Counted without a string for each; null where the folder is missing or not readable.</summary>
    public int? CountEntries(string path) =>
        Try<int?>(() => new FileSystemEnumerable<byte>(Below(path), (ref FileSystemEntry _) => 0, EveryEntry).Count());

    /// <summary>The names in a folder; empty where it is missing or not readable.</summary>
    public IReadOnlyList<string> NamesIn(string path) =>
        Try(() => new FileSystemEnumerable<string>(
            Below(path), (ref FileSystemEntry entry) => entry.FileName.ToString(), EveryEntry).ToList()) ?? [];

    /// <summary>
    /// Hands each line of a file to <paramref name="action"/>, through one reused buffer; a line longer than 64 KiB is
    /// no line of a kernel table and ends the reading. False where the file is missing, not readable or not made of
    /// lines; lines may have been handed out before.
    /// </summary>
    internal bool ReadLines(string path, LineAction action) =>
        Try<object>(() => Stream(path, action) ? this : null) is not null;

    private bool Stream(string path, LineAction action)
    {
        using var file = new FileStream(Below(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            return Split(file, buffer, action);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Split(FileStream file, byte[] buffer, LineAction action)
    {
        var kept = 0;
        while (kept < buffer.Length)
        {
            var read = file.Read(buffer, kept, buffer.Length - kept);
            var rest = buffer.AsSpan(0, kept + read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
                action(rest[..end]);

            if (read == 0)
            {
                if (!rest.IsEmpty)
                    action(rest);
                return true;
            }

            rest.CopyTo(buffer);
            kept = rest.Length;
        }

        return false;
    }

    // Path.Join, not Combine: an absolute second part must stay below the root.
    private string Below(string path) => Path.Join(root, path);

    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }
}
