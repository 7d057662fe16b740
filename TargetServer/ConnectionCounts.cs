namespace TargetServer;

/// <summary>What becomes of an upgrade request.</summary>
internal enum Admission
{
    /// <summary>It is opened.</summary>
    Opened,

    /// <summary>It is opened as the last one, before the port refuses.</summary>
    OpenedLast,

    /// <summary>It is answered with the status of --reject.</summary>
    Rejected,

    /// <summary>It is answered with the status of --cap.</summary>
    OverCap,

    /// <summary>It is never answered.</summary>
    Stalled,

    /// <summary>It came over a connection that was made before the port refused, and is reset.</summary>
    Reset,
}

/// <summary>Numbers of one instant, as <c>/stats</c> gives them.</summary>
internal sealed record StatsSnapshot(int Open, int Peak, long Total, long Rejected, DateTimeOffset StartedAt);

/// <summary>
/// Counts connections and admits them: both under one lock, so that a cap of N is N whatever comes at once.
/// </summary>
internal sealed class ConnectionCounts(ServerOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    // Written under the lock only.
    private int open, peak;
    private long total, rejected;

    public Admission Admit()
    {
        lock (gate)
        {
            var admission = Decide();
            if (admission is Admission.Rejected or Admission.OverCap)
                rejected++;
            if (admission is not (Admission.Opened or Admission.OpenedLast))
                return admission;

            total++;
            open++;
            peak = Math.Max(peak, open);
            return admission;
        }
    }

    public void Closed()
    {
        lock (gate)
            open--;
    }

    public StatsSnapshot Snapshot()
    {
        lock (gate)
            return new(open, peak, total, rejected, startedAt);
    }

    private Admission Decide()
    {
        if (options.Reject is not null)
            return Admission.Rejected;
        if (total >= options.RefuseAfter)
            return Admission.Reset;
        if (open >= options.StallAfter)
            return Admission.Stalled;
        if (open >= options.Cap)
            return Admission.OverCap;
        return total + 1 == options.RefuseAfter ? Admission.OpenedLast : Admission.Opened;
    }
}
