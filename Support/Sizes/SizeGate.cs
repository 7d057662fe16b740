using System.Collections.Immutable;
using System.Globalization;
using Support.Environments;

namespace Support.Sizes;

/// <summary>Judges what was measured at task sizes: against what is required, expected, and accepted. Pure.</summary>
public static class SizeGate
{
    /// <summary>The rows, why the gate is missed, and which run the report's steps are of.</summary>
    public static SizeReport Judge(SizeEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var sizes = Sizes(evidence);
        ImmutableArray<LockComparison> compared = [.. sizes.Select(size => LockComparison.Of(size, evidence))];
        var chosen = ChosenSize.Of(sizes, evidence.Gate.RequiredConnections);
        return new()
        {
            Server = evidence.Server,
            Rows = [.. sizes.Select(size => size.Row)],
            Runs = evidence.Runs,
            Price = evidence.Plan.Price,
            Chosen = chosen?.Case.Label,
            ChosenRun = chosen?.Lowest?.Number,
            Change = ChangeWords.Of(sizes, evidence),
            LockNotes = [.. compared.SelectMany(one => one.Notes)],
            Missed =
            [
                .. evidence.Plan.Problems, .. evidence.Lock.Problem is { } problem ? [problem] : ImmutableArray<string>.Empty,
                .. compared.SelectMany(one => one.Missed), .. Required(sizes, evidence),
            ],
            Findings =
            [
                .. evidence.Plan.Findings, .. compared.SelectMany(one => one.Findings), .. sizes.SelectMany(FaultyRuns),
                .. sizes.Select(size => SizeExpectation.Check(size.Row)).OfType<Finding>(),
            ],
        };
    }

    /// <summary>The text of the lock file with what this run measured.</summary>
    /// <returns>Null where <c>Gate.Accept</c> is not set, where nothing was measured, and where the file can't be used: then it is left as it is.</returns>
    public static string? Accepted(SizeEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (!evidence.Gate.Accept || evidence.Lock.Problem is not null)
            return null;
        // What was before the change is not what anyone accepts now.
        var entries = Sizes(evidence).Where(size => size.Row.Source == SizeSource.Measured && size.Case.Origins.Any(origin => origin != SizeOrigin.Before))
            .ToDictionary(size => size.Case.Label, size => Entry(size, evidence));
        return entries.Count == 0 ? null : evidence.Lock.File.Text(evidence.Server, entries);
    }

    private static ImmutableArray<JudgedSize> Sizes(SizeEvidence evidence) => [.. evidence.Plan.Cases.Select(one => JudgedSize.Of(one, evidence))];

    private static LockEntry Entry(JudgedSize size, SizeEvidence evidence)
    {
        var definition = LockDifferences.DefinitionOf(size.Case, evidence);
        return new(
            size.Row.Limit!, size.Counted.Length, size.Row.MaxReliable, size.Row.SafeLimit ?? 0, size.Row.BoundBy, LockEntry.Rounded(size.Row.BytesPerConnection),
            new(
                evidence.Version.Split('+')[0], LockFile.Method, evidence.Today, definition?.Image, definition?.Hash, size.Case.Declared,
                size.Lowest?.Effective, evidence.Machine.CpuModel, evidence.Machine.Kernel, evidence.Gate.Repeats));
    }

    private static IEnumerable<string> Required(ImmutableArray<JudgedSize> sizes, SizeEvidence evidence)
    {
        var gate = evidence.Gate;
        if (sizes.Length > 0 && gate.TaskDefinition is null && gate.RequiredConnections is not null && sizes.All(size => size.Row.Source != SizeSource.Measured))
            yield return $"no size was measured: {string.Join("; ", sizes.Select(size => $"{size.Case.Label}: {size.Row.NotMeasured}"))}";
        else if (gate.RequiredConnections is { } required && Short(sizes, gate.TaskDefinition is not null, required) is { } missed)
            yield return missed;
    }

    private static string? Short(ImmutableArray<JudgedSize> sizes, bool hasDefinition, int required)
    {
        var rows = sizes.Where(size => hasDefinition ? size.IsGated : size.Row.Source == SizeSource.Measured).Select(size => size.Row).Where(row => row.Limit is not null).ToList();
        if (rows.Count == 0 || rows.Any(row => row.SafeLimit >= required))
            return null;
        var best = rows.MaxBy(row => row.SafeLimit)!;
        var first = hasDefinition ? "" : $"no measured size reaches what is required; the best, ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{first}{best.Label} holds {LimitWords.Of(best.Limit!)}, {LimitWords.SetBy(best)}; required: a safe limit of {required:N0} (Gate.RequiredConnections), and it is {best.SafeLimit ?? 0:N0}{More(best.Limit!)}");
    }

    private static string More(LimitInterval limit) => limit.IsLowerBound ? "; the task may hold more: measure it where this machine is not the limit" : "";

    private static IEnumerable<Finding> FaultyRuns(JudgedSize size) =>
        from run in size.Runs
        let why = SizeStatistics.WhyNot(run)
        where why is not null
        select new Finding(
            "Sizes.Run", string.Create(CultureInfo.InvariantCulture, $"Run {run.Number} at {size.Case.Label} says nothing of the server"), CheckOutcome.Warning,
            "a run that the suite and its machine came through", why, "Mend what is named here, then measure again.");
}
