using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports.Files;

/// <summary>
/// Lines of <c>steps.jsonl</c> that version 1.0 wrote: what is a kind now stood there in words only. Pure.
/// </summary>
/// <remarks>
/// The words here are that version's format and never change; nothing that this version writes is read by them.
/// </remarks>
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
        OutOf = step.OutOf ?? (step is { Result: null, Reason: { } reason } && Begins(reason, ClientLimit)
            ? FailureClass.Parse(reason.Split(':')[0])
            : null),
    };

    public static SearchProbe Completed(SearchProbe probe) => probe with { Result = Completed(probe.Result) };

    public static SizeRun Completed(SizeRun run) => run with
    {
        Steps = [.. run.Steps.Select(Completed)],
        Search = run.Search is { } search ? search with { Probes = [.. search.Probes.Select(Completed)] } : null,
    };

    private static StepResult Completed(StepResult result) => result with
    {
        Stop = result.Stop ?? result.StoppedEarly switch
        {
            null => null,
            Interrupted => EarlyStopKind.Interrupted,
            _ => EarlyStopKind.Unknown,
        },
        CutOff = Math.Max(result.CutOff, Counted(result, FailureKind.IdleLost, CutOff)),
        EndedInTls = Math.Max(result.EndedInTls, Counted(result, FailureKind.TlsFailure, EndsInTls)),
    };

    // All of a class where its example begins so; else none.
    private static int Counted(StepResult result, FailureKind kind, params string[] beginnings) =>
        result.Examples.GetValueOrDefault(new(kind)) is { } example && beginnings.Any(words => Begins(example, words))
            ? result.Failures.GetValueOrDefault(new(kind))
            : 0;

    private static bool Begins(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.Ordinal);
}
