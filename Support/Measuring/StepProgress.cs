namespace Support.Measuring;

/// <summary>A sign of life inside a step; for people, read by nothing.</summary>
/// <param name="Sessions">The step.</param>
/// <param name="Activity">What it is doing, as in "opening".</param>
/// <param name="Attempted">Handshakes started.</param>
/// <param name="Open">Open now.</param>
/// <param name="Elapsed">Since the step began.</param>
public readonly record struct StepProgress(int Sessions, string Activity, int Attempted, int Open, TimeSpan Elapsed);
