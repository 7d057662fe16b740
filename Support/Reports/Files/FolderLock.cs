namespace Support.Reports.Files;

/// <summary>
/// The reports folder as one run's own. Two runs in one folder would take each other's files for theirs. The kernel
/// lets go of it with the process, however that ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string LockFile = ".run.lock";

    // Of its own: what is locked cannot be read.
    private const string HolderFile = ".run.holder";

    // What a lock of another process gives: ERROR_SHARING_VIOLATION; EWOULDBLOCK of Linux and of macOS.
    private static readonly int[] Taken = [32, 11, 35];

    private readonly ReportFolder folder;
    private readonly FileStream held;

    private FolderLock(ReportFolder folder, FileStream held) => (this.folder, this.held) = (folder, held);

    /// <summary>Takes the folder, which is made where it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="time">The clock.</param>
    /// <returns>
    /// The lock, or who has it and what to do. Neither where the folder cannot be written to: that is said by whoever
    /// writes.
    /// </returns>
    public static (FolderLock? Lock, string? Refusal) Take(ReportFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            var held = folder.OpenAlone(LockFile);
            // The name is for a message; who has the folder is the lock's to say.
            ReportFolder.Attempt(() => folder.Write(HolderFile, Say(
                $"process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow():u}")));
            return (new(folder, held), null);
        }
        catch (IOException fault) when (Taken.Contains(fault.HResult & 0xFFFF))
        {
            var holder = Words.Line(folder.Read(HolderFile) ?? "another process");
            return (null, $"{folder.Directory} is in use by another run: {holder}. Wait for it or end it, or set "
                + "Reports.Directory (CAPACITY_REPORTS_DIRECTORY) to another folder. Nothing was measured or written.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    /// <summary>Lets go of the folder, and leaves no file.</summary>
    public void Dispose()
    {
        ReportFolder.Attempt(() => folder.Remove(HolderFile));
        held.Dispose();
    }
}
