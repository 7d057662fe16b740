namespace Support.Tests.Aws.Publishing;

/// <summary>The system's clock, set to a moment: what a report of a fixed date is "now" for.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
