namespace Support.Pool;

/// <summary>Opens connections over .NET's sockets: TLS everywhere, and every system that has no epoll.</summary>
internal sealed class SocketOpener(ConnectorContext context, IOpenSink sink) : IOpener
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(50);

    public async Task OpenAsync(OpenSchedule schedule, int inFlight, CancellationToken stop)
    {
        var connectors = Enumerable.Range(0, inFlight).Select(_ => new Connector(context)).ToArray();
        using var watching = new CancellationTokenSource();
        var watchdog = WatchAsync(connectors, stop, watching.Token);
        try
        {
            await Task.WhenAll(connectors.Select(
                connector => Task.Run(() => WorkAsync(connector, schedule, stop), CancellationToken.None)))
                .ConfigureAwait(false);
        }
        finally
        {
            await watching.CancelAsync().ConfigureAwait(false);
            await watchdog.ConfigureAwait(false);
            Array.ForEach(connectors, connector => connector.Dispose());
        }
    }

    private async Task WorkAsync(Connector connector, OpenSchedule schedule, CancellationToken stop)
    {
        while (!sink.IsStopped && schedule.TryTake(out var wait))
        {
            if (wait > TimeSpan.Zero && !await schedule.WaitAsync(wait, stop).ConfigureAwait(false))
                return;
            if (stop.IsCancellationRequested)
                return;
            var attempt = await AttemptAsync(connector).ConfigureAwait(false);
            if (attempt.Connection is { } connection)
                sink.Keep(connection, attempt.Timing, attempt.Target);
            else
                sink.Count(attempt.Failure!, attempt.Target);
        }
    }

    private async ValueTask<Attempt> AttemptAsync(Connector connector)
    {
        var index = sink.Begin();
        try
        {
            return await connector.OpenAsync(index).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A fault of the suite ends the run, and the attempt counts all the same.
            sink.Count(new(FailureKind.HarnessError, null, $"{e.GetType().Name}: {e.Message}"), target: null);
            throw;
        }
    }

    private async Task WatchAsync(Connector[] connectors, CancellationToken stop, CancellationToken done)
    {
        using var timer = new PeriodicTimer(WatchInterval, context.Time);
        // A stop need not wait for the next poll.
        using var abort = stop.Register(() => Array.ForEach(connectors, connector => connector.AbortNow()));
        try
        {
            var before = context.Time.GetTimestamp();
            while (await timer.WaitForNextTickAsync(done).ConfigureAwait(false))
            {
                var now = context.Time.GetTimestamp();
                context.Lag.Note(context.Time.GetElapsedTime(before, now) - WatchInterval);
                before = now;
                foreach (var connector in connectors)
                {
                    if (stop.IsCancellationRequested)
                        connector.AbortNow();
                    else
                        connector.AbortIfOverdue(now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Every worker is done.
        }
    }
}
