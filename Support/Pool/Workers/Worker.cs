using System.Diagnostics;
using System.Text.Json;
using Support.Targets;

namespace Support.Pool.Workers;

/// <summary>One worker process, and the talk with it: one question at a time, each with a deadline.</summary>
internal sealed class Worker : IAsyncDisposable
{
    // A cold start on a busy machine stays far below it.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);

    // A worker that works says so four times a second: one that is silent for so long is stuck, or the machine is lost.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly StderrTail errors;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim sending = new(1);
    private readonly TaskCompletionSource<WorkerHello?> greeted =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task listening;

    // The question that waits for its answer.
    private volatile TaskCompletionSource<WorkerReply?>? asked;

    private volatile PoolFacts facts = Nothing;
    private volatile WorkerEnd? end;
    private volatile string? complaint;
    private long heard;
    private int tellings;

    private Worker(Process process, TimeProvider time)
    {
        (this.process, this.time) = (process, time);
        ProcessId = process.Id;
        errors = new StderrTail(process.StandardError);
        listening = ListenAsync();
    }

    /// <summary>Its process.</summary>
    public int ProcessId { get; }

    /// <summary>What it said of itself when it started.</summary>
    public WorkerHello Hello { get; private set; } = new(DescriptorLimit: null);

    /// <summary>What it has counted, as far as it told; a quarter of a second old at most while it lives.</summary>
    public PoolFacts Facts => facts;

    /// <summary>How often it has told its counts by itself.</summary>
    public int Tellings => Volatile.Read(ref tellings);

    /// <summary>How it ended; null while it lives.</summary>
    public WorkerEnd? End => end;

    private static PoolFacts Nothing { get; } = new() { Counts = default };

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <param name="start">How; its three pipes are redirected.</param>
    /// <param name="time">The clock of every deadline.</param>
    /// <param name="cancellationToken">Ends the wait; the process is gone by then.</param>
    /// <exception cref="InvalidOperationException">
    /// It could not be started, ended, or said something else; the message quotes it.
    /// </exception>
    /// <exception cref="TimeoutException">It was not ready within 30 s.</exception>
    public static async Task<Worker> StartAsync(
        ProcessStartInfo start, TimeProvider time, CancellationToken cancellationToken)
    {
        var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{start.FileName} could not be started as a worker process.");
        var worker = new Worker(process, time);
        try
        {
            worker.Hello = await worker.greeted.Task.WaitAsync(StartDeadline, time, cancellationToken)
                .ConfigureAwait(false)
                ?? throw new InvalidOperationException(
                    $"{worker.End!.Words} before it was ready. Build PoolWorker again, together with the suite.");
            return worker;
        }
        catch
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="command">The question.</param>
    /// <param name="stop">Tells the worker to end it early; its answer is still waited for.</param>
    /// <returns>Null where the worker ended before it answered.</returns>
    /// <exception cref="InvalidOperationException">The worker met a fault of the suite.</exception>
    public async Task<WorkerReply?> AskAsync(WorkerCommand command, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<WorkerReply?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref heard, time.GetTimestamp());
        if (command.Act == WorkerAct.Create)
            facts = Nothing;
        asked = answer;
        await TellAsync(command).ConfigureAwait(false);
        var stopping = stop.Register(() => _ = TellAsync(new(WorkerAct.Stop)));
        await using (stopping.ConfigureAwait(false))
            await WaitAsync(answer).ConfigureAwait(false);
        var reply = await answer.Task.ConfigureAwait(false);
        return reply is { Says: WorkerSays.Failed }
            ? throw new InvalidOperationException(
                Say($"worker process {ProcessId} failed: {reply.Error}"))
            : reply;
    }

    /// <summary>Tells it something that has no answer; without effect where it has ended.</summary>
    public async Task TellAsync(WorkerCommand command)
    {
        await sending.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var pipe = process.StandardInput.BaseStream;
            await JsonSerializer.SerializeAsync(pipe, command, WorkerJson.Default.WorkerCommand, CancellationToken.None)
                .ConfigureAwait(false);
            pipe.WriteByte((byte)'\n');
            await pipe.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It ended; listening finds out how.
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Ends the process: asks, waits up to 2 s, then kills.</summary>
    public async ValueTask DisposeAsync()
    {
        // Not the writer: it would flush, and there may be nobody left to read.
        await process.StandardInput.BaseStream.DisposeAsync().ConfigureAwait(false);
        try
        {
            await listening.WaitAsync(EndDeadline, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await listening.ConfigureAwait(false);
        }

        process.Dispose();
    }

    // Ends with an answer or with the listening, whichever is first; and that ends because who is silent is killed, and
    // a process that is gone has no output. The listening alone cannot answer: its last look at what was asked may come
    // before the question.
    private async Task WaitAsync(TaskCompletionSource<WorkerReply?> answer)
    {
        while (!answer.Task.IsCompleted)
        {
            await Task.WhenAny(answer.Task, listening, Task.Delay(Poll, time, CancellationToken.None))
                .ConfigureAwait(false);
            if (listening.IsCompleted)
            {
                await listening.ConfigureAwait(false);
                answer.TrySetResult(null);
            }
            else if (!answer.Task.IsCompleted && time.GetElapsedTime(Volatile.Read(ref heard)) > Silence)
                GiveUp($"said nothing for {Silence.TotalSeconds:0} s");
        }
    }

    private void GiveUp(string why)
    {
        complaint ??= why;
        process.Kill();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (complaint is null
                && await process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                Volatile.Write(ref heard, time.GetTimestamp());
                if (WorkerLines.Reply(line) is { } reply)
                    Take(reply);
                else
                    GiveUp("wrote a line that is no answer");
            }
        }
        catch (IOException e)
        {
            GiveUp($"could not be heard any more ({e.Message})");
        }

        end = await EndedAsync().ConfigureAwait(false);
        greeted.TrySetResult(null);
        asked?.TrySetResult(null);
    }

    private void Take(WorkerReply reply)
    {
        if (reply.Facts is { } told)
        {
            facts = reply.Says == WorkerSays.Counts
                ? facts with
                {
                    Counts = told.Counts,
                    Failures = told.Failures,
                    Examples = told.Examples,
                    StoppedEarly = told.StoppedEarly,
                }
                : told;
        }

        if (reply.Says == WorkerSays.Counts)
            Volatile.Write(ref tellings, tellings + 1);
        else if (reply.Says == WorkerSays.Hello)
            greeted.TrySetResult(reply.Hello);
        else
            asked?.TrySetResult(reply);
    }

    // Its output ended, so it is ending; one that only closed it is made to.
    private async Task<WorkerEnd> EndedAsync()
    {
        using var deadline = new CancellationTokenSource(EndDeadline, time);
        try
        {
            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            GiveUp("closed its output");
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return WorkerEnd.Of(ProcessId, process.ExitCode, complaint, errors.Text);
    }
}
