using Support.Host;
using Support.Measuring;
using Support.Pool;
using Support.Reports;
using Support.Settings;
using Support.Targets;
using Support.Verdict;

namespace Support.Run;

/// <summary>The server under test: found or started once, with what can be read about it.</summary>
internal sealed class TargetUnderTest(RunContext run) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private IEmbeddedServer? embedded;
    private IServerProcess? started;
    private CheckContext? context;
    private CeilingPrediction? prediction;

    // The target's URL on /stats, where it answers there.
    private Uri? stats;

    private ITargetHost Servers => run.Parts.Host;

    /// <summary>
    /// What starts the server, where the settings say so; null where it runs already, or is embedded.
    /// </summary>
    public ServerCommand? Command { get; } =
        run.Settings?.Target is { Command: { } line, Url: { } url } target
        ? new(line, url, run.Parts.BaseDirectory) { StartTimeout = target.StartTimeout }
        : null;

    /// <summary>How the reports name the target; needs no connection.</summary>
    public TargetFacts Facts => run.Settings?.Target.Url is { } url
        ? new(UrlRedaction.Redact(url), Embedded: false)
        : new(embedded?.Url.ToString() ?? "embedded", Embedded: run.Parts.Settings.IsUsable);

    /// <summary>Whether the target is started by this suite: then it runs on this machine.</summary>
    public bool IsHere =>
        run.Settings?.Target is { } target && (target.Url is null || target.Command is not null);

    /// <summary>
    /// Why the server that the suite starts could not be started; null where it could, or where nobody asked yet.
    /// </summary>
    public string? StartFault { get; private set; }

    /// <summary>Why the handshake before the ladder failed; null where it did not, or was not tried.</summary>
    public FailureClass? Handshake { get; private set; }

    /// <summary>What was predicted for this machine and target; null where nobody asked yet.</summary>
    public CeilingTable? Ceilings => prediction?.Table;

    /// <summary>
    /// The fault where the embedded target ended by itself; else null. Its end says nothing about how much it holds.
    /// </summary>
    public string? Death
    {
        get
        {
            if (embedded is not { HasExited: true } died)
                return null;
            var fault = $"the embedded target ended by itself. {died.LastErrors}".Trim();
            run.Record.AddFault(fault);
            return fault;
        }
    }

    /// <summary>
    /// Starts the server where it does not run already, and gives what the checks need; null where it cannot be
    /// started, which the verdict then knows as a fault.
    /// </summary>
    public async Task<CheckContext?> TryContextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ContextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (
            e is InvalidOperationException or TimeoutException or IOException or ServerStartException)
        {
            StartFault = Command is null
                ? $"the embedded target could not be started: {e.Message}"
                : $"the server of Target.Command could not be started: {e.Message}";
            run.Record.AddFault(StartFault);
            return null;
        }
    }

    /// <summary>What this client can attempt; null where the target cannot be started.</summary>
    // Read once: the steps themselves use up descriptors and ports, and give them back.
    public async Task<CeilingPrediction?> PredictAsync(CancellationToken cancellationToken)
    {
        if (await TryContextAsync(cancellationToken).ConfigureAwait(false) is not { } known)
            return null;
        return prediction ??= CeilingPredictor.Predict(
            await known.FactsAsync(cancellationToken).ConfigureAwait(false), known);
    }

    /// <summary>A runner for the ladder's steps.</summary>
    public async Task<StepRunner> RunnerAsync(CancellationToken cancellationToken)
    {
        var checks = await ContextAsync(cancellationToken).ConfigureAwait(false);
        return StepRunner.For(
            checks.Settings, checks.TargetUrl!, run.Pools, run.Parts.Pools,
            new ResourceMeter(checks.TargetPid, stats), run.Time, run.Screen);
    }

    /// <summary>
    /// Ends the server of <c>Target.Command</c>, starts it anew, and gives a runner with nothing connected before it.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for its first answer.</param>
    /// <exception cref="ServerStartException">It did not start again.</exception>
    public async Task<StepRunner> RenewAsync(CancellationToken cancellationToken)
    {
        await started!.DisposeAsync().ConfigureAwait(false);
        var (settings, command) = (run.Settings!, Command!);
        started = await StartAsync(
            command, PoolOptions.From(settings, command.Url), cancellationToken).ConfigureAwait(false);
        return StepRunner.For(
            settings, command.Url, run.Pools, run.Parts.Pools,
            new ResourceMeter(ListenerOf(command.Url), stats), run.Time, run.Screen);
    }

    /// <summary>The pause before a step that is not the first.</summary>
    public async Task<StepPause> PauseAsync(CancellationToken cancellationToken)
    {
        var checks = await ContextAsync(cancellationToken).ConfigureAwait(false);
        return new(checks.Settings.Ladder.Pause, TargetEndPoint.Of(checks.TargetUrl!), stats, run.Time);
    }

    /// <summary>
    /// What a check of the environment finds; a finding of its own where the server cannot be started.
    /// </summary>
    public async Task<Finding> FindAsync(EnvironmentCheck check, CancellationToken cancellationToken)
    {
        if (await TryContextAsync(cancellationToken).ConfigureAwait(false) is { } known)
            return await WithEndAsync(
                await check.RunAsync(known, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var next = Command is null
            ? "Build the solution (dotnet build), or name a server with Target.Url."
            : "Run Target.Command by hand, in this suite's folder, and see what it says.";
        return new(check.Id, check.Title, CheckOutcome.Critical, "a server that starts", StartFault!, next);
    }

    /// <summary>Ends the server that this suite started, where it did; what was read about it stays.</summary>
    public async Task EndServerAsync()
    {
        if (embedded is not null)
            await embedded.DisposeAsync().ConfigureAwait(false);
        if (started is not null)
            await started.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EndServerAsync().ConfigureAwait(false);
        gate.Dispose();
    }

    // Adds to a critical finding how the server of Target.Command ended, where it did.
    private async Task<Finding> WithEndAsync(Finding finding)
    {
        if (finding.Outcome != CheckOutcome.Critical || started is not { HasEnded: true } ended)
            return finding;
        var words = ServerEndText.Of(await ended.EndAsync().ConfigureAwait(false)).Words;
        return finding with
        {
            Actual = $"{finding.Actual}; the server of Target.Command has exited: {words}",
            Next = $"Run Target.Command by hand, in {run.Parts.BaseDirectory}, and see what it says.",
        };
    }

    private async Task<CheckContext> ContextAsync(CancellationToken cancellationToken)
    {
        // Once it is there, a run that is being stopped may have it as well.
        if (context is { } known)
            return known;
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return context ??= await OpenAsync(run.Settings!, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }

    private static int? ListenerOf(Uri url) =>
        TargetEndPoint.Of(url) is { } local ? LocalListener.FindProcessId(local) : null;

    private async Task<CheckContext> OpenAsync(CapacitySettings settings, CancellationToken cancellationToken)
    {
        if (settings.Target.Url is null)
            embedded = await Servers.StartEmbeddedAsync(cancellationToken).ConfigureAwait(false);
        if (Command is { } command)
        {
            var options = PoolOptions.From(settings, command.Url);
            started = await StartAsync(command, options, cancellationToken).ConfigureAwait(false);
        }

        var url = settings.Target.Url ?? embedded!.Url;
        stats = await TargetStatsReader.ProbeAsync(url, cancellationToken).ConfigureAwait(false) is null ? null : url;
        return new()
        {
            Settings = settings,
            LadderTop = settings.Ladder.Steps[^1],
            TargetUrl = url,
            TargetPid = embedded?.ProcessId ?? ListenerOf(url),
            Handshake = async token =>
            {
                var answer = await Servers.HandshakeAsync(PoolOptions.From(settings, url), token).ConfigureAwait(false);
                Handshake = answer.Failure;
                return answer;
            },
        };
    }

    // As the user started it by hand: in no group, and with this suite's own limits.
    private Task<IServerProcess> StartAsync(
        ServerCommand command, PoolOptions options, CancellationToken cancellationToken) => Servers.StartAsync(
            command, limits: null, CgroupDriver.None,
            async token => (await Servers.HandshakeAsync(options, token).ConfigureAwait(false)).Ok, cancellationToken);
}
