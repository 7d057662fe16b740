using System.Collections.Immutable;
using Support.Ecs;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Reports;
using Support.Reports.Files;
using Support.Sizes;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// What was found and measured so far: append-only, and every finished step is on disk before anyone judges the run.
/// </summary>
/// <param name="folder">Where the log of steps is.</param>
/// <param name="screen">Shown a line that cannot be written.</param>
/// <param name="time">The clock.</param>
/// <param name="header">
/// The first line of the log, for the run's id and its beginning; asked when the first line is written.
/// </param>
internal sealed class RunRecord(
    ReportFolder folder, IRunScreen screen, TimeProvider time, Func<string, DateTimeOffset, StepsLogHeader> header)
{
    private readonly long start = time.GetTimestamp();

    // A signal's thread reads what the test's thread writes.
    private readonly Lock gate = new();
    private readonly List<Finding> checks = [];
    private readonly List<JudgedStep> steps = [];
    private readonly List<SearchProbe> probes = [];
    private readonly List<SizeRun> sizes = [];
    private readonly List<string> faults = [];
    private readonly List<Publication> publications = [];
    private readonly List<Finding> deployed = [];
    private SearchResult? search;
    private ImmutableArray<FreshStage> fresh = [];
    private StepsLog? log;
    private bool completed;

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Unique, sortable by time.</summary>
    public string Id => field ??= $"{StartedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..6]}";

    /// <summary>How long the run has taken so far.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>What the environment checks found so far.</summary>
    public ImmutableArray<Finding> Checks => Locked(() => checks.ToImmutableArray());

    /// <summary>The first check that forbids to measure; null where none does.</summary>
    public Finding? Critical => Locked(() => checks.Find(check => check.Outcome == CheckOutcome.Critical));

    /// <summary>The steps so far.</summary>
    public ImmutableArray<JudgedStep> Steps => Locked(() => steps.ToImmutableArray());

    /// <summary>The runs at task sizes so far.</summary>
    public ImmutableArray<SizeRun> Sizes => Locked(() => sizes.ToImmutableArray());

    /// <summary>Whether anything was measured by now, in the ladder or at a size.</summary>
    public bool HasMeasured =>
        Locked(() => steps.Exists(step => step.Result is not null) || sizes.Exists(size => !size.Steps.IsEmpty));

    /// <summary>What the self-test found; null before it ran.</summary>
    public SelfTestResult? SelfTest { get; private set; }

    /// <summary>
    /// The search for the exact limit, while it has no answer as far as it got; null before its first probe.
    /// </summary>
    public SearchResult? Search => Locked(() => search ?? StepsLogContent.Unfinished([.. probes]));

    /// <summary>
    /// What a server took that was started anew, in stages of one step; empty before that was measured.
    /// </summary>
    public ImmutableArray<FreshStage> Fresh => Locked(() => fresh);

    /// <summary>What CloudWatch says of the service; null where it was not asked, or not yet.</summary>
    public ServiceMetrics? Service { get; private set; }

    /// <summary>What became of the evidence outside of the reports folder so far.</summary>
    public ImmutableArray<Publication> Publications => Locked(() => publications.ToImmutableArray());

    /// <summary>What was found when what is deployed was compared with the plan.</summary>
    public ImmutableArray<Finding> Deployed => Locked(() => deployed.ToImmutableArray());

    /// <summary>What made measuring impossible.</summary>
    public ImmutableArray<string> Faults => Locked(() => faults.ToImmutableArray());

    /// <summary>An earlier run in the same folder that was killed; empty where there is none.</summary>
    public ImmutableArray<Finding> Findings =>
        log?.Killed is { } killed ? [KilledRun.Finding(killed, StepsLog.KilledFileName)] : [];

    public void Add(Finding finding) => Locked(() => checks.Add(finding));

    /// <summary>Starts the log where that is not done yet.</summary>
    public void Begin() => Keep(_ => { });

    /// <summary>Keeps a step: on disk first, then in memory.</summary>
    public void Add(JudgedStep step) => Keep(
        on => on.Append(step),
        () => steps.Add(step));

    /// <summary>Keeps the self-test's result: on disk first, then in memory.</summary>
    public void Add(SelfTestResult result) => Keep(
        on => on.Append(result),
        () => SelfTest = result);

    /// <summary>
    /// Keeps a probe of the search: on disk first, then in memory, for a run that ends before the search has its
    /// answer.
    /// </summary>
    public void Add(SearchProbe probe) => Keep(
        on => on.Append(probe),
        () => probes.Add(probe));

    /// <summary>Keeps the search's answer: on disk first, then in memory.</summary>
    public void Add(SearchResult found) => Keep(
        on => on.Append(found),
        () => search = found);

    /// <summary>Keeps what a server took that was started anew: on disk first, then in memory.</summary>
    public void Add(ImmutableArray<FreshStage> stages) => Keep(
        on => on.Append(stages),
        () => fresh = stages);

    /// <summary>Keeps a step of a run at a task size, on disk: the run that it belongs to may be killed.</summary>
    public void Add(string size, int run, JudgedStep step) => Keep(on => on.Append(size, run, step));

    /// <summary>As <see cref="Add(string, int, JudgedStep)"/>, a probe of its search.</summary>
    public void Add(string size, int run, SearchProbe probe) => Keep(on => on.Append(size, run, probe));

    /// <summary>Keeps a run at a task size: on disk first, then in memory.</summary>
    public void Add(SizeRun run) => Keep(
        on => on.Append(run),
        () => sizes.Add(run));

    public void Add(ServiceMetrics service) => Locked(() => Service = service);

    public void AddDeployed(Finding finding) => Locked(() => deployed.Add(finding));

    public void Add(Publication publication) => Locked(() => publications.Add(publication));

    public void AddFault(string fault) => Locked(() => faults.Add(fault));

    /// <summary>Marks the log as complete; without this line a later reader knows that the run was killed.</summary>
    /// <returns>Why the log is not on disk as a whole; null where it is, or where this run has none.</returns>
    /// <param name="interrupted">What stopped the run; null where nothing did.</param>
    public string? Complete(string? interrupted) => Locked(() =>
    {
        // Reports are written again when something is known that came after the last step; the log ends once.
        if (!completed)
            log?.Complete(interrupted);
        completed = true;
        return log?.Unwritten?.Problem;
    });

    // A line that cannot be written must not cost the step: it stays in memory and on the screen, and the verdict
    // knows.
    private void Keep(Action<StepsLog> write, Action? remember = null) => Locked(() =>
    {
        write(log ??= StepsLog.Start(folder, header(Id, StartedAt)));
        remember?.Invoke();
        if (log.Unwritten is not { } unwritten)
            return;
        faults.Add($"a measurement could not be kept on disk when it ended: {unwritten.Problem}");
        screen.Note(unwritten.Text);
    });

    private void Locked(Action action)
    {
        lock (gate)
            action();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
            return read();
    }
}
