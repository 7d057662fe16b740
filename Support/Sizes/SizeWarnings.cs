using System.Collections.Immutable;
using Support.Host;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>What is to be known about the runs at a size before their numbers are believed. Pure.</summary>
internal static class SizeWarnings
{
    // A limit nearer to this machine's descriptors may be theirs, whatever the server said.
    private const double NearDescriptors = 0.8;

    internal static ImmutableArray<Finding> Of(ImmutableArray<JudgedSize> sizes, SizeEvidence evidence) =>
    [
        .. sizes.SelectMany(FaultyRuns),
        .. sizes.SelectMany(size => new[] { Spread(size), NotAccepted(size, evidence) }).OfType<Finding>(),
        .. new[] { FewerDescriptors(sizes, evidence.Machine) }.OfType<Finding>(),
    ];

    /// <summary>
    /// Why the gate is missed by runs of the gated size that say nothing, and by a server that does not start at the
    /// chosen one; one sentence each.
    /// </summary>
    internal static IEnumerable<string> Missed(ImmutableArray<JudgedSize> sizes, JudgedSize? chosen)
    {
        foreach (var size in sizes.Where(size => size.IsGated && !size.Counted.IsEmpty))
        {
            foreach (var (run, why) in Faults(size))
                yield return Say($"{size.Case.Label}: run {run.Number} says nothing of the server: {why}");
        }

        if (chosen?.NeverStarted is { } never)
            yield return $"the server does not start at {chosen.Case.Label}: {never}";
    }

    private static IEnumerable<(SizeRun Run, string Why)> Faults(JudgedSize size) =>
        from run in size.Runs
        let why = SizeStatistics.WhyNot(run)
        where why is not null
        select (run, why);

    private static IEnumerable<Finding> FaultyRuns(JudgedSize size) => Faults(size).Select(fault => new Finding(
        "Sizes.Run",
        Say($"Run {fault.Run.Number} at {size.Case.Label} says nothing of the server"),
        CheckOutcome.Warning,
        "a run in which neither the suite nor its machine failed", fault.Why,
        "Fix what is named here, then measure again."));

    private static Finding? Spread(JudgedSize size) =>
        size.Row is not { Source: SizeSource.Measured, Limit: { } limit }
        || limit.Spread <= limit.Median * BaselineComparison.LargestSpread ? null : new(
            "Sizes.Spread", $"The runs at {size.Case.Label} differ too much to be compared", CheckOutcome.Warning,
            Say($"limits that lie no more than {BaselineComparison.LargestSpread * 100:0} % of their median apart"),
            $"{Words.Count(limit.Low)} to {Words.Count(limit.High)}, with a median of {Words.Count(limit.Median)}",
            "Measure it on a quieter machine.");

    private static Finding? NotAccepted(JudgedSize size, SizeEvidence evidence) =>
        !evidence.Gate.Accept
        || evidence.Lock.Problem is not null || size.NotAcceptable is null || !size.IsToBeAccepted ? null : new(
            "Sizes.NotAccepted", $"{size.Case.Label} was not accepted", CheckOutcome.Warning,
            Say($"{evidence.Gate.Repeats} runs that count, each with a server that started"),
            $"{size.NotAcceptable}; {evidence.Gate.LockFile} keeps what it has of it",
            "See why, and run it again with Gate.Accept=true.");

    // Where they did not matter, there is nothing to be warned of.
    private static Finding? FewerDescriptors(ImmutableArray<JudgedSize> sizes, SizeMachine machine)
    {
        if (machine.Descriptors is not { } allowed)
            return null;
        var most = sizes.Where(size => size.Row.Source == SizeSource.Measured
            && allowed < size.Case.Declared.DescriptorsSoft && IsNear(size, allowed))
            .Select(size => size.Case.Declared.DescriptorsSoft).DefaultIfEmpty(0).Max();
        return most == 0 ? null : new(
            "Sizes.Descriptors", "This machine allows fewer open files than the task", CheckOutcome.Warning,
            $"{Words.Count(most)} open files for the server",
            $"{Words.Count(allowed)}, the hard limit of this process: a limit "
            + "that they bind is the least that the task holds",
            Say($"Start the suite with a higher hard limit: ulimit -Hn {most}, or docker run --ulimit nofile={most}."));
    }

    private static bool IsNear(JudgedSize size, long allowed) =>
        size.Row.Limit!.High > allowed * NearDescriptors
        || size.Counted.Any(run => run.Verdict.Bottleneck.Resource == Resource.Descriptors);
}
