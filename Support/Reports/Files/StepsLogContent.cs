using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports.Files;

/// <summary>The first line of <c>steps.jsonl</c>: what is known when a run begins.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Profile">The ladder's profile.</param>
/// <param name="Threshold">The least success rate of a reliable step.</param>
/// <param name="Version">The suite's version.</param>
/// <param name="Url">The server under test, secrets replaced.</param>
/// <param name="Embedded">Whether the suite started it itself.</param>
public sealed record StepsLogHeader(
    string Id, DateTimeOffset StartedAt, string Profile, double Threshold, string Version, string Url, bool Embedded);

/// <summary>What a <c>steps.jsonl</c> holds.</summary>
public sealed record StepsLogContent
{
    /// <summary>The run; null where its line is missing or damaged.</summary>
    public StepsLogHeader? Header { get; init; }

    /// <summary>The steps that were written whole, in order.</summary>
    public ImmutableArray<JudgedStep> Steps { get; init; } = [];

    /// <summary>The probes of the search that were written whole, in order.</summary>
    public ImmutableArray<SearchProbe> Probes { get; init; } = [];

    /// <summary>The search's answer without its probes; null where the run did not get there.</summary>
    public SearchResult? SearchEnd { get; init; }

    /// <summary>
    /// What a server took that was started anew, in stages of one step; empty where the run did not get there.
    /// </summary>
    public ImmutableArray<FreshStage> Fresh { get; init; } = [];

    /// <summary>The finished runs at task sizes that were written whole, in order.</summary>
    public ImmutableArray<SizeRun> SizeRuns { get; init; } = [];

    /// <summary>
    /// The steps of all runs at task sizes that were written whole, in order: those of <see cref="SizeRuns"/>, and of
    /// one that did not finish.
    /// </summary>
    public ImmutableArray<SizeStep> SizeSteps { get; init; } = [];

    /// <summary>The same of the probes of their searches.</summary>
    public ImmutableArray<SizeProbe> SizeProbes { get; init; } = [];

    /// <summary>The self-test's result; null where the run did not get there.</summary>
    public SelfTestResult? SelfTest { get; init; }

    /// <summary>The search as far as it got; null where it did not begin.</summary>
    public SearchResult? Search => SearchEnd is { } end ? end with { Probes = Probes } : Unfinished(Probes);

    /// <summary>Whether the last line is there: false for a run that was killed, or still runs.</summary>
    public bool Complete { get; init; }

    /// <summary>What stopped the run; null where nothing did or where it could not be said.</summary>
    public string? Interrupted { get; init; }

    /// <summary>Lines that were cut off or not understood.</summary>
    public int DamagedLines { get; init; }

    /// <summary>
    /// Whether a run that measured nothing has this to report: another run's steps, or that it was killed before the
    /// first one ended.
    /// </summary>
    /// <param name="runId">The id of the run that reports.</param>
    public bool HasToBeTold(string runId) => Header?.Id != runId && (HasMeasured || (Header is not null && !Complete));

    /// <summary>Whether a step was measured, in the plain ladder or at a size.</summary>
    private bool HasMeasured => !Steps.IsEmpty || !SizeRuns.IsEmpty || !SizeSteps.IsEmpty || !SizeProbes.IsEmpty;

    /// <summary>A search without an answer; null where no probe was made.</summary>
    /// <param name="probes">The probes that were counted.</param>
    public static SearchResult? Unfinished(ImmutableArray<SearchProbe> probes) =>
        probes.IsEmpty ? null : new() { Probes = probes, End = new(SearchEndKind.RunEnded) };

    internal StepsLogContent With(StepsLogContent line) => new()
    {
        Header = Header ?? line.Header,
        Steps = Steps.AddRange(line.Steps),
        Probes = Probes.AddRange(line.Probes),
        SearchEnd = SearchEnd ?? line.SearchEnd,
        Fresh = Fresh.AddRange(line.Fresh),
        SizeRuns = SizeRuns.AddRange(line.SizeRuns),
        SizeSteps = SizeSteps.AddRange(line.SizeSteps),
        SizeProbes = SizeProbes.AddRange(line.SizeProbes),
        SelfTest = SelfTest ?? line.SelfTest,
        Complete = Complete || line.Complete,
        Interrupted = Interrupted ?? line.Interrupted,
        DamagedLines = DamagedLines + line.DamagedLines,
    };
}

/// <summary>A step of a run at a task size, as <c>steps.jsonl</c> holds it.</summary>
/// <param name="Label">The size.</param>
/// <param name="Run">Which run at that size, from 1.</param>
/// <param name="Step">The step.</param>
public sealed record SizeStep(string Label, int Run, JudgedStep Step);

/// <summary>A try of the search of a run at a task size, as <c>steps.jsonl</c> holds it.</summary>
/// <param name="Label">The size.</param>
/// <param name="Run">Which run at that size, from 1.</param>
/// <param name="Probe">The probe.</param>
public sealed record SizeProbe(string Label, int Run, SearchProbe Probe);
