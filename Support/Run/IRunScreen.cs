using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Reports;
using Support.Sizes;
using Support.Verdict;

namespace Support.Run;

/// <summary>What a run tells while it goes on, each as it happens; may be told from several threads.</summary>
public interface IRunScreen : IProgress<StepProgress>
{
    /// <summary>A check has its answer.</summary>
    void Show(Finding finding);

    /// <summary>A step of the ladder was judged.</summary>
    void Show(JudgedStep step);

    /// <summary>A step at a task size was judged.</summary>
    /// <param name="size">As <see cref="SizeRun.Label"/>.</param>
    /// <param name="step">The step.</param>
    void Show(string size, JudgedStep step);

    /// <summary>A probe of the search was counted.</summary>
    /// <param name="size">As <see cref="SizeRun.Label"/>; null for the plain ladder.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="before">The probe before it; null for the first.</param>
    void Show(string? size, SearchProbe probe, SearchProbe? before);

    /// <summary>A run at a task size ended.</summary>
    /// <param name="run">The run, as a file may have it.</param>
    /// <param name="repeats">How often each size is measured.</param>
    void Show(SizeRun run, int repeats);

    /// <summary>Metrics or reports have left the machine, or have not.</summary>
    void Show(Publication publication);

    /// <summary>The service's own metrics were read.</summary>
    void Show(ServiceMetrics service);

    /// <summary>
    /// The pause before a step or a probe; a sign of life every 4 s, and at its end where it took 2 s or more.
    /// </summary>
    /// <param name="sessions">What begins after it.</param>
    /// <param name="waited">How long it took; null while it goes on.</param>
    void ShowPause(int sessions, TimeSpan? waited);

    /// <summary>
    /// Anything else in a line, as a line of <c>steps.jsonl</c> that could not be written, or what is waited for.
    /// </summary>
    void Note(string line);

    /// <summary>The run is over, and judged as far as it will be.</summary>
    /// <param name="report">The report.</param>
    /// <param name="directory">Where the reports are.</param>
    void Close(CapacityReport report, string directory);
}
