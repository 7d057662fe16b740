using System.Diagnostics;

namespace Benchmarks;

/// <summary>The one line of a run; the same keys as the reference client's.</summary>
/// <param name="Open">Connections held at the end, each proven alive.</param>
/// <param name="Failed">Connections that were not.</param>
/// <param name="Seconds">From the first attempt to the end of the last.</param>
/// <param name="PerSecond">Opens a second.</param>
/// <param name="CpuMicrosecondsPerOpen">
/// Processor time of the process, user and system, from the first attempt to the end of the last ÷ opens.
/// </param>
/// <param name="ResidentBytesPerConnection">
/// Growth of resident memory from before the first attempt to after the last ÷ opens.
/// </param>
internal sealed record OpenReport(
    int Open, int Failed, double Seconds, double PerSecond, double CpuMicrosecondsPerOpen,
    double ResidentBytesPerConnection);

/// <summary>Measures opening from outside: the clock, the process's processor time, its resident memory.</summary>
internal sealed class OpenMeter
{
    private readonly TimeProvider time;
    private readonly long start;
    private readonly long residentBefore;
    private readonly TimeSpan cpuBefore;

    private OpenMeter(TimeProvider time)
    {
        this.time = time;
        residentBefore = Resident();
        cpuBefore = Cpu();
        start = time.GetTimestamp();
    }

    public static OpenMeter Start(TimeProvider time) => new(time);

    public OpenReport Opened(int open)
    {
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        var cpu = (Cpu() - cpuBefore).TotalMicroseconds;
        var resident = Resident() - residentBefore;
        return new(open, 0, Math.Round(seconds, 3), Math.Round(open / seconds), Math.Round(cpu / Math.Max(1, open), 1),
            Math.Round((double)resident / Math.Max(1, open)));
    }

    private static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
