using System.Collections.Immutable;

namespace Support.Settings;

/// <summary>What a run must reach, and at which task sizes it is measured.</summary>
public sealed record GateSettings
{
    /// <summary>The seed's table: what a task of a size is expected to hold.</summary>
    public static readonly ImmutableArray<ExpectedCapacity> SeedsTable =
    [
        new(new(256, 512), 200, 500), new(new(512, 1024), 500, 1_000), new(new(1024, 2048), 1_000, 2_000), new(new(2048, 4096), 2_000, 5_000),
    ];

    /// <summary>Steps up to here must be reliable and the limit must reach it; at a task size the safe limit must. Null sets no requirement.</summary>
    /// <value>1 to 1,000,000. Default: null.</value>
    public int? RequiredConnections { get; init; }

    /// <summary>The task sizes to measure the server at. Default: none.</summary>
    public SizeList Sizes { get; init; } = SizeList.None;

    /// <summary>The task definition whose size is gated, absolute. Default: null.</summary>
    public string? TaskDefinition { get; init; }

    /// <summary>What it was before the change: another file, or a git revision of <see cref="TaskDefinition"/>. Default: null, nothing is compared.</summary>
    public string? TaskDefinitionBefore { get; init; }

    /// <summary>The container of the task definition that is the server under test. Default: null, the essential one that maps the target's port, else the first.</summary>
    public string? Container { get; init; }

    /// <summary>How often each size is measured.</summary>
    /// <value>1 to 20. Default: 3.</value>
    public int Repeats { get; init; } = 3;

    /// <summary>Whether what is measured is written to <see cref="LockFile"/>. Default: false.</summary>
    public bool Accept { get; init; }

    /// <summary>The file of accepted capacities, absolute. Default: <c>capacity.lock.json</c> below the folder of Tests.sln.</summary>
    public string LockFile { get; init; } = "capacity.lock.json";

    /// <summary>What each size is expected to hold. Default: <see cref="SeedsTable"/>.</summary>
    public ImmutableArray<ExpectedCapacity> Expected { get; init; } = SeedsTable;

    /// <summary>Whether the server is measured at task sizes, in place of one ladder without them.</summary>
    public bool MeasuresSizes => !Sizes.IsEmpty || TaskDefinition is not null;
}

/// <summary>What tasks on Fargate and their load balancer cost, in US dollars an hour; null takes the default.</summary>
public sealed record PriceSettings
{
    /// <summary>A vCPU an hour. Above 0 up to 100. Default: null.</summary>
    public double? VcpuHour { get; init; }

    /// <summary>A GB of memory an hour. Above 0 up to 100. Default: null.</summary>
    public double? GigabyteHour { get; init; }

    /// <summary>An application load balancer an hour. Above 0 up to 100. Default: null.</summary>
    public double? LoadBalancerHour { get; init; }

    /// <summary>A load balancer capacity unit an hour. Above 0 up to 100. Default: null.</summary>
    public double? LcuHour { get; init; }
}
