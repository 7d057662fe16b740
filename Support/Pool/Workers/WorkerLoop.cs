using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Support.Host;

namespace Support.Pool.Workers;

/// <summary>
/// A worker's life: obeys the lines that come in, answers each with a line, and ends when no more can come.
/// </summary>
public sealed class WorkerLoop : IAsyncDisposable
{
    // What the suite shows of a pool is that old at most, and a worker that says nothing for long is known to be stuck.
    private static readonly TimeSpan CountsInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(2);

    private readonly Stream output;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim line = new(1);
    private readonly CancellationTokenSource gone = new();
    private CancellationTokenSource stop = new();
    private Task working = Task.CompletedTask;

    // Written by the command at work; read by whoever counts.
    private volatile WebSocketPool? pool;

    private WorkerLoop(Stream output, TimeProvider time) => (this.output, this.time) = (output, time);

    /// <summary>Runs until the input ends.</summary>
    /// <param name="input">The commands.</param>
    /// <param name="output">The answers.</param>
    /// <param name="errors">What a person should know.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The exit code: 0, or 1 where something came that is no command.</returns>
    public static async Task<int> RunAsync(Stream input, Stream output, TextWriter errors, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var loop = new WorkerLoop(output, time);
        await using (loop.ConfigureAwait(false))
        {
            var counting = loop.CountOnAsync();
            var isClean = await loop.ObeyAllAsync(Lines(input)).ConfigureAwait(false);
            await loop.gone.CancelAsync().ConfigureAwait(false);
            await counting.ConfigureAwait(false);
            if (isClean)
                return 0;
        }

        // Not the line itself: it may hold a secret.
        await errors.WriteLineAsync("A line came in that is no command. Only the suite of "
            + "the same build can talk to this process.").ConfigureAwait(false);
        return 1;
    }

    /// <summary>Ends what is under way, and resets what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        try
        {
            await working.WaitAsync(EndDeadline, time).ConfigureAwait(false);
            if (pool is { } left)
                await left.DisposeAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The process ends now, and its connections with it.
        }

        stop.Dispose();
        gone.Dispose();
        line.Dispose();
    }

    // Reading blocks: on a thread of its own, it takes none from the pool's few.
    private static ChannelReader<string> Lines(Stream input)
    {
        var lines = Channel.CreateUnbounded<string>();
        _ = Task.Factory.StartNew(
            () =>
            {
                using var reader = new StreamReader(input, Encoding.UTF8);
                while (reader.ReadLine() is { } next)
                    lines.Writer.TryWrite(next);
                lines.Writer.Complete();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return lines.Reader;
    }

    private async Task<bool> ObeyAllAsync(ChannelReader<string> lines)
    {
        var limit = OpenFileLimits.OfThisProcess().Soft.Count;
        await SayAsync(new(WorkerSays.Hello) { Hello = new(limit) }).ConfigureAwait(false);
        await foreach (var text in lines.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (WorkerLines.Command(text) is not { } command)
                return false;
            await ObeyAsync(command).ConfigureAwait(false);
        }

        return true;
    }

    private async Task ObeyAsync(WorkerCommand command)
    {
        if (command.Act == WorkerAct.Halt)
        {
            pool?.Halt(command.Reason!);
        }
        else if (command.Act == WorkerAct.Stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
        else
        {
            // One at a time: the suite waits for an answer before it asks for more.
            await working.ConfigureAwait(false);
            stop.Dispose();
            stop = new();
            working = Task.Run(() => AnswerAsync(command, stop.Token));
        }
    }

    private async Task AnswerAsync(WorkerCommand command, CancellationToken stopped)
    {
        WorkerReply reply;
        try
        {
            reply = await DoAsync(command, stopped).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            reply = new(WorkerSays.Failed) { Error = $"{e.GetType().Name}: {e.Message}" };
        }

        await SayAsync(reply).ConfigureAwait(false);
    }

    private async Task<WorkerReply> DoAsync(WorkerCommand command, CancellationToken stopped)
    {
        var done = new WorkerReply(WorkerSays.Done);
        if (command.Act is WorkerAct.Create or WorkerAct.Reset)
        {
            await ResetAsync().ConfigureAwait(false);
            if (command.Act == WorkerAct.Create)
                pool = WebSocketPool.Over(command.Options!, command.Addresses!, time);
            return done;
        }

        var open = pool ?? throw new InvalidOperationException($"{command.Act} before Create");
        switch (command.Act)
        {
            case WorkerAct.Open:
                open.GivesUp = command.IsAlone;
                await open.OpenAsync(command.Count, command.Pace!, stopped).ConfigureAwait(false);
                return done with { Facts = await open.ReadAsync().ConfigureAwait(false) };
            case WorkerAct.Ping:
                return done with { Held = await open.PingAsync(stopped).ConfigureAwait(false) };
            case WorkerAct.Read:
                return done with { Facts = await open.ReadAsync().ConfigureAwait(false) };
            default:
                await open.CloseAsync(stopped).ConfigureAwait(false);
                return done;
        }
    }

    private async Task ResetAsync()
    {
        if (pool is not { } former)
            return;
        pool = null;
        await former.DisposeAsync().ConfigureAwait(false);
        // The next step's memory is measured from here: what the last one needed must not be there to be used again.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private async Task CountOnAsync()
    {
        using var timer = new PeriodicTimer(CountsInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(gone.Token).ConfigureAwait(false))
            {
                if (pool is { } counted)
                    await SayAsync(new(WorkerSays.Counts) { Facts = counted.Tally() }).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The suite is gone, and nobody wants counts any more.
        }
    }

    private async Task SayAsync(WorkerReply reply)
    {
        await line.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await JsonSerializer.SerializeAsync(output, reply, WorkerJson.Default.WorkerReply, CancellationToken.None)
                .ConfigureAwait(false);
            output.WriteByte((byte)'\n');
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Nobody listens any more; then the input ends as well, and this process with it.
        }
        finally
        {
            line.Release();
        }
    }
}
