namespace Support.Pool.Workers;

/// <summary>What a worker can be told.</summary>
internal enum WorkerAct
{
    /// <summary>Make an empty pool in place of whatever there is.</summary>
    Create,

    /// <summary>Open so many connections more.</summary>
    Open,

    /// <summary>Begin no further attempt, for the given reason; what is in flight goes on.</summary>
    Halt,

    /// <summary>End what is being done, as its cancellation would.</summary>
    Stop,

    /// <summary>Ping each connection and count them.</summary>
    Ping,

    /// <summary>Tell everything that was counted.</summary>
    Read,

    /// <summary>Close everything.</summary>
    Close,

    /// <summary>Reset whatever is open, and give the memory back.</summary>
    Reset,
}

/// <summary>One line to a worker.</summary>
/// <param name="Act">What to do.</param>
internal sealed record WorkerCommand(WorkerAct Act)
{
    /// <summary>
    /// With <see cref="WorkerAct.Create"/>: the pool's options; they hold secrets, which is why commands go through a
    /// pipe.
    /// </summary>
    public PoolOptions? Options { get; init; }

    /// <summary>With <see cref="WorkerAct.Create"/>: the target's addresses, resolved once for all workers.</summary>
    public TargetAddresses? Addresses { get; init; }

    /// <summary>With <see cref="WorkerAct.Open"/>: how many.</summary>
    public int Count { get; init; }

    /// <summary>With <see cref="WorkerAct.Open"/>: how fast.</summary>
    public OpenPace? Pace { get; init; }

    /// <summary>
    /// With <see cref="WorkerAct.Open"/>: whether nobody else opens for the same pool, so that this one may give up by
    /// itself.
    /// </summary>
    public bool IsAlone { get; init; }

    /// <summary>With <see cref="WorkerAct.Halt"/>: why.</summary>
    public EarlyStop? Reason { get; init; }
}

/// <summary>What a line of a worker is.</summary>
internal enum WorkerSays
{
    /// <summary>The first line: what it may have open.</summary>
    Hello,

    /// <summary>What was counted so far, by itself and four times a second; without timings.</summary>
    Counts,

    /// <summary>The last command is done.</summary>
    Done,

    /// <summary>The last command met a fault of the suite.</summary>
    Failed,
}

/// <summary>One line of a worker.</summary>
/// <param name="Says">What it is.</param>
internal sealed record WorkerReply(WorkerSays Says)
{
    /// <summary>With <see cref="WorkerSays.Hello"/>.</summary>
    public WorkerHello? Hello { get; init; }

    /// <summary>With <see cref="WorkerSays.Counts"/>, and when opening or reading is done.</summary>
    public PoolFacts? Facts { get; init; }

    /// <summary>When pinging is done: the connections that are alive.</summary>
    public int Held { get; init; }

    /// <summary>With <see cref="WorkerSays.Failed"/>: what went wrong.</summary>
    public string? Error { get; init; }
}

/// <summary>What a worker says of itself when it starts.</summary>
/// <param name="DescriptorLimit">Its soft limit of open files; null where there is none or it is not known.</param>
internal sealed record WorkerHello(long? DescriptorLimit);
