using System.Globalization;
using Support.Sizes;

namespace Support.Reports;

/// <summary>What the screen and the TRX show of task sizes.</summary>
internal static class SizeLines
{
    /// <summary>As in <c>✓ 256/512 run 1 of 3: 1,980 held (exact 1,981 / 1,999), safe 1,584, limit set by memory, started in 0.6 s, took 38 s</c>.</summary>
    internal static string Of(SizeRun run, int repeats)
    {
        var mark = run.Fault is null && run.NotStarted is null ? "✓" : "✗";
        var number = string.Create(CultureInfo.InvariantCulture, $"run {run.Number} of {Math.Max(run.Number, repeats)}");
        return $"{mark} {Words.OneLine(run.Label)} {number}: {string.Join(", ", Parts(run).OfType<string>())}, took {SizeWords.Seconds(run.Seconds)}";
    }

    /// <summary>The lines below the last run: before and after, every size, and what is to be said of them.</summary>
    internal static IEnumerable<string> Of(SizeReport sizes, int? required)
    {
        if (sizes.Change is { } change)
            yield return SizeWords.Summary(change);
        foreach (var line in Block(SizeTables.Change(sizes, required)).Concat(Block(SizeTables.Capacity(sizes))).Concat(Block(SizeTables.Behaviour(sizes))))
            yield return line;
        yield return "";
        foreach (var row in sizes.Rows.Select(SizeWords.NotOfThisRun).OfType<string>())
            yield return $"! {row}";
        foreach (var missed in sizes.Missed)
            yield return $"✗ Gate missed: {Words.OneLine(missed)}";
        foreach (var note in sizes.LockNotes)
            yield return SizeWords.Accepted(note);
        yield return SizeTables.Legend(sizes);
        yield return SizeWords.Price(sizes);
        yield return SizeWords.Chosen(sizes);
    }

    /// <summary>How often the server ended and was started anew; null where it never did.</summary>
    internal static string? Restarts(SizeRun run)
    {
        if (run.Restarts.IsDefaultOrEmpty)
            return null;
        var kills = run.Restarts.Count(end => end.OomKills > 0);
        var times = run.Restarts.Length == 1 ? "once" : $"{Words.Count(run.Restarts.Length)} times";
        return $"restarted {times}{(kills > 0 ? $" ({Words.Count(kills)} × killed by the kernel for memory)" : "")}";
    }

    /// <summary>As in <c>1,981 / 1,999</c>: what held, and what did not.</summary>
    internal static string Exact(SizeRun run) => run.Verdict.Exact switch
    {
        null => "not found",
        { Breaks: { } breaks } exact => $"{Words.Count(exact.Holds)} / {Words.Count(breaks)}",
        var exact => $"at least {Words.Count(exact.Holds)}",
    };

    private static IEnumerable<string?> Parts(SizeRun run)
    {
        if (run.Fault is { } fault)
            return [$"not measured: {Words.OneLine(fault).TrimEnd('.')}"];
        if (run.NotStarted is { } why)
            return [$"0 held, the server did not start: {Words.OneLine(why).TrimEnd('.')}", Restarts(run)];
        return
        [
            $"{Words.Count(run.Verdict.HeldAtOnce, "nothing")} held (exact {Exact(run)})",
            $"safe {Words.Count(run.Verdict.SafeLimit, "not known")}",
            $"limit set by {SizeWords.BoundBy(run.Verdict)}",
            Restarts(run),
            run.StartSeconds is { } start ? $"started in {SizeWords.Seconds(start)}" : null,
        ];
    }

    private static IEnumerable<string> Block(TextTable? table) => table is null ? [] : table.Lines().Prepend("");
}
