namespace Support.Pool;

/// <summary>
/// How late threads came to their turn: the longest time beyond what they had asked to sleep. Safe to use from several
/// threads.
/// </summary>
internal sealed class LagMeter
{
    // Written by Interlocked.
    private long longest;

    public TimeSpan Longest => TimeSpan.FromTicks(Volatile.Read(ref longest));

    /// <summary>Takes one lateness; one of less than nothing is none.</summary>
    public void Note(TimeSpan late)
    {
        for (var known = Volatile.Read(ref longest); late.Ticks > known; known = Volatile.Read(ref longest))
        {
            if (Interlocked.CompareExchange(ref longest, late.Ticks, known) == known)
                return;
        }
    }
}
