namespace Support.Measuring;

/// <summary>One rung: so many connections, opened, held, pinged and counted.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Sessions">The connections to attempt; 1 to 1,000,000.</param>
public sealed record CapacityStep(int Number, int Sessions);
