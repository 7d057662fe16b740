using System.Collections.Immutable;
using System.Diagnostics;

namespace Support.Host;

/// <summary>What one process holds at one moment.</summary>
/// <param name="ResidentBytes">Resident memory.</param>
/// <param name="CpuTime">Since its start, user and system; 10 ms resolution on Linux.</param>
/// <param name="Descriptors">Null where not readable, as for another user's process.</param>
internal sealed record ProcessFacts(long ResidentBytes, TimeSpan CpuTime, int? Descriptors)
{
    /// <summary>Null where it is gone or not readable; without <c>/proc</c> only the own process is.</summary>
    public static ProcessFacts? Read(int pid, FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var pages = ProcStat.ResidentPages(tree.ReadText(Say($"/proc/{pid}/statm")));
        var time = ProcStat.CpuTime(tree.ReadText(Say($"/proc/{pid}/stat")));
        if (pages is not null && time is not null)
            return new(pages.Value * Environment.SystemPageSize, time.Value, DescriptorsOf(pid, tree));

        return pid == Environment.ProcessId && !OperatingSystem.IsLinux() ? Own() : null;
    }

    /// <summary>The open file descriptors of a process; null where not readable.</summary>
    internal static int? DescriptorsOf(int pid, FileTree tree)
    {
        var entries = tree.CountEntries(Say($"/proc/{pid}/fd"));

        // Listing the own folder needs a descriptor, and lists it as well.
        return pid == Environment.ProcessId && entries > 0 ? entries - 1 : entries;
    }

    private static ProcessFacts Own()
    {
        using var process = Process.GetCurrentProcess();
        return new(process.WorkingSet64, process.TotalProcessorTime, null);
    }
}

/// <summary>
/// One process for good: an id is given to another process in time, id and start (in ticks of the machine) are not.
/// </summary>
internal readonly record struct ProcessIdentity(int Pid, long Start);

/// <summary>One process as <c>/proc/PID/stat</c> shows it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Name">Its program's name, cut to 15 characters by the kernel.</param>
/// <param name="Parent">The parent's id; 0 where it has none that is visible.</param>
/// <param name="CpuTime">User and system, its own and that of children that ended and were waited for.</param>
/// <param name="ResidentPages">Pages that processes share count in each of them.</param>
internal sealed record ProcessRow(ProcessIdentity Id, string Name, int Parent, TimeSpan CpuTime, long ResidentPages);

/// <summary>All processes, read in one pass; those that end meanwhile are left out.</summary>
internal static class ProcessTable
{
    /// <summary>All that are visible; empty where there is no <c>/proc</c>.</summary>
    public static ImmutableArray<ProcessRow> Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        return
        [
            .. tree.NamesIn("/proc")
                .Select(name => (int?)KernelText.Number(name, int.MaxValue)).OfType<int>()
                .Select(pid => ProcStat.Row(pid, tree.ReadText(Say($"/proc/{pid}/stat")))).OfType<ProcessRow>(),
        ];
    }

    /// <summary>The given processes and all that descend from them.</summary>
    /// <param name="rows">All processes.</param>
    /// <param name="roots">Where to begin; those that are gone add nothing.</param>
    /// <param name="without">Left out, with all that descends from them and is not a root itself.</param>
    public static ImmutableArray<ProcessRow> Families(
        ImmutableArray<ProcessRow> rows, IReadOnlyCollection<ProcessIdentity> roots, IReadOnlySet<int> without)
    {
        var children = rows.ToLookup(row => row.Parent);
        var family = new Dictionary<ProcessIdentity, ProcessRow>();
        var next = new Queue<ProcessRow>(rows.Where(row => roots.Contains(row.Id) && !without.Contains(row.Id.Pid)));
        while (next.TryDequeue(out var row))
        {
            // The first process of a machine adopts everybody's orphans: who descends from it may be anything.
            if (!family.TryAdd(row.Id, row) || row.Id.Pid == 1)
                continue;
            foreach (var child in children[row.Id.Pid].Where(child => !without.Contains(child.Id.Pid)))
                next.Enqueue(child);
        }

        return [.. family.Values.OrderBy(row => row.Id.Start).ThenBy(row => row.Id.Pid)];
    }
}

/// <summary>Reads <c>/proc/PID/stat</c> and <c>/proc/PID/statm</c> (proc(5)).</summary>
internal static class ProcStat
{
    // USER_HZ: the kernel tells processor time to user space in hundredths of a second on every architecture of .NET.
    private const int TicksPerSecond = 100;

    // Counted from field 3, the first behind the command's closing bracket. 16 and 17 are of children that ended and
    // were waited for.
    private const int Parent = 4 - 3;
    private const int UserTime = 14 - 3;
    private const int SystemTime = 15 - 3;
    private const int ChildrenUserTime = 16 - 3;
    private const int ChildrenSystemTime = 17 - 3;
    private const int StartTime = 22 - 3;
    private const int Resident = 24 - 3;

    /// <summary>User and system, at 10 ms. The command may hold brackets, so fields count from the last one.</summary>
    public static TimeSpan? CpuTime(string? stat)
    {
        var fields = Fields(stat);
        return Time(Number(fields, UserTime) + Number(fields, SystemTime));
    }

    /// <summary>The process as a row of a table; null where the text doesn't hold it.</summary>
    public static ProcessRow? Row(int pid, string? stat)
    {
        var fields = Fields(stat);
        return stat?.IndexOf('(', StringComparison.Ordinal) is { } open and >= 0
            && Number(fields, Parent) is { } parent and <= int.MaxValue
            && Time(Number(fields, UserTime) + Number(fields, SystemTime) + Number(fields, ChildrenUserTime)
                + Number(fields, ChildrenSystemTime)) is { } time
            && Number(fields, StartTime) is { } start && Number(fields, Resident) is { } pages
                ? new(new(pid, start), stat[(open + 1)..stat.LastIndexOf(')')], (int)parent, time, pages)
                : null;
    }

    /// <summary>Resident pages: the second number of <c>statm</c>; null where the text doesn't hold it.</summary>
    public static long? ResidentPages(string? statm) => Number(KernelText.Fields(statm), 1);

    private static string[] Fields(string? stat) =>
        stat?.LastIndexOf(')') is { } bracket and >= 0 ? KernelText.Fields(stat[(bracket + 1)..]) : [];

    private static TimeSpan? Time(long? ticks) =>
        ticks is { } known ? TimeSpan.FromSeconds((double)known / TicksPerSecond) : null;

    // 2^40 ticks are 348 years and 2^40 pages 4 PiB: beyond it the text is malformed, and arithmetic on it would
    // overflow.
    private static long? Number(string[] fields, int at) =>
        at < fields.Length ? KernelText.Number(fields[at], 1L << 40) : null;
}
