using Support.Environments;
using Support.Measuring;
using Support.Pool;
using Support.Pool.Workers;
using Support.Reports;
using Support.Settings;
using Support.Targets;

namespace CapacityTests;

/// <summary>The server under test: found or started once, with what can be read about it.</summary>
internal sealed class TargetSession : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly WorkerCrew crew = new(TimeProvider.System);
    private EmbeddedTarget? embedded;
    private CheckContext? context;

    /// <summary>How the reports name the target; needs no connection.</summary>
    public TargetFacts Facts => CapacityRun.Settings.Settings?.Target.Url is { } url
        ? new(UrlRedaction.Redact(url), Embedded: false)
        : new(embedded?.Url.ToString() ?? "embedded", Embedded: CapacityRun.Settings.IsUsable);

    /// <summary>Where the connections are held.</summary>
    public IPoolSource Pools => crew;

    /// <summary>True where the embedded target ended by itself.</summary>
    public bool HasDied => embedded is { HasExited: true };

    /// <summary>What the embedded target said last; empty where it said nothing.</summary>
    public string LastWords => embedded?.LastErrors ?? "";

    /// <summary>Why the embedded target could not be started; null where it could, or where nobody asked yet.</summary>
    public string? StartFault { get; private set; }

    /// <summary>The target's URL on <c>/stats</c>, where it answers there.</summary>
    private Uri? Stats { get; set; }

    /// <summary>Starts the embedded target where no other is named, and gives what the checks need.</summary>
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

    /// <summary>As <see cref="ContextAsync"/>; null where the embedded target cannot be started, which the verdict then knows as a fault.</summary>
    public async Task<CheckContext?> TryContextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ContextAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            StartFault = $"the embedded target could not be started: {e.Message}";
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

    public async ValueTask DisposeAsync()
    {
        await crew.DisposeAsync();
        if (embedded is not null)
            await embedded.DisposeAsync();
        gate.Dispose();
    }

    private async Task<CheckContext> OpenAsync(CancellationToken cancellationToken)
    {
        var settings = CapacityRun.Settings.Settings!;
        if (settings.Target.Url is null)
            embedded = await EmbeddedTarget.StartAsync(new EmbeddedTargetOptions(), cancellationToken);
        var url = settings.Target.Url ?? embedded!.Url;
        Stats = await TargetStatsReader.ProbeAsync(url, cancellationToken) is null ? null : url;
        return new()
        {
            Settings = settings,
            LadderTop = CapacityRun.Ladder!.Top,
            TargetUrl = url,
            TargetPid = embedded?.ProcessId ?? (TargetEndPoint.Of(url) is { } local ? LocalListener.FindProcessId(local) : null),
            Handshake = token => HandshakeCheck.RunAsync(PoolOptions.From(settings, url), token),
        };
    }
}
