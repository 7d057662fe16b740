namespace Support.Measuring;

/// <summary>How long the parts of a step may take.</summary>
/// <param name="Hold">How long connections are held before they are counted.</param>
/// <param name="StepTimeout">The deadline of opening, holding and proving together.</param>
public sealed record StepTiming(TimeSpan Hold, TimeSpan StepTimeout)
{
    /// <summary>The part of the step's time that is kept for the proof: the pong deadline, and no more than a quarter of the step.</summary>
    public TimeSpan ProofTime(TimeSpan pongTimeout) => pongTimeout < StepTimeout / 4 ? pongTimeout : StepTimeout / 4;

    /// <summary>What is left for opening; at least half of the step, so that a long hold cannot eat it.</summary>
    public TimeSpan OpenTime(TimeSpan pongTimeout)
    {
        var rest = StepTimeout - Hold - ProofTime(pongTimeout);
        return rest > StepTimeout / 2 ? rest : StepTimeout / 2;
    }
}
