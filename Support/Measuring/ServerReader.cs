using System.Collections.Immutable;
using System.Net;
using Support.Host;
using Support.Targets;

namespace Support.Measuring;

/// <summary>A server on this machine at one moment, as far as it may be read.</summary>
/// <param name="Owners">The processes that held its listener when it was looked for, the oldest first.</param>
/// <param name="Rows">They and their descendants, as many as still live.</param>
/// <param name="Descriptors">Of the process that has the least left.</param>
/// <param name="DescriptorLimit">Of that process; null where not known or unlimited.</param>
/// <param name="ListenOverflows">Since this network namespace came up; null where not known.</param>
internal sealed record ServerState(
    ImmutableArray<ProcessRow> Owners, ImmutableArray<ProcessRow> Rows, int? Descriptors, long? DescriptorLimit,
    long? ListenOverflows)
{
    /// <summary>
    /// Owners that no other owner started: where one of these is gone, the server was ended or restarted, and not one
    /// of its workers.
    /// </summary>
    public IEnumerable<ProcessRow> Masters => Owners.Where(owner => Owners.All(other => other.Id.Pid != owner.Parent));

    /// <summary>Where its control group is, found while it lived; null where it has none of its own.</summary>
    public ControlGroup? GroupFiles { get; init; }

    /// <summary>The highest hard limit of open files among its processes; null where not known or unlimited.</summary>
    public long? DescriptorHardLimit { get; init; }

    /// <summary>What that group had used; null where it cannot be read.</summary>
    public GroupUsage? Group { get; init; }

    /// <summary>What the server used between two readings, and what it had at the second.</summary>
    /// <remarks>
    /// Processor time of children that ended counts once their parent waited for them; where nobody does, it is lost.
    /// Of a server that has ended there is what its control group says, else nothing.
    /// </remarks>
    public static ServerReading? Between(ServerState? before, ServerState? held)
    {
        if (held is null)
            return null;
        var group = ServerGroup.Between(before?.Group, held.Group);
        if (held.Rows.IsEmpty)
            return group is null ? null : new() { Name = held.Owners.FirstOrDefault()?.Name, Group = group };
        return new()
        {
            Name = held.Rows[0].Name,
            Processes = held.Rows.Length,
            Descriptors = held.Descriptors,
            DescriptorLimit = held.DescriptorLimit,
            DescriptorHardLimit = held.DescriptorHardLimit,
            ResidentBytes = held.Rows.Sum(row => row.ResidentPages) * Environment.SystemPageSize,
            // A process that ended without a trace takes its part of the sum along: never less than nothing.
            CpuSeconds = before is null ? null : Math.Max(0, (Cpu(held) - Cpu(before)).TotalSeconds),
            ListenOverflows = held.ListenOverflows - before?.ListenOverflows,
            Group = group,
        };
    }

    private static TimeSpan Cpu(ServerState state) =>
        state.Rows.Aggregate(TimeSpan.Zero, (sum, row) => sum + row.CpuTime);
}

/// <summary>Reads a server on this machine: all processes that share its listener, and their descendants.</summary>
internal static class ServerReader
{
    // A server that forks a process a connection has thousands, and its limit is met by the one that forks: owners are
    // looked at first.
    private const int MostLookedInto = 64;

    /// <summary>
    /// Looks for the server and reads it; costs a look at every descriptor on this machine, so only where few
    /// connections are open.
    /// </summary>
    /// <param name="target">The target's addresses.</param>
    /// <param name="own">The suite's own processes: nothing of theirs is the server's.</param>
    /// <returns>Null where it is not on this machine, or may not be read.</returns>
    public static ServerState? Find(ImmutableArray<IPEndPoint> target, IReadOnlySet<int> own)
    {
        var pids = target.SelectMany(endPoint => LocalListener.FindProcessIds(endPoint))
            .Where(pid => !own.Contains(pid)).ToHashSet();
        if (pids.Count == 0)
            return null;
        var table = ProcessTable.Read();
        var owners = table.Where(row => pids.Contains(row.Id.Pid)).OrderBy(row => row.Id.Start).ToImmutableArray();
        var group = owners.Select(owner => ControlGroup.Of(owner.Id.Pid)).FirstOrDefault(group => group is not null);
        return Read(owners, table, own, FileTree.Machine).In(group);
    }

    /// <summary>
    /// Reads a server that was found before: one pass over all processes, and a look into a bounded number of them.
    /// </summary>
    public static ServerState Again(ServerState found, IReadOnlySet<int> own) =>
        Read(found.Owners, ProcessTable.Read(), own, FileTree.Machine).In(found.GroupFiles);

    internal static ServerState Read(
        ImmutableArray<ProcessRow> owners, ImmutableArray<ProcessRow> table, IReadOnlySet<int> own, FileTree files)
    {
        var ids = owners.Select(owner => owner.Id).ToHashSet();
        var rows = ProcessTable.Families(table, ids, own);
        var read = rows.OrderBy(row => ids.Contains(row.Id) ? 0 : 1).Take(MostLookedInto)
            .Select(row => (Open: ProcessFacts.DescriptorsOf(row.Id.Pid, files), Limits: LimitsOf(row.Id.Pid, files)))
            .ToList();
        var (open, limit) = Tightest(read);
        return new(
            owners, rows, open, limit, NetstatCounters.Parse(files.ReadText("/proc/net/netstat"))?.ListenOverflows)
        {
            DescriptorHardLimit = read.Max(process => process.Limits.Hard.Count),
        };
    }

    private static ServerState In(
        this ServerState state, ControlGroup? group) => state with { GroupFiles = group, Group = group?.Read() };

    private static (int? Open, long? Limit) Tightest(IEnumerable<(int? Open, OpenFileLimits Limits)> processes)
    {
        var read = processes.Where(process => process.Open is not null)
            .Select(process => (process.Open, Limit: process.Limits.Soft.Count)).ToList();
        // Where none has a limit that is known, the one with the most open.
        return read.Exists(process => process.Limit is not null)
            ? read.Where(process => process.Limit is not null).MinBy(process => process.Limit - process.Open)
            : read.DefaultIfEmpty().MaxBy(process => process.Open);
    }

    private static OpenFileLimits LimitsOf(int pid, FileTree files)
    {
        var file = Say($"/proc/{pid}/limits");
        return OpenFileLimits.Parse(files.ReadText(file), file);
    }
}
