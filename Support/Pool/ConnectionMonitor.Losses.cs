using System.Collections.Immutable;

namespace Support.Pool;

/// <summary>When and how open connections ended.</summary>
internal sealed partial class ConnectionMonitor
{
    private const double MillisecondsPerSecond = 1000;

    private readonly Lock lossGate = new();
    private readonly List<Loss> losses = [];

    /// <summary>The open connections that ended so far without being asked to; at most one a connection.</summary>
    public ImmutableArray<Loss> Losses
    {
        get
        {
            lock (lossGate)
                return [.. losses];
        }
    }

    // Milliseconds since the pool was made; 24 days fit.
    private int Now() => (int)Math.Min(int.MaxValue, time.GetElapsedTime(made).TotalMilliseconds);

    private void Lose(Connection connection, Failure failure)
    {
        failures.Add(failure);
        // Whoever was open when the run was stopped did not end.
        if (failure.Kind == FailureKind.Interrupted)
            return;
        var ended = EndOf(connection, failure);
        var loss = new Loss(
            failure.Class, (ended - connection.LastByte) / MillisecondsPerSecond, ended / MillisecondsPerSecond);
        lock (lossGate)
            losses.Add(loss);
    }

    // The kernel remembers when a FIN came; of every other end it is known that it came since the poll before.
    private int EndOf(Connection connection, Failure failure)
    {
        var now = Now();
        return failure is { Kind: FailureKind.DroppedAbnormally, Detail: FailureDetail.Fin }
            && connection.Info() is { } info
            ? (int)Math.Max(connection.LastByte, now - info.SinceLastAck.TotalMilliseconds)
            : now;
    }
}
