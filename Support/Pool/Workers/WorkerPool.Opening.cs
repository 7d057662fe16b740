using System.Collections.Immutable;
using Support.Host;

namespace Support.Pool.Workers;

/// <summary>Opening, and what ends it before everything was attempted.</summary>
internal sealed partial class WorkerPool
{
    // Of a control group's memory: beyond it the kernel's choice who is killed is near, and a figure is worth more than
    // a victim.
    private const double FullShare = 0.95;

    private static readonly EarlyStop Deadline =
        new(EarlyStopKind.Deadline, "the step's deadline passed while worker processes were being started");

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // How often each worker must have told before a lack of any success is believed; empty where there is no such lack.
    private ImmutableArray<int> suspicion = [];

    /// <inheritdoc />
    public async Task OpenAsync(int count, OpenPace pace, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(pace);
        if (stopped is { Kind: EarlyStopKind.Deadline })
            stopped = null;
        opening = [];
        asked = Counts.Attempted + count;
        using var done = new CancellationTokenSource();
        var watching = WatchAsync(done.Token);
        try
        {
            await MakeRoomAsync(count, stop).ConfigureAwait(false);
            await DivideAsync(count, pace, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            stopped ??= Deadline;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }
    }

    private async Task DivideAsync(int count, OpenPace pace, CancellationToken stop)
    {
        stopped ??= WhyNot(workers);
        if (stopped is not null)
            return;
        var living = Living.ToList();
        var parts = PoolShares.Of(count, [.. living.Select(RoomOf)]);
        var shares = living.Zip(parts, (worker, part) => (Worker: worker, Count: part))
            .Where(share => share.Count > 0).ToList();
        opening = [.. shares.Select(share => share.Worker)];
        // With fewer handshakes at once than workers, they take turns.
        foreach (var turn in shares.Chunk(pace.InFlight))
        {
            if (stopped is not null || stop.IsCancellationRequested)
                return;
            var all = turn.Sum(share => (long)share.Count);
            var inFlight = PoolShares.AtLeastOne(pace.InFlight, [.. turn.Select(share => (long)share.Count)]);
            await Task.WhenAll(turn.Select((share, index) => share.Worker.AskAsync(
                new(WorkerAct.Open)
                {
                    Count = share.Count,
                    Pace = new(inFlight[index], pace.Rate * share.Count / all),
                    IsAlone = workers.Count == 1,
                },
                stop))).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested && stopped is null)
        {
            await Task.Delay(Poll, time, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var known = workers;
            if (WhyNot(known) is not { } why)
                continue;
            stopped = why;
            await Task.WhenAll(known.Select(worker => worker.TellAsync(new(WorkerAct.Halt) { Reason = why })))
                .ConfigureAwait(false);
        }
    }

    private EarlyStop? WhyNot(IReadOnlyList<Worker> known) =>
        known.Select(EndOf).FirstOrDefault(end => end is not null) is { } end
            ? new(EarlyStopKind.WorkerEnded, end.Example)
            : Hopeless(known) ?? OutOfMemory();

    // One worker alone sees for itself, and sooner.
    private EarlyStop? Hopeless(IReadOnlyList<Worker> known)
    {
        var counts = known.Select(worker => worker.Facts).ToList();
        var failures = counts.Sum(facts => facts.Failures.Values.Sum());
        if (known.Count < 2
            || failures < WebSocketPool.HopelessAfter || counts.Exists(facts => facts.Counts.Opened > 0))
        {
            suspicion = [];
            return null;
        }

        // One worker's failures may be newer than another's successes: two tellings later, they are not.
        var until = suspicion.Length == known.Count ? suspicion : [.. known.Select(worker => worker.Tellings + 2)];
        suspicion = until;
        return known.Where((worker, index) => worker.Tellings < until[index]).Any()
            ? null
            : WebSocketPool.Hopeless(
                failures,
                counts.SelectMany(facts => facts.Examples).Select(pair => $"{pair.Key}, {pair.Value}").First());
    }

    private EarlyStop? OutOfMemory()
    {
        if (memoryBefore.LimitBytes is null || Counts.Attempted >= asked
            || pools.Memory() is not { Share: >= FullShare, LimitBytes: { } limit, AvailableBytes: { } left } memory)
            return null;
        var example = Say($"the control group uses {limit - left} of {limit} bytes "
            + $"({memory.Share:P1}): stopped before the kernel ends a process for it");
        // Counted as the attempt that it kept from being made: attempts are opens and failures, without exception.
        var failure = new Failure(FailureKind.ClientLimit, FailureDetail.Memory, example);
        own.Add(failure);
        return WebSocketPool.OutOf(failure);
    }
}
