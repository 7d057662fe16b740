using System.Text;

namespace Support.Reports.Files;

/// <summary>
/// The one place that writes files. A reader of the folder sees the old file or the new one, never half of one.
/// </summary>
public sealed class ReportFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A folder that is made when the first file is written.</summary>
    /// <param name="directory">Absolute, or relative to the current directory.</param>
    public ReportFolder(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        Directory = Path.GetFullPath(directory);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Directory { get; }

    /// <summary>Puts the names in a folder on disk.</summary>
    internal Action<string> FlushNames { get; init; } = FolderFlush.Flush;

    /// <summary>The folder of that name below this one.</summary>
    public ReportFolder Below(string name) => new(PathOf(name)) { FlushNames = FlushNames };

    /// <summary>Proves that a file of this length can be written here, and leaves none.</summary>
    /// <param name="bytes">The length, 0 or more.</param>
    /// <exception cref="ReportWriteException">The folder cannot be made or written, or is full.</exception>
    public void RequireWritable(long bytes = 0) => Guard(Directory, () =>
    {
        System.IO.Directory.CreateDirectory(Directory);
        using var probe = new FileStream(Temporary(Path.Combine(Directory, "writable")), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = bytes, BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        });
    });

    /// <summary>Moves a file here, over one of its name: copied to a temporary one, flushed, renamed.</summary>
    /// <param name="file">The file, wherever it is.</param>
    /// <exception cref="ReportWriteException">It could not be moved, and is still where it was.</exception>
    public void Take(string file)
    {
        var path = PathOf(Path.GetFileName(file));
        Guard(path, () =>
        {
            using (var content = File.OpenRead(file))
                Replace(path, content);
            File.Delete(file);
        });
    }

    /// <summary>Writes a whole file: to a temporary one beside it, flushed to disk, then renamed over it.</summary>
    /// <param name="name">A file name below the folder.</param>
    /// <param name="text">Its text; written as UTF-8 without a byte order mark.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ReportWriteException">It could not be written; the old file, if any, is untouched.</exception>
    public string Write(string name, string text)
    {
        var path = PathOf(name);
        Guard(path, () => Replace(path, new MemoryStream(Utf8.GetBytes(text))));
        return path;
    }

    /// <summary>
    /// Takes away a file of an earlier run, which would be read as this run's; nothing where there is none.
    /// </summary>
    /// <exception cref="ReportWriteException">It could not be taken away.</exception>
    public void Remove(string name)
    {
        var path = PathOf(name);
        if (File.Exists(path))
            Guard(path, () => File.Delete(path));
    }

    /// <summary>A file's text; null where there is none, or none that can be read.</summary>
    public string? Read(string name)
    {
        try
        {
            return File.ReadAllText(PathOf(name), Utf8);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's length in bytes; null where there is none.</summary>
    public long? LengthOf(string name) => new FileInfo(PathOf(name)) is { Exists: true } file ? file.Length : null;

    /// <summary>Adds to the end of a file, and returns once it is on disk.</summary>
    /// <param name="name">A file name below the folder.</param>
    /// <param name="text">What to add, line end included.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    public string Append(string name, string text)
    {
        var path = PathOf(name);
        var isNew = !File.Exists(path);
        AppendTo(path, text);
        if (isNew)
            Guard(path, () => FlushNames(Path.GetDirectoryName(path)!));
        return path;
    }

    /// <summary>
    /// Opens a file that nobody else can open until the stream is closed or the process has ended; it is removed then.
    /// </summary>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    internal FileStream OpenAlone(string name)
    {
        System.IO.Directory.CreateDirectory(Directory);
        return new(
            PathOf(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
            FileOptions.DeleteOnClose);
    }

    /// <summary>Adds to the end of a file that another program owns, as a CI system's job summary.</summary>
    /// <exception cref="ReportWriteException">It could not be written.</exception>
    internal static void AppendTo(string path, string text) =>
        Guard(path, () => Put(path, FileMode.Append, new MemoryStream(Utf8.GetBytes(text))));

    /// <summary>Why a file could not be written; null where it was.</summary>
    internal static string? Attempt(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (ReportWriteException problem)
        {
            return problem.Message;
        }
    }

    private void Replace(string path, Stream content)
    {
        var temporary = Temporary(path);
        try
        {
            Put(temporary, FileMode.CreateNew, content);
            File.Move(temporary, path, overwrite: true);
            FlushNames(Path.GetDirectoryName(path)!);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Put(string path, FileMode mode, Stream content)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // A text is copied in one write, so that an appended line is not torn by another writer's.
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
        content.CopyTo(stream);
        stream.Flush(flushToDisk: true);
    }

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ReportWriteException(path, cause);
        }
    }

    private static string Temporary(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var path = Path.GetFullPath(Path.Combine(Directory, name));
        return path.StartsWith(
            Path.TrimEndingDirectorySeparator(Directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException(
                $"'{name}' is not below {Directory}. Give a relative name without '..'.", nameof(name));
    }
}

/// <summary>A report file that could not be written: names the path, the reason, and what to change.</summary>
internal sealed class ReportWriteException : IOException
{
    internal ReportWriteException(string path, Exception cause)
        : base(
            $"{path} could not be written: {cause.Message} "
            + "Make the folder writable, or set Reports.Directory to one that is.",
            cause) => Path = path;

    /// <summary>The file or folder that could not be written.</summary>
    public string Path { get; }
}
