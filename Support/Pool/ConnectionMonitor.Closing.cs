using System.Net.Sockets;

namespace Support.Pool;

/// <summary>The end of all connections, so that the next pool starts clean.</summary>
internal sealed partial class ConnectionMonitor
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(10);

    // After the closing handshake the server closes TCP first (RFC 6455, 7.1.1); one that leaves it to us gets a reset.
    private static readonly TimeSpan FinTimeout = TimeSpan.FromSeconds(1);

    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await CloseAllAsync(Living(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task CloseAllAsync(List<Connection> living, CancellationToken cancellationToken)
    {
        foreach (var connection in living)
        {
            Poll(connection);
            if (connection.Phase > ConnectionPhase.Responsive)
                continue;
            connection.Phase = ConnectionPhase.CloseSent;
            if (connection.TrySend(frame.AsSpan(0, FrameWriter.Close(frame, NormalClosure))) != SocketError.Success)
                End(connection, null, reset: true);
        }

        var start = time.GetTimestamp();
        var progress = start;
        while (living.Count > 0
            && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(start) < LongestClose)
        {
            var answered = living.Count(IsAnswered);
            living.ForEach(connection => { if (connection.Phase != ConnectionPhase.Ended) Poll(connection); });
            var moved = living.RemoveAll(c => c.Phase == ConnectionPhase.Ended) > 0
                || living.Count(IsAnswered) > answered;
            if (moved)
                progress = time.GetTimestamp();
            var patience = living.TrueForAll(IsAnswered) ? FinTimeout : options.CloseTimeout;
            if (time.GetElapsedTime(progress) > patience)
                break;
            await RestAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var connection in living.Where(c => c.Phase != ConnectionPhase.Ended))
            End(connection, null, reset: true);
    }

    private static bool IsAnswered(Connection connection) =>
        connection.Phase is ConnectionPhase.CloseAnswered or ConnectionPhase.Leaving;
}
