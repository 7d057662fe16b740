using System.Collections.Immutable;
using Support.Targets;

namespace Support.Sizes;

/// <summary>The server under test in its control group: started anew, in a new group, when it has ended or does not answer any more.</summary>
/// <param name="command">What starts it.</param>
/// <param name="limits">What it may use.</param>
/// <param name="way">How it gets into its group.</param>
/// <param name="answers">One handshake.</param>
internal sealed class SizedServer(ServerCommand command, GroupLimits limits, CgroupDriver way, Func<CancellationToken, Task<bool>> answers) : IAsyncDisposable
{
    private readonly List<ServerEnd> ends = [];
    private ServerProcess? process;

    /// <summary>How it came to its end, each time that it was not this suite that ended it for good.</summary>
    public ImmutableArray<ServerEnd> Ends => [.. ends];

    /// <summary>From the start of the command to its first answer; of the first start.</summary>
    public TimeSpan? StartTime { get; private set; }

    /// <summary>What is in effect; null before the first start.</summary>
    public GroupLimits? Effective { get; private set; }

    /// <summary>Starts it.</summary>
    /// <exception cref="ServerStartException">It did not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        process = await ServerProcess.StartAsync(command, limits, way, answers, cancellationToken).ConfigureAwait(false);
        StartTime ??= process.StartTime;
        Effective ??= process.Effective;
    }

    /// <summary>Sees to it that it runs, and answers.</summary>
    /// <param name="isDoubtful">Whether it may have stopped answering: then it is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServerStartException">It ended, and did not start again.</exception>
    public async Task EnsureAsync(bool isDoubtful, CancellationToken cancellationToken)
    {
        if (process is { HasEnded: false } && (!isDoubtful || await answers(cancellationToken).ConfigureAwait(false)))
            return;
        await TakeEndAsync().ConfigureAwait(false);
        await StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes its end where it came by itself and nobody started it anew.</summary>
    public async Task NoteEndAsync()
    {
        if (process is { HasEnded: true })
            await TakeEndAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync().ConfigureAwait(false);
    }

    private async Task TakeEndAsync()
    {
        if (process is null)
            return;
        ends.Add(await process.EndAsync().ConfigureAwait(false));
        process = null;
    }
}
