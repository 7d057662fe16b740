namespace Support.Targets;

/// <summary>What a target says about itself, at one instant (<c>/stats</c> of TargetServer).</summary>
/// <param name="Open">WebSocket connections that are open now.</param>
/// <param name="Peak">The most that were open at once since the start.</param>
/// <param name="Total">Upgrades accepted since the start.</param>
/// <param name="Rejected">Upgrades answered with an error status since the start.</param>
/// <param name="StartedAt">When the server started: another value than before means that it was restarted.</param>
public sealed record TargetStats(int Open, int Peak, long Total, long Rejected, DateTimeOffset StartedAt);
