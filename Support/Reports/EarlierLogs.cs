using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Lines of <c>steps.jsonl</c> that version 1.0 wrote: what is a kind now stood there in words only. Pure.</summary>
/// <remarks>The words here are that version's format and never change; nothing that this version writes is read by them.</remarks>
internal static class EarlierLogs
{
    private const string Interrupted = "the run was interrupted";
    private const string CutOff = "cut off";
    private const string ClientLimit = "ClientLimit(";

    // How the example of a TLS failure began where the peer ended or reset TCP.
    private static readonly string[] EndsInTls = ["Ended", "Reset"];

    public static JudgedStep Completed(JudgedStep step) => step with
    {
        Result = step.Result is { } result ? Completed(result) : null,
        OutOf = step.OutOf ?? (step is { Result: null, Reason: { } reason } && Begins(reason, ClientLimit) ? FailureClass.Parse(reason.Split(':')[0]) : null),
    };

    public static SearchTry Completed(SearchTry tried) => tried with { Result = Completed(tried.Result) };

    public static SizeRun Completed(SizeRun run) => run with
    {
        Steps = [.. run.Steps.Select(Completed)],
        Search = run.Search is { } search ? search with { Tries = [.. search.Tries.Select(Completed)] } : null,
    };

    private static StepResult Completed(StepResult result) => result with
    {
        Stop = result.Stop ?? result.StoppedEarly switch
        {
            null => null,
            Interrupted => EarlyStopKind.Interrupted,
            _ => EarlyStopKind.Unknown,
        },
        CutOff = Said(result, FailureKind.IdleLost, CutOff) ? Math.Max(result.CutOff, Count(result, FailureKind.IdleLost)) : result.CutOff,
        EndedInTls = Said(result, FailureKind.TlsFailure, EndsInTls) ? Math.Max(result.EndedInTls, Count(result, FailureKind.TlsFailure)) : result.EndedInTls,
    };

    private static bool Said(StepResult result, FailureKind kind, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (result.Examples.GetValueOrDefault(new(kind)) is { } example && Begins(example, beginning))
                return true;
        }

        return false;
    }

    private static int Count(StepResult result, FailureKind kind) => result.Failures.GetValueOrDefault(new(kind));

    private static bool Begins(string text, string beginning) => text.StartsWith(beginning, StringComparison.Ordinal);
}
