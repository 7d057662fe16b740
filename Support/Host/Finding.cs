namespace Support.Host;

/// <summary>How a check ended. Ordered: the outcome of several checks is the greatest of them.</summary>
public enum CheckOutcome
{
    /// <summary>The question does not arise on this system or for this target; an answer, not a failure.</summary>
    NotApplicable,

    /// <summary>The environment covers what the ladder needs.</summary>
    Passed,

    /// <summary>The run can go on, and its number may be lower than it could be.</summary>
    Warning,

    /// <summary>Nothing measured here would be true: the ladder is not started.</summary>
    Critical,
}

/// <summary>What one environment check found. Expected and actual are apart so that a report can set them side by side.</summary>
/// <param name="Id">Stable and unique, the same in every output, as in <c>Environment.FileDescriptors</c>.</param>
/// <param name="Title">What is checked, at most 70 characters.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Expected">What the ladder needs.</param>
/// <param name="Actual">What was read, with its source.</param>
/// <param name="Next">What to do about it; empty where there is nothing to do.</param>
public sealed record Finding(string Id, string Title, CheckOutcome Outcome, string Expected, string Actual, string Next);
