namespace Support.Pool;

/// <summary>What ended opening, or a step, before everything was attempted or held to the end.</summary>
public enum EarlyStopKind
{
    /// <summary>The step's time for opening passed: the only reason that the next opening does not inherit.</summary>
    Deadline,

    /// <summary>The first <see cref="WebSocketPool.HopelessAfter"/> attempts failed, and none succeeded.</summary>
    Hopeless,

    /// <summary>This client ran out of descriptors, ports or memory.</summary>
    ClientLimit,

    /// <summary>A worker process ended.</summary>
    WorkerEnded,

    /// <summary>The target's name does not resolve.</summary>
    Unresolved,

    /// <summary>The run was interrupted.</summary>
    Interrupted,

    /// <summary>Known in words only: a log of version 1.0 or before has no more.</summary>
    Unknown,
}

/// <summary>Why opening ended early.</summary>
/// <param name="Kind">What ended it.</param>
/// <param name="Text">The same for a person, with what was seen.</param>
public sealed record EarlyStop(EarlyStopKind Kind, string Text);
