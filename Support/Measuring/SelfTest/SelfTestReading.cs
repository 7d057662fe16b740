using System.Collections.Immutable;

namespace Support.Measuring.SelfTest;

/// <summary>
/// One calibration: what a server that misbehaves in a known way really did, and what the meter read.
/// </summary>
/// <param name="Name">Which one, as in <c>a hidden cap</c>.</param>
/// <param name="Truth">What the server itself says, in words with its figures.</param>
/// <param name="Read">What the pool read, in words with its figures.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Problem">What does not agree; null where the meter is true.</param>
public sealed record SelfTestReading(string Name, string Truth, string Read, double Seconds, string? Problem)
{
    /// <summary>Whether the meter read what was so.</summary>
    public bool IsTrue => Problem is null;
}

/// <summary>Every calibration of a run.</summary>
/// <param name="Readings">In order.</param>
/// <param name="Seconds">How long all of it took.</param>
public sealed record SelfTestResult(ImmutableArray<SelfTestReading> Readings, double Seconds)
{
    /// <summary>Whether the meter can be trusted: every reading was true, and there is at least one.</summary>
    public bool IsTrue => !Readings.IsDefaultOrEmpty && Readings.All(reading => reading.IsTrue);
}
