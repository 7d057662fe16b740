using System.Collections.Immutable;
using Support.Calibration;
using Support.Environments;
using Support.Reports;
using Support.Search;
using Support.Verdict;

namespace CapacityTests;

/// <summary>The append-only hand-over between fixtures; every finished step is on disk before anyone judges the run.</summary>
internal sealed class RunRecord(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private readonly List<Finding> checks = [];
    private readonly List<JudgedStep> steps = [];
    private readonly List<string> faults = [];
    private StepsLog? log;

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Unique, sortable by time.</summary>
    public string Id => field ??= $"{StartedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>How long the run has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>What the environment checks found so far.</summary>
    public ImmutableArray<Finding> Checks => [.. checks];

    /// <summary>The steps so far.</summary>
    public ImmutableArray<JudgedStep> Steps => [.. steps];

    /// <summary>Whether the meter was found true; null before it was tried.</summary>
    public MeterCalibration? Calibration { get; private set; }

    /// <summary>The search for the exact limit; null before it ended.</summary>
    public SearchResult? Search { get; private set; }

    /// <summary>What made measuring impossible.</summary>
    public ImmutableArray<string> Faults => [.. faults];

    /// <summary>What stopped the run; null where nothing did.</summary>
    public string? InterruptedBy { get; private set; }

    public void Add(Finding finding) => checks.Add(finding);

    /// <summary>Keeps a step: on disk first, then in memory.</summary>
    public void Add(JudgedStep step)
    {
        Log.Append(step);
        steps.Add(step);
    }

    /// <summary>Keeps the meter's calibration: on disk first, then in memory.</summary>
    public void Add(MeterCalibration calibration)
    {
        Log.Append(calibration);
        Calibration = calibration;
    }

    /// <summary>Keeps a try of the search on disk; the search's result holds it as well.</summary>
    public void Add(SearchTry tried) => Log.Append(tried);

    /// <summary>Keeps the search's answer: on disk first, then in memory.</summary>
    public void Add(SearchResult search)
    {
        Log.Append(search);
        Search = search;
    }

    public void AddFault(string fault) => faults.Add(fault);

    public void Interrupt(string by) => InterruptedBy ??= by;

    /// <summary>Marks the log as complete; without this line a later reader knows that the run was killed.</summary>
    public void Complete() => log?.Complete(InterruptedBy);

    private StepsLog Log => log ??= StepsLog.Start(CapacityRun.Reports, Header());

    private StepsLogHeader Header()
    {
        var settings = CapacityRun.Settings.Settings!;
        var target = CapacityRun.Target.Facts;
        return new(Id, StartedAt, settings.Ladder.Profile, settings.Ladder.Threshold, CapacityRun.Version, target.Url, target.Embedded);
    }
}
