using Support.Host;

namespace Support.Reports;

/// <summary>How an environment check's outcome is called and marked.</summary>
internal static class CheckWords
{
    internal static string Outcome(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "passed",
        CheckOutcome.Warning => "warning",
        CheckOutcome.Critical => "critical",
        _ => "not applicable",
    };

    /// <summary>The sign beside it, so that colour is never the only one.</summary>
    internal static string Mark(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Passed => "✓",
        CheckOutcome.Warning => "!",
        CheckOutcome.Critical => "✗",
        _ => "–",
    };

    /// <summary>As in <c>1 warning, 10 passed</c>, the worst first.</summary>
    internal static string Summary(IEnumerable<Finding> checks) => string.Join(", ", checks
        .GroupBy(check => check.Outcome).OrderByDescending(group => group.Key)
        .Select(group => $"{Words.Plain(group.Count())} {Outcome(group.Key)}"));
}
