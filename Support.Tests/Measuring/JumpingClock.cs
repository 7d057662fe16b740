namespace Support.Tests.Measuring;

/// <summary>
/// The system's clock, whose time of day leaps a day back or two forth whenever it is asked; what it measures runs on.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    private int jumps;

    public int Jumps => Volatile.Read(ref jumps);

    public override DateTimeOffset GetUtcNow() =>
        base.GetUtcNow().AddDays(Interlocked.Increment(ref jumps) % 2 == 0 ? 2 : -1);
}
