using System.Collections.Immutable;
using System.Globalization;

namespace Support.Host;

/// <summary>One process for good: an id is given to another process in time, id and start together are not.</summary>
/// <param name="Pid">The id.</param>
/// <param name="Start">When it started, in ticks since the machine did.</param>
public readonly record struct ProcessIdentity(int Pid, long Start);

/// <summary>One process as <c>/proc/PID/stat</c> shows it.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Name">Its program's name, cut to 15 characters by the kernel.</param>
/// <param name="Parent">The parent's id; 0 where it has none that is visible.</param>
/// <param name="CpuTime">Processor time, user and system, its own and that of children that ended and were waited for.</param>
/// <param name="ResidentPages">Resident memory in pages; pages that processes share count in each of them.</param>
public sealed record ProcessRow(ProcessIdentity Id, string Name, int Parent, TimeSpan CpuTime, long ResidentPages);

/// <summary>The processes of this machine at one moment, read in one pass; those that end meanwhile are left out.</summary>
public static class ProcessTable
{
    /// <summary>Reads all processes that are visible; empty where there is no <c>/proc</c>.</summary>
    /// <param name="files">The files to read; null reads the machine's own.</param>
    public static ImmutableArray<ProcessRow> Read(FileTree? files = null)
    {
        var tree = files ?? FileTree.Machine;
        var rows = ImmutableArray.CreateBuilder<ProcessRow>();
        foreach (var name in tree.NamesIn("/proc"))
        {
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcStatParser.Row(pid, tree.ReadText($"/proc/{name}/stat")) is { } row)
                rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>The given processes and all that descend from them.</summary>
    /// <param name="rows">All processes.</param>
    /// <param name="roots">Where to begin; those that are gone add nothing.</param>
    /// <param name="without">Processes that are left out, with all that descends from them and is not a root itself.</param>
    public static ImmutableArray<ProcessRow> Families(ImmutableArray<ProcessRow> rows, IReadOnlyCollection<ProcessIdentity> roots, IReadOnlySet<int> without)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(without);
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
