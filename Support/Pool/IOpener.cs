namespace Support.Pool;

/// <summary>Opens connections until the schedule is empty, the sink stops it, or it is told to.</summary>
internal interface IOpener
{
    /// <summary>Opens; ends once every attempt that was begun is kept or counted.</summary>
    /// <param name="schedule">The attempts.</param>
    /// <param name="inFlight">Handshakes at once; at least 1.</param>
    /// <param name="stop">
    /// Abandons what is in flight: it counts as timed out in its stage where it had a second for it, else as
    /// interrupted.
    /// </param>
    Task OpenAsync(OpenSchedule schedule, int inFlight, CancellationToken stop);
}

/// <summary>Where an opener's results go; the pool.</summary>
internal interface IOpenSink
{
    /// <summary>True once nothing more is to be begun.</summary>
    bool IsStopped { get; }

    /// <summary>Counts an attempt as begun and gives its number, from 0.</summary>
    int Begin();

    /// <summary>Takes an open connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="timing">Its stages.</param>
    /// <param name="target">The index of the target's address.</param>
    void Keep(Connection connection, OpenTiming timing, int target);

    /// <summary>Takes a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="target">
    /// The index of the target's address; null where the attempt did not get as far as having one.
    /// </param>
    void Count(Failure failure, int? target);
}
