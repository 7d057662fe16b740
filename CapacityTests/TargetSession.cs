using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Pool.Workers;
using Support.Reports;
using Support.Settings;
using Support.Targets;
using Support.Verdict;

namespace CapacityTests;

/// <summary>The server under test: found or started once, with what can be read about it.</summary>
internal sealed class TargetSession : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly WorkerCrew crew = new(TimeProvider.System);
    private EmbeddedTarget? embedded;
    private ServerProcess? started;
    private CheckContext? context;

    /// <summary>How the reports name the target; needs no connection.</summary>
    public TargetFacts Facts => CapacityRun.Settings.Settings?.Target.Url is { } url
        ? new(UrlRedaction.Redact(url), Embedded: false)
        : new(embedded?.Url.ToString() ?? "embedded", Embedded: CapacityRun.Settings.IsUsable);

    /// <summary>Where the connections are held.</summary>
    public IPoolSource Pools => crew;

    /// <summary>Whether the target is started by this suite: then it runs on this machine.</summary>
    public bool IsHere => CapacityRun.Settings.Settings is { } settings && (settings.Target.Url is null || settings.Target.Command is not null);

    /// <summary>True where the embedded target ended by itself.</summary>
    public bool HasDied => embedded is { HasExited: true };

    /// <summary>What the embedded target said last; empty where it said nothing.</summary>
    public string LastWords => embedded?.LastErrors ?? "";

    /// <summary>Why the server that the suite starts could not be started; null where it could, or where nobody asked yet.</summary>
    public string? StartFault { get; private set; }

    /// <summary>Why the handshake before the ladder failed; null where it did not, or was not tried.</summary>
    public FailureClass? Handshake { get; private set; }

    /// <summary>The target's URL on <c>/stats</c>, where it answers there.</summary>
    private Uri? Stats { get; set; }

    /// <summary>Starts the server where it does not run already, and gives what the checks need.</summary>
    public async Task<CheckContext> ContextAsync(CancellationToken cancellationToken)
    {
        // Once it is there, a run that is being stopped may have it as well.
        if (context is { } known)
            return known;
        await gate.WaitAsync(cancellationToken);
        try
        {
            return context ??= await OpenAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>As <see cref="ContextAsync"/>; null where the server that the suite starts cannot be started, which the verdict then knows as a fault.</summary>
    public async Task<CheckContext?> TryContextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ContextAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException or ServerStartException)
        {
            // What a user's server said may hold secrets, and this ends in a report.
            StartFault = CapacityRun.Command is null
                ? $"the embedded target could not be started: {e.Message}"
                : $"the server of Target.Command could not be started: {SizeReports.Unquoted(e.Message)}";
            CapacityRun.Record.AddFault(StartFault);
            return null;
        }
    }

    /// <summary>A runner for the ladder's steps.</summary>
    public async Task<StepRunner> RunnerAsync(IProgress<StepProgress> progress, CancellationToken cancellationToken)
    {
        var checks = await ContextAsync(cancellationToken);
        var ladder = checks.Settings.Ladder;
        return new(
            PoolOptions.From(checks.Settings, checks.TargetUrl!),
            Pools,
            new StepTiming(ladder.Hold, ladder.StepTimeout),
            new ResourceMeter(checks.TargetPid, Stats),
            TimeProvider.System,
            progress);
    }

    /// <summary>The pause before a step that is not the first.</summary>
    public async Task<StepPause> PauseAsync(CancellationToken cancellationToken)
    {
        var checks = await ContextAsync(cancellationToken);
        return new(checks.Settings.Ladder.Pause, TargetEndPoint.Of(checks.TargetUrl!), Stats, TimeProvider.System);
    }

    /// <summary>Adds to a critical finding how the server of Target.Command ended, where it did.</summary>
    public async Task<Finding> WithEndOfServerAsync(Finding finding)
    {
        if (finding.Outcome != CheckOutcome.Critical || started is not { HasEnded: true } ended)
            return finding;
        var words = ServerEndWords.Of(await ended.EndAsync()).Words;
        return finding with { Actual = $"{finding.Actual}; the server of Target.Command has ended: {words}", Next = $"Run Target.Command by hand, in {CapacityRun.BaseDirectory}, and see what it says." };
    }

    /// <summary>Ends the server that this suite started, where it did; what was read about it stays.</summary>
    public async Task EndServerAsync()
    {
        if (embedded is not null)
            await embedded.DisposeAsync();
        if (started is not null)
            await started.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await crew.DisposeAsync();
        await EndServerAsync();
        gate.Dispose();
    }

    private async Task<CheckContext> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = CapacityRun.Settings.Settings!;
        if (settings.Target.Url is null)
            embedded = await EmbeddedTarget.StartAsync(new EmbeddedTargetOptions(), cancellationToken);
        if (CapacityRun.Command is { } command)
            started = await StartAsync(command, settings, cancellationToken);
        var url = settings.Target.Url ?? embedded!.Url;
        Stats = await TargetStatsReader.ProbeAsync(url, cancellationToken) is null ? null : url;
        return new()
        {
            Settings = settings,
            LadderTop = CapacityRun.Ladder!.Top,
            TargetUrl = url,
            TargetPid = embedded?.ProcessId ?? (TargetEndPoint.Of(url) is { } local ? LocalListener.FindProcessId(local) : null),
            Handshake = async token =>
            {
                var answer = await HandshakeCheck.RunAsync(PoolOptions.From(settings, url), token);
                Handshake = answer.Failure;
                return answer;
            },
        };
    }

    // As the user started it by hand: in no group, and with this suite's own limits.
    private static Task<ServerProcess> StartAsync(ServerCommand command, CapacitySettings settings, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        command, limits: null, CgroupDriver.None, async token => (await HandshakeCheck.RunAsync(PoolOptions.From(settings, command.Url), token)).Ok, cancellationToken);
}
