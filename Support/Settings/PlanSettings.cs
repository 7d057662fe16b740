namespace Support.Settings;

/// <summary>What the estimate and the scaling plan are worked out for.</summary>
public sealed record PlanSettings
{
    /// <summary>Connections of the whole service at its peak.</summary>
    /// <value>1 to 1,000,000,000. Default: 10,000.</value>
    public long TargetConnections { get; init; } = 10_000;

    /// <summary>The factor on the number of tasks.</summary>
    /// <value>1 to 10. Default: 1.2.</value>
    public double Buffer { get; init; } = 1.2;

    /// <summary>What one task is, for estimate and cost: the name of an instance type, as in <c>t3.medium</c>, or CPU units and MiB, as in <c>512/1024</c>.</summary>
    /// <value>Default: null, the size that was measured, else that of the task under test, else not known.</value>
    public string? Size { get; init; }

    /// <summary>Memory that the server needs for one connection, in bytes.</summary>
    /// <value>1 to 1,000,000,000. Default: null, what the run measures; before that 65,536.</value>
    public long? BytesPerConnection { get; init; }

    /// <summary>Memory that is not there for connections: runtime, system, sidecars; in MiB.</summary>
    /// <value>0 to 4,194,304. Default: null, what the run measures; before that an eighth of the whole, 512 MiB at most.</value>
    public int? ReservedMemory { get; init; }

    /// <summary>Messages that each connection carries a second, both directions added up.</summary>
    /// <value>0 to 1,000,000. Default: 1.</value>
    public double MessageRate { get; init; } = 1;

    /// <summary>Payload of a message, in bytes.</summary>
    /// <value>0 to 1,000,000,000. Default: 200, a line of chat.</value>
    public int MessageBytes { get; init; } = 200;

    /// <summary>Processor time that the server takes for one message.</summary>
    /// <value>Above 0 up to 10 s. Default: 50 µs (the embedded server, echoing 200 bytes: 12.5 µs where it is saturated, 43 µs at 10,000 messages a second).</value>
    public TimeSpan MessageTime { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Availability zones that the service's tasks are spread over; the plan covers the loss of one.</summary>
    /// <value>1 to 6; with 1 no loss is covered. Default: 3.</value>
    public int Zones { get; init; } = 3;

    /// <summary>The percentage of the desired tasks that keeps running during a deployment (ECS API reference, DeploymentConfiguration).</summary>
    /// <value>1 to 100. Default: 100, as in ECS.</value>
    public int MinimumHealthyPercent { get; init; } = 100;

    /// <summary>Within what time clients that all lost their connection at once have to be back.</summary>
    /// <value>1 s to 1 h. Default: 60 s.</value>
    public TimeSpan ReconnectWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may be silent before server or client pings: the load balancer's idle timeout has to be longer.</summary>
    /// <value>1 s to 1 h. Default: 30 s.</value>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest average time to answer an upgrade (TargetResponseTime), and to answer a ping, that is no alarm.</summary>
    /// <value>1 ms to 1 min. Default: 500 ms.</value>
    public TimeSpan ResponseTime { get; init; } = TimeSpan.FromMilliseconds(500);
}
