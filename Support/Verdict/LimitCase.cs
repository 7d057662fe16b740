using Support.Host;
using Support.Measuring;
using Support.Pool;

namespace Support.Verdict;

/// <summary>The step that met the limit, and the run around it, as the rules look at them.</summary>
/// <param name="Step">The step that met it: above all that held 99 %, else the first that missed its threshold.</param>
/// <param name="Result">Its facts.</param>
/// <param name="Run">The run.</param>
internal sealed record LimitCase(JudgedStep Step, StepResult Result, RunEvidence Run)
{
    // No answer came: this side's own delay could have been the reason. An answer, be it a reset, is the other side's
    // word.
    private static readonly FailureKind[] Silences =
        [FailureKind.ConnectTimeout, FailureKind.HandshakeTimeout, FailureKind.IdleLost];

    /// <summary>The class that speaks for the step; null where nothing failed.</summary>
    public FailureClass? Main { get; } = FailureReading.Main(Result);

    /// <summary>Whether the main class is of one of these kinds.</summary>
    public bool IsMainly(params ReadOnlySpan<FailureKind> kinds) => Main is { } main && kinds.Contains(main.Kind);

    /// <summary>Whether this side ran out of something while connecting or holding.</summary>
    public bool ClientRanOut => FailureReading.ClientLimit(Result) is not null;

    /// <summary>Whether the failures are silence and not answers.</summary>
    public bool IsSilence => IsMainly(Silences);

    /// <summary>Whether not one connection of the run was ever opened.</summary>
    public bool FromTheFirst => Run.Steps.All(step => step.Result is null or { Opened: 0 });

    /// <summary>What was attempted was held; there was no time for the rest.</summary>
    public bool RanOutOfTime => FailureReading.RanOutOfTime(Result);

    /// <summary>The case in the words of a bottleneck.</summary>
    /// <param name="side">Whose limit it was.</param>
    /// <param name="cause">The cause in one sentence.</param>
    /// <param name="next">What to do.</param>
    /// <param name="resource">What ran out; null where that is not known.</param>
    public Bottleneck Say(BottleneckSide side, string cause, string next, Resource? resource = null) =>
        new(side, cause, LimitEvidence.Of(this, side), next) { Resource = resource };
}
