namespace Support.Plan;

/// <summary>How many tasks the service needs.</summary>
/// <param name="TargetConnections">Connections of the whole service.</param>
/// <param name="ConnectionsPerTask">The safe limit of one task; null where nothing was measured.</param>
/// <param name="Buffer">The factor on the number of tasks.</param>
/// <param name="TasksNeeded">ceil(target ÷ connections per task × buffer); null where it cannot be said.</param>
public sealed record ScalingPlan(long TargetConnections, int? ConnectionsPerTask, double Buffer, long? TasksNeeded);
