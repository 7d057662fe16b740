namespace Support.Reports;

/// <summary>A line of <c>steps.jsonl</c> that is not on disk.</summary>
/// <param name="Text">The line, without its end: it can be kept elsewhere.</param>
/// <param name="Problem">Why, with the path and what to do.</param>
public sealed record UnwrittenLine(string Text, string Problem);
