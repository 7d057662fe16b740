using System.Diagnostics;
using System.Globalization;

namespace Support.Host;

/// <summary>What one process holds at one moment.</summary>
/// <param name="ResidentBytes">Resident memory, in bytes.</param>
/// <param name="CpuTime">Processor time since its start, user and system; 10 ms resolution on Linux.</param>
/// <param name="Descriptors">Open file descriptors; null where not readable, as for another user's process.</param>
public sealed record ProcessFacts(long ResidentBytes, TimeSpan CpuTime, int? Descriptors)
{
    /// <summary>Reads a process of this machine.</summary>
    /// <param name="pid">Its id, as in <see cref="Environment.ProcessId"/>.</param>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    /// <returns>Null where the process is gone or not readable. Without <c>/proc</c> only the own process is.</returns>
    public static ProcessFacts? Read(int pid, FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        var pages = ProcStatParser.ResidentPages(tree.ReadText($"{folder}/statm"));
        var time = ProcStatParser.CpuTime(tree.ReadText($"{folder}/stat"));
        if (pages is not null && time is not null)
            return new ProcessFacts(pages.Value * Environment.SystemPageSize, time.Value, DescriptorsOf(pid, tree));

        return pid == Environment.ProcessId && !OperatingSystem.IsLinux() ? Own() : null;
    }

    /// <summary>The open file descriptors of a process; null where not readable.</summary>
    internal static int? DescriptorsOf(int pid, FileTree tree)
    {
        var entries = tree.CountEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"));

        // Listing the own folder needs a descriptor, and lists it as well.
        return pid == Environment.ProcessId && entries > 0 ? entries - 1 : entries;
    }

    private static ProcessFacts Own()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessFacts(process.WorkingSet64, process.TotalProcessorTime, null);
    }
}
