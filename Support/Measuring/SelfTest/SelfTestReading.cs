using System.Collections.Immutable;
using Support.Pool;

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
    /// <summary>
    /// What this machine lacks for it, as in <c>ClientLimit(fd)</c>: then the problem is no miscount. Null elsewhere.
    /// </summary>
    public FailureClass? Lacks { get; init; }

    /// <summary>Whether the suite counted right.</summary>
    public bool IsTrue => Problem is null;
}

/// <summary>The self-test of a run.</summary>
/// <param name="Readings">In order.</param>
/// <param name="Seconds">How long all of it took.</param>
public sealed record SelfTestResult(ImmutableArray<SelfTestReading> Readings, double Seconds)
{
    /// <summary>What it takes at most where this side has a core, in seconds.</summary>
    public const double UsualSeconds = 3;

    /// <summary>
    /// How long the suite's control group was throttled meanwhile (<c>cpu.stat</c>), at most the periods in which it
    /// was; null where not known.
    /// </summary>
    public double? ThrottledSeconds { get; init; }

    /// <summary>Whether the suite counts right: every reading was true, and there is at least one.</summary>
    public bool IsTrue => !Readings.IsDefaultOrEmpty && Readings.All(reading => reading.IsTrue);

    /// <summary>What this machine lacks for it; null where it was made, and where the suite is the problem.</summary>
    public FailureClass? Lacks => IsTrue || Readings.IsDefaultOrEmpty
        || Readings.Any(reading => reading is { IsTrue: false, Lacks: null })
            ? null
            : Readings.First(reading => !reading.IsTrue).Lacks;
}
