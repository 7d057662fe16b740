using System.Collections.Immutable;

namespace Support.Measuring.SelfTest;

/// <summary>
/// One part of the self-test: what a server that misbehaves in a known way did, and what the suite counted.
/// </summary>
/// <param name="Name">Which one, as in <c>a hidden cap</c>.</param>
/// <param name="Truth">What the server itself reports, with its figures.</param>
/// <param name="Read">What the pool counted, with its figures.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Problem">What does not agree; null where the suite counted right.</param>
public sealed record SelfTestReading(string Name, string Truth, string Read, double Seconds, string? Problem)
{
    /// <summary>Whether the suite counted right.</summary>
    public bool IsTrue => Problem is null;
}

/// <summary>The self-test of a run.</summary>
/// <param name="Readings">In order.</param>
/// <param name="Seconds">How long all of it took.</param>
public sealed record SelfTestResult(ImmutableArray<SelfTestReading> Readings, double Seconds)
{
    /// <summary>Whether the suite counts right: every reading was true, and there is at least one.</summary>
    public bool IsTrue => !Readings.IsDefaultOrEmpty && Readings.All(reading => reading.IsTrue);
}
