using Support.Host;
using Support.Pool;
using Support.Pool.Workers;
using Support.Reports.Files;
using Support.Settings;

namespace Support.Run;

/// <summary>
/// One run, from settings to finished reports: composed once, and driven by whoever shows it, as a test runner does
/// case by case.
/// </summary>
public sealed class CapacityRun : IAsyncDisposable
{
    // Read once, by whoever asks first.
    private readonly Lazy<Task<EnvironmentFacts>> machine = new(
        () => new EnvironmentReader().ReadAsync(null, null, CancellationToken.None));

    private readonly RunContext run;
    private readonly WorkerPools? workers;
    private readonly ISelfTest selfTestServers;
    private readonly TargetUnderTest target;
    private readonly EcsContext ecs;
    private readonly RunReports reports;
    private FolderLock? folderLock;

    /// <summary>Composes a run; starts and reads nothing.</summary>
    /// <param name="parts">What it is made of.</param>
    public CapacityRun(RunParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        // The default where the setting itself is the problem.
        var folder = new ReportFolder(
            parts.Settings.ReportsDirectory ?? Path.Combine(parts.BaseDirectory, "reports", "latest"));
        workers = parts.Pools is null ? new(parts.Time) : null;
        var record = new RunRecord(folder, parts.Screen, parts.Time, Header);
        run = new(parts, parts.Pools ?? workers!, folder, record, Interruption);
        target = new(run);
        ecs = new(run);
        var publisher = new Publisher(run, target, ecs);
        selfTestServers = parts.SelfTest
            ?? new SelfTest.OwnServers(
                parts.Settings.Settings?.Target.Url?.Scheme == Uri.UriSchemeWss, parts.Time,
                () => OpenFileLimits.OfThisProcess().Soft.Count);
        SelfTest = new(run, selfTestServers);
        Ladder = new(run, target, SelfTest, publisher.Emit);
        Sizes = new(run, target, SelfTest, () => machine.Value);
        Memory = new(run, target);
        var task = new TaskUnderTest(run, target, ecs, Sizes);
        var scaling = new ScalingOutput(run, ecs, publisher);
        reports = new(run, target, ecs, Sizes, task, scaling);
        var ofTask = new RunTaskChecks(run, ecs, publisher, Sizes, task, () => machine.Value);
        Checks = new(run, SelfTest, target, ofTask.All, scaling.Checks(reports.Plan));
        Conclusion = new(run, reports, publisher, Sizes);
    }

    /// <summary>The settings, or everything that is wrong with them.</summary>
    public SettingsResult Settings => run.Parts.Settings;

    /// <summary>The folder of the reports, absolute.</summary>
    public string ReportsDirectory => run.Reports.Directory;

    /// <summary>Whether the run was stopped from outside.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>The checks before the first step, and after the last.</summary>
    public RunChecks Checks { get; }

    /// <summary>Whether the pool reads the truth.</summary>
    public SelfTest SelfTest { get; }

    /// <summary>The plain ladder and its search.</summary>
    public Ladder Ladder { get; }

    /// <summary>The task sizes, measured in place of the plain ladder where they are on.</summary>
    public SizeMeasurement Sizes { get; }

    /// <summary>What a connection takes of a server that was started anew.</summary>
    public ServerMemory Memory { get; }

    /// <summary>What is done once everything was measured.</summary>
    public Conclusion Conclusion { get; }

    /// <summary>
    /// Before anything else: makes the reports folder this run's own, for as long as the run lives. Where another run
    /// has it, nothing may be done.
    /// </summary>
    /// <returns>Who has it and what to do; null where nobody else has.</returns>
    public string? TakeFolder()
    {
        (folderLock, var refusal) = FolderLock.Take(run.Reports, run.Time);
        return refusal;
    }

    /// <summary>
    /// Before the first check: what the task uses is known as it was before the servers and the first connection.
    /// </summary>
    public async Task BeginAsync()
    {
        await ecs.MetadataAsync(CancellationToken.None).ConfigureAwait(false);
        if (Sizes.IsOn)
            await Sizes.PlanAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Writes every report of what is recorded by now, where a report with all of it is not on disk yet, and none after
    /// it: the process ends. From any thread.
    /// </summary>
    /// <param name="endedBy">What ends the run before its own end; null where that is known.</param>
    internal void WriteWhatIsKnown(string? endedBy)
    {
        if (endedBy is not null && !reports.IsFinal)
            Interruption.Note(endedBy);
        reports.WriteWhatIsKnown(isOver: true);
    }

    /// <summary>Ends every server and worker of the run.</summary>
    public async ValueTask DisposeAsync()
    {
        await selfTestServers.DisposeAsync().ConfigureAwait(false);
        if (workers is not null)
            await workers.DisposeAsync().ConfigureAwait(false);
        await target.DisposeAsync().ConfigureAwait(false);
        ecs.Dispose();
        Interruption.Dispose();
        folderLock?.Dispose();
    }

    private StepsLogHeader Header(string id, DateTimeOffset startedAt)
    {
        var (ladder, facts) = (run.Settings!.Ladder, target.Facts);
        return new(
            id, startedAt, ladder.Profile, ladder.Threshold, run.Parts.Version, facts.Url, facts.Embedded);
    }
}
