using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Support.Targets.Groups;

/// <summary>What a keeper is to hold.</summary>
/// <param name="Line">The server's shell command.</param>
/// <param name="Directory">The folder that it is run in.</param>
/// <param name="Limits">What it may use; null for no group and the suite's own limits.</param>
/// <param name="Places">Where its group can be made.</param>
internal sealed record KeeperRequest(string Line, string Directory, GroupLimits? Limits, GroupPlaces Places)
{
    /// <summary>The period of a quota, as Fargate and docker have it.</summary>
    private const long PeriodMicroseconds = 100_000;

    private const int UnitsOfAProcessor = 1024;

    // systemd takes a share of a processor in hundredths of a percent: 10 µs of a period.
    private const long SystemdStepMicroseconds = 10;

    private static int started;

    /// <summary>The folders that programs are looked for in; null for the suite's own.</summary>
    public string? SearchPath { get; init; }

    /// <summary>The limits that the kernel is given: whole pages of memory.</summary>
    public GroupLimits? Whole => Limits is null ? null : Limits with { MemoryBytes = Limits.MemoryBytes / Environment.SystemPageSize * Environment.SystemPageSize };

    /// <summary>Processor time in each period of 100 ms, in microseconds.</summary>
    public static long Quota(int cpuUnits, GroupWay way)
    {
        var quota = cpuUnits * PeriodMicroseconds / UnitsOfAProcessor;
        return way == GroupWay.SystemdRun ? quota / SystemdStepMicroseconds * SystemdStepMicroseconds : quota;
    }

    /// <summary>The keeper's process: over three pipes, without the suite's settings.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", KeeperScript.Launch, KeeperScript.Keep, .. Arguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        CompanionStartInfo.RemoveSettings(start);
        if (SearchPath is not null)
            start.Environment["PATH"] = SearchPath;
        return start;
    }

    private ImmutableArray<string> Arguments() =>
    [
        Places.Way switch { GroupWay.V1 => "v1", GroupWay.V2 => "v2", GroupWay.SystemdRun => "systemd", _ => "none" },
        Text(Environment.ProcessId), Text(Interlocked.Increment(ref started)), Line, Directory,
        Text(Whole?.MemoryBytes), Text(Limits is null ? null : Quota(Limits.CpuUnits, Places.Way)),
        Text(Limits?.DescriptorsSoft), Text(Limits?.DescriptorsHard),
        string.Join('\n', Places.Memory), string.Join('\n', Places.Cpu), Places.Controller, KeeperScript.Serve,
    ];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
