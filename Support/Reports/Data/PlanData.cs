using System.Collections.Immutable;
using Support.Plan;
using Support.Reports.Content;
using Support.Settings;

namespace Support.Reports.Data;

/// <summary>How many tasks the service needs, and what each of them carries then.</summary>
internal sealed class PlanData(CapacityReport report)
{
    private readonly ScalingPlan plan = report.Plan;

    /// <summary>Of the whole service.</summary>
    public long TargetConnections => plan.TargetConnections;
    /// <summary>The safe limit of one task; null where nothing was measured.</summary>
    public int? ConnectionsPerTask => plan.ConnectionsPerTask;
    /// <summary>The factor on the number of tasks.</summary>
    public double Buffer => plan.Buffer;
    /// <summary>By the buffer alone: ceil(targetConnections divided by connectionsPerTask, times buffer).</summary>
    public long? TasksNeeded => plan.TasksNeeded;
    /// <summary>True where the client was the limit: a task may hold more, and fewer tasks may do.</summary>
    public bool AtMost => FoundLimit.IsOfThisClient(report.Verdict);
    /// <summary>
    /// True where a task may hold more, because no limit was reached or the client was the limit: the numbers of tasks
    /// are the most that is needed.
    /// </summary>
    public bool IsLowerBound => Summary.IsAtMost(report);
    /// <summary>
    /// Why the limit that the plan rests on may not be that of one task of its size: then no policies are written. Null
    /// where there is no doubt.
    /// </summary>
    public string? Doubt => plan.Doubt;
    /// <summary>What one task is; null where it is not known.</summary>
    public MachineData? Size => MachineData.Of(plan.Size, plan.SizeFrom);
    /// <summary>Handshakes per second that one task answered, at least; null where none was measured.</summary>
    public double? OpensPerSecond => plan.OpensPerSecond;
    /// <summary>Whether that comes from less than a second of opening, and is doubtful.</summary>
    public bool OpensAreDoubtful => plan.IsBurst;
    /// <summary>Availability zones that the tasks are spread over.</summary>
    public int Zones => plan.Settings.Zones;
    /// <summary>Of the desired tasks, those that keep running during a deployment.</summary>
    public int MinimumHealthyPercent => plan.Settings.MinimumHealthyPercent;
    /// <summary>Within what time clients that were all cut off are back.</summary>
    public double ReconnectWithinSeconds => plan.Settings.ReconnectWithin.TotalSeconds;
    /// <summary>Tasks that cover each of needs, one at a time; null where nothing was measured.</summary>
    public long? Desired => plan.Desired;
    /// <summary>The least that scaling may leave.</summary>
    public long? Minimum => plan.Minimum;
    /// <summary>The most that scaling may start.</summary>
    public long? Maximum => plan.Maximum;
    /// <summary>The scaling target per task: connections on average; a single task can be above.</summary>
    public int? TargetPerTask => plan.TargetPerTask;
    /// <summary>How many tasks each thing asks for that can happen; empty where nothing was measured.</summary>
    public ImmutableArray<PlanNeed> Needs => plan.Needs.OrNone();
    /// <summary>What a task carries in each situation, at desired tasks.</summary>
    public ImmutableArray<PlanLoad> Loads => plan.Loads.OrNone();
    /// <summary>A month of 730 hours, in US dollars; null where the size is not known.</summary>
    public CostData? Cost =>
        plan.Cost is { } cost ? new(cost.Task, cost.Tasks, cost.LoadBalancers, cost.Total, cost.Of) : null;
    /// <summary>The same plan for other targets, ascending.</summary>
    public IEnumerable<PlanRowData> Table => plan.Table.Each(row => new PlanRowData(row));
    /// <summary>What one task was expected to hold before it was measured; null where its size is not known.</summary>
    public EstimateData? Estimate => plan.Estimate is { } estimate ? new(estimate) : null;
    /// <summary>
    /// The estimate compared with what was measured; null where one of them is missing, or where another size was
    /// measured.
    /// </summary>
    public ComparisonData? Comparison => plan.Comparison is { } comparison ? new(comparison) : null;
    /// <summary>Rules of thumb, each with what was found.</summary>
    public ImmutableArray<RuleOfThumb> Rules => plan.Rules.OrNone();
    /// <summary>The names of the files in scaling/, next to this one; empty where there are none.</summary>
    public ImmutableArray<string> Files => report.ScalingFiles.OrNone();
}

/// <summary>What one task is.</summary>
/// <param name="Name">An instance type, or CPU units / MiB.</param>
/// <param name="Vcpus">0.25 is a quarter of one.</param>
/// <param name="MemoryMiB">All of it.</param>
/// <param name="From">Where the size comes from, as in Plan.Size.</param>
internal sealed record MachineData(string Name, double? Vcpus, int MemoryMiB, string? From)
{
    internal static MachineData? Of(MachineSize? size, string? from) =>
        size is null ? null : new(size.Name, size.Vcpus, size.Memory, from);
}

/// <summary>What a plan costs a month of 730 hours, in US dollars.</summary>
/// <param name="Task">One task.</param>
/// <param name="Tasks">All desired tasks.</param>
/// <param name="LoadBalancers">With their capacity units.</param>
/// <param name="Total">Tasks and load balancers.</param>
/// <param name="Of">Where the prices come from, with the date.</param>
internal sealed record CostData(double? Task, double? Tasks, double? LoadBalancers, double? Total, string Of);

/// <summary>The plan for one target.</summary>
internal sealed class PlanRowData(PlanRow row)
{
    /// <summary>Of the whole service.</summary>
    public long TargetConnections => row.TargetConnections;
    /// <summary>By the buffer alone.</summary>
    public long TasksNeeded => row.TasksNeeded;
    /// <summary>Tasks that cover everything that can happen.</summary>
    public long Desired => row.Desired;
    /// <summary>While all tasks run.</summary>
    public long ConnectionsPerTask => row.ConnectionsPerTask;
    /// <summary>What asks for the most tasks.</summary>
    public PlanNeedKind BoundBy => row.BoundBy;
    /// <summary>For the targets that one can have.</summary>
    public long LoadBalancers => row.LoadBalancers;
    /// <summary>US dollars, load balancers included; null where the size is not known.</summary>
    public double? CostPerMonth => row.Cost?.Total;
}

/// <summary>What one task was expected to hold before it was measured.</summary>
internal sealed class EstimateData(CapacityEstimate estimate)
{
    /// <summary>What the task is.</summary>
    public MachineData? Size => MachineData.Of(estimate.Size, estimate.SizeFrom);
    /// <summary>Memory that is not there for connections.</summary>
    public long ReservedBytes => estimate.ReservedBytes;
    /// <summary>Where that comes from.</summary>
    public string ReservedFrom => estimate.ReservedFrom;
    /// <summary>Memory for one connection.</summary>
    public double? BytesPerConnection => estimate.BytesPerConnection;
    /// <summary>Where that comes from.</summary>
    public string BytesFrom => estimate.BytesFrom;
    /// <summary>Memory without what is reserved, divided by bytesPerConnection.</summary>
    public long Theoretical => estimate.Theoretical;
    /// <summary>The lower end of what holds in practice.</summary>
    public long PracticalFrom => estimate.PracticalFrom;
    /// <summary>The upper end.</summary>
    public long PracticalTo => estimate.PracticalTo;
    /// <summary>practicalFrom, or the lowest of ceilings where that is less.</summary>
    public long ExpectedFrom => estimate.ExpectedFrom;
    /// <summary>practicalTo, likewise.</summary>
    public long ExpectedTo => estimate.ExpectedTo;
    /// <summary>What each resource of the task allows.</summary>
    public IEnumerable<CeilingData> Ceilings => CeilingData.Of(estimate.Ceilings, estimate.BindsFirst);
    /// <summary>The resource of the lowest of ceilings; null where none has a number.</summary>
    public string? BindsFirst => estimate.BindsFirst?.Resource;
}

/// <summary>An estimate compared with what was measured.</summary>
internal sealed class ComparisonData(EstimateComparison comparison)
{
    /// <summary>The lowest ceiling, in connections.</summary>
    public long Estimated => comparison.Estimated;
    /// <summary>The most connections that a task held at once.</summary>
    public long Measured => comparison.Measured;
    /// <summary>Whether it may hold more.</summary>
    public bool IsLowerBound => comparison.IsLowerBound;
    /// <summary>measured divided by estimated; null where nothing was expected.</summary>
    public double? Share => comparison.Share;
    /// <summary>Memory for one connection as it was taken before the run.</summary>
    public double? BytesEstimated => comparison.BytesEstimated;
    /// <summary>As it was measured; null where it was not.</summary>
    public double? BytesMeasured => comparison.BytesMeasured;
    /// <summary>What to make of it.</summary>
    public string Words => comparison.Words;
}
