using Support.Reports.Content;
using Support.Reports.Documents;

namespace Support.Reports;

/// <summary>Which run a report tells of that was made anew from <c>steps.jsonl</c>.</summary>
/// <param name="RunId">That run; null where its line is missing.</param>
/// <param name="StartedAt">When that run began; null where its line is missing.</param>
/// <param name="LastStep">The last step that it measured; null where it measured none.</param>
/// <param name="LastTry">
/// The last try of its search, from 1; null where it had not begun or had come to its end.
/// </param>
/// <param name="CameToItsEnd">False for a run that was killed.</param>
/// <param name="Interrupted">
/// What stopped it, as in <c>SIGTERM</c>; null where nothing did or where it could not be said.
/// </param>
public sealed record RebuiltFrom(
    string? RunId, DateTimeOffset? StartedAt, int? LastStep, int? LastTry, bool CameToItsEnd, string? Interrupted)
{
    /// <summary>
    /// How far it came at task sizes, as in <c>at 256/512, run 2, after probe 3 of its search</c>; null where it
    /// measured at none.
    /// </summary>
    public string? AtSize { get; init; }

    /// <summary>The run that a log tells of.</summary>
    public static RebuiltFrom Of(StepsLogContent log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new(
            log.Header?.Id,
            log.Header?.StartedAt,
            log.Steps.LastOrDefault(step => step.Result is not null)?.Sessions,
            log.SearchEnd is null ? log.Tries.LastOrDefault()?.Number : null,
            log.Complete,
            log.Interrupted)
        {
            AtSize = KilledRun.AtSize(log),
        };
    }

    /// <summary>
    /// As in <c>rebuilt from steps.jsonl of run 20261115T093012Z-4f2a11, which was killed after the step of 200</c>.
    /// </summary>
    public override string ToString()
    {
        var run = RunId is { } id ? $"run {PlainText.Line(id)}" : "a run whose name is not known";
        var after = (LastStep, LastTry) switch
        {
            _ when AtSize is { } size => $" {size}",
            (_, { } number) => $" in its search, after probe {Numbers.Digits(number)}",
            ({ } step, _) => $" after the step of {Numbers.Digits(step)}",
            _ => " before its first step had ended",
        };
        var end = (CameToItsEnd, Interrupted) switch
        {
            (_, { } by) => $"was stopped by {PlainText.Line(by)}{after}",
            (true, null) => "came to its end",
            _ => $"was killed{after}",
        };
        return $"rebuilt from {StepsLog.FileName} of {run}, which {end}";
    }
}
