using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;

namespace Support.Verdict;

/// <summary>
/// Compares three counts of one moment: connections held by the client, open by the server's own count, established by
/// the kernel's.
/// Each way to differ is one finding, of the step that differs most. Pure.
/// </summary>
internal static class CountFindings
{
    private const string Title = "Client, server and kernel count the same connections";

    /// <summary>The mismatches; none where the counts agree or are not known.</summary>
    /// <param name="evidence">The run; steps that were broken off are left out.</param>
    public static ImmutableArray<Finding> Of(RunEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var counted = evidence.Steps.Where(step => step.Outcome != StepOutcome.NotAttempted)
            .Select(step => step.Result).OfType<StepResult>().ToList();
        Finding?[] found =
        [
            Finding("ServerFewer", counted, result => result.Held - result.Resources.TargetOpen, ServerWords,
                "A proxy answers in the server's place, or several servers share the name and only one was asked: ask "
                + "each, or set Target.Url to one."),
            Finding("ServerMore", counted, result => result.Resources.TargetOpen - result.Held, ServerWords,
                "Others are connected to the server as well, or it has not noticed the end of connections that are "
                + "lost: measure a server that nobody else uses."),
            Finding("KernelFewer", counted, result => result.Held - result.Resources.KernelEstablished, KernelWords,
                "Connections ended right after their ping was answered, or "
                + "something translates addresses on this machine: a "
                + "longer Ladder.Hold shows the first."),
            Finding("KernelMore", counted, MoreInTheKernel, KernelWords,
                "Another program of this machine is connected to the target, or connections of an earlier step were "
                + "not closed: look at ss -tn dst with the target's address."),
        ];
        return [.. found.OfType<Finding>()];
    }

    // Where attempts failed, some may be established and yet not opened, as those that a server lets wait: no mismatch.
    private static int? MoreInTheKernel(StepResult result) =>
        result.Failures.IsEmpty ? result.Resources.KernelEstablished - result.Held : null;

    private static Finding? Finding(string id, List<StepResult> steps, Func<StepResult, int?> difference,
        Func<StepResult, string> words, string next)
    {
        var differing = steps.Where(step => difference(step) > 0).ToList();
        if (differing.MaxBy(difference) is not { } worst)
            return null;
        var others = differing.Count > 1
            ? Say($"; {differing.Count - 1} other steps differ in the same direction")
            : "";
        return new($"Counts.{id}", Title, CheckOutcome.Warning, Say(
            $"{worst.Held}, as the client held in the step of {worst.Sessions}"), words(worst) + others, next);
    }

    private static string ServerWords(StepResult result) =>
        Say($"{result.Resources.TargetOpen} open by the server's own count");

    private static string KernelWords(StepResult result) =>
        Say($"{result.Resources.KernelEstablished} established by the kernel's count");
}
