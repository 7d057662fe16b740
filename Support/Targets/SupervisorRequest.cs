using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Support.Host;

namespace Support.Targets;

/// <summary>What a supervisor is to hold.</summary>
/// <param name="Line">The server's shell command.</param>
/// <param name="Directory">The folder that it is run in.</param>
/// <param name="Limits">What it may use; null for no group and the suite's own limits.</param>
/// <param name="Parents">Where its group can be made.</param>
internal sealed record SupervisorRequest(string Line, string Directory, GroupLimits? Limits, CgroupParents Parents)
{
    /// <summary>The period of a quota, as Fargate and docker have it.</summary>
    private const long PeriodMicroseconds = 100_000;

    private const int UnitsOfAProcessor = 1024;

    // systemd takes a share of a processor in hundredths of a percent: 10 µs of a period.
    private const long SystemdStepMicroseconds = 10;

    // Starts the supervisor, $0, in a session of its own where there is setsid: Ctrl+C on the terminal does not reach
    // it.
    private const string Launch = "exec $(command -v setsid) /bin/sh -c \"$0\" capacity-supervisor \"$@\"";

    private static readonly string Supervisor = EmbeddedText.Read("supervisor.sh");
    private static readonly string Supervised = EmbeddedText.Read("supervised.sh");

    private static int started;

    /// <summary>The folders that programs are looked for in; null for the suite's own.</summary>
    public string? SearchPath { get; init; }

    /// <summary>The limits that the kernel is given: whole pages of memory.</summary>
    public GroupLimits? Whole => Limits is null
        ? null
        : Limits with { MemoryBytes = Limits.MemoryBytes / Environment.SystemPageSize * Environment.SystemPageSize };

    /// <summary>Processor time in each period of 100 ms, in microseconds.</summary>
    public static long Quota(int cpuUnits, CgroupDriver driver)
    {
        var quota = cpuUnits * PeriodMicroseconds / UnitsOfAProcessor;
        return driver == CgroupDriver.SystemdRun ? quota / SystemdStepMicroseconds * SystemdStepMicroseconds : quota;
    }

    /// <summary>The supervisor's process: over three pipes, without the suite's settings.</summary>
    public ProcessStartInfo ToStartInfo()
    {
        var start = HelperProcess.Piped("/bin/sh", ["-c", Launch, Supervisor, .. Arguments()]);
        if (SearchPath is not null)
            start.Environment["PATH"] = SearchPath;
        return start;
    }

    private ImmutableArray<string> Arguments() =>
    [
        Parents.Driver switch
        {
            CgroupDriver.V1 => "v1",
            CgroupDriver.V2 => "v2",
            CgroupDriver.SystemdRun => "systemd",
            _ => "none",
        },
        Text(Environment.ProcessId), Text(Interlocked.Increment(ref started)), Line, Directory,
        Text(Whole?.MemoryBytes), Text(Limits is null ? null : Quota(Limits.CpuUnits, Parents.Driver)),
        Text(Limits?.DescriptorsSoft), Text(Limits?.DescriptorsHard),
        string.Join('\n', Parents.Memory), string.Join('\n', Parents.Cpu), Parents.Controller, Supervised,
    ];

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
