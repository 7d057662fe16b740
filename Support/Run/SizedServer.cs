using System.Collections.Immutable;
using Support.Measuring;
using Support.Pool;
using Support.Targets;
using Support.Verdict;

namespace Support.Run;

/// <summary>
/// The server under test in its control group: started anew, in a new group, when it has ended or does not answer any
/// more.
/// </summary>
/// <param name="tools">What it is started and asked with.</param>
/// <param name="limits">What it may use.</param>
internal sealed class SizedServer(SizeTools tools, GroupLimits limits) : IClimbServer, IAsyncDisposable
{
    // A server that is alive answers in far less; one that is stuck for want of memory never does.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly List<ServerEnd> ends = [];
    private IServerProcess? process;
    private Uri? stats;

    /// <inheritdoc />
    public bool ComesBack => true;

    /// <inheritdoc />
    public string? WhyNotJudged => null;

    /// <summary>How it ended, each time that it was not this suite that ended it for good.</summary>
    public ImmutableArray<ServerEnd> Ends => [.. ends];

    /// <summary>From the start of the command to its first answer; of the first start.</summary>
    public TimeSpan? StartTime { get; private set; }

    /// <summary>What is in effect; null before the first start.</summary>
    public GroupLimits? Effective { get; private set; }

    /// <summary>Starts it for the first time.</summary>
    /// <exception cref="ServerStartException">It did not answer.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        (StartTime, Effective) = (process!.StartTime, process.Effective);
    }

    /// <summary>Asks whether it answers on <c>/stats</c>.</summary>
    public async Task FindStatsAsync(CancellationToken cancellationToken) =>
        stats = await TargetStatsReader.ProbeAsync(tools.Command.Url, cancellationToken).ConfigureAwait(false) is null
            ? null
            : tools.Command.Url;

    /// <inheritdoc />
    public Task<JudgedStep?> WhyNotAsync(CapacityStep step, CancellationToken interrupted) => Task.FromResult(
        tools.Ceiling is { MaxAttemptable: { } most } ceiling && most < step.Sessions
            ? StepJudge.OverTheClient(step, ceiling)
            : null);

    /// <inheritdoc />
    public Task<StepRunner> RunnerAsync(CancellationToken interrupted) => Task.FromResult(StepRunner.For(
        tools.Settings, tools.Command.Url, tools.Pools, tools.Asking,
        // The server is found by its port, since it may be another process in the next step.
        new ResourceMeter(targetPid: null, stats), tools.Time, tools.Progress));

    /// <inheritdoc />
    /// <exception cref="ServerStartException">It ended, and did not start again.</exception>
    public async Task PauseAsync(int sessions, bool isDoubtful, CancellationToken interrupted)
    {
        var pause = new StepPause(tools.Settings.Ladder.Pause, TargetEndPoint.Of(tools.Command.Url), stats, tools.Time);
        await pause.WaitAsync(interrupted).ConfigureAwait(false);
        if (process is { HasEnded: false } && (!isDoubtful || await AnswersAsync(interrupted).ConfigureAwait(false)))
            return;
        await TakeEndAsync().ConfigureAwait(false);
        await StartAsync(interrupted).ConfigureAwait(false);
    }

    /// <summary>Ends it and starts it anew, though nothing is wrong with it: no end of its own is noted.</summary>
    /// <exception cref="ServerStartException">It did not start again.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync().ConfigureAwait(false);
        process = null;
        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes its end where it came by itself and nobody started it anew.</summary>
    public async Task NoteEndAsync()
    {
        if (process is { HasEnded: true })
            await TakeEndAsync().ConfigureAwait(false);
    }

    /// <summary>Ends it, with its group.</summary>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartAsync(CancellationToken cancellationToken) =>
        process = await tools.Host.StartAsync(
            tools.Command, limits, tools.Driver, AnswersAsync, cancellationToken).ConfigureAwait(false);

    private async Task TakeEndAsync()
    {
        if (process is null)
            return;
        ends.Add(await process.EndAsync().ConfigureAwait(false));
        process = null;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var options = PoolOptions.From(tools.Settings, tools.Command.Url) with
        {
            AttemptTimeout = AnswerTimeout, PongTimeout = AnswerTimeout, CloseTimeout = AnswerTimeout,
        };
        return (await tools.Host.HandshakeAsync(options, cancellationToken).ConfigureAwait(false)).Ok;
    }
}
