namespace Support.Measuring;

/// <summary>How long the parts of a step may take.</summary>
/// <param name="Hold">
/// How long connections are held before they are counted; below <paramref name="StepTimeout"/>, and never shortened.
/// </param>
/// <param name="StepTimeout">The deadline of opening, holding and pinging together.</param>
internal sealed record StepTiming(TimeSpan Hold, TimeSpan StepTimeout)
{
    private TimeSpan BesideHold => StepTimeout - Hold;

    /// <summary>
    /// The part of the step's time that is kept for the pings: the pong deadline, and no more than a quarter of the
    /// step, nor than half of what the hold leaves.
    /// </summary>
    public TimeSpan PingTime(TimeSpan pongTimeout) => Least(pongTimeout, StepTimeout / 4, BesideHold / 2);

    /// <summary>
    /// What is left for opening: with hold and pings it is the step's time, so that no step outlasts its deadline.
    /// </summary>
    public TimeSpan OpenTime(TimeSpan pongTimeout) => BesideHold - PingTime(pongTimeout);

    private static TimeSpan Least(params ReadOnlySpan<TimeSpan> times)
    {
        var least = times[0];
        foreach (var time in times)
            least = time < least ? time : least;
        return least;
    }
}
