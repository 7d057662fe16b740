using System.Globalization;
using Support.Host;
using Support.Settings;
using Support.Sizes;
using Support.Verdict;

namespace Support.Reports;

/// <summary>Task sizes in the words that every format uses.</summary>
internal static class SizeWords
{
    internal const string NotMeasured = "not measured";

    private const string None = "–";

    /// <summary>As in <c>1,980 to 2,010</c>, <c>2,000</c> or <c>at least 19,990</c>.</summary>
    internal static string Interval(LimitInterval? limit) => limit is null ? NotMeasured : LimitWords.Of(limit);

    internal static string Expected(ExpectedCapacity? expected) =>
        expected is null ? None : $"{Words.Count(expected.From)} to {Words.Count(expected.To)}";

    /// <summary>US dollars as in <c>$9.01</c>.</summary>
    internal static string Money(double? dollars) => dollars is { } known ? $"${known.ToString("#,0.00", CultureInfo.InvariantCulture)}" : None;

    internal static string Bytes(double? bytes) => bytes is { } known ? Words.Bytes(known) : None;

    internal static string Share(double? share) => share is { } known ? (known * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : None;

    internal static string Milliseconds(double? milliseconds) => milliseconds is { } known ? $"{Words.Milliseconds(known)} ms" : None;

    /// <summary>As in <c>0.6 s</c>; from 10 s on without decimals.</summary>
    internal static string Seconds(double? seconds) =>
        seconds is { } known ? known.ToString(known < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture) + " s" : None;

    internal static string BoundBy(SizeRow row) => Words.OneLine(row.BoundBy) is { Length: > 0 } word ? word : None;

    /// <summary>What bound a run, in a word or two where there are some.</summary>
    internal static string BoundBy(RunVerdict verdict) => (verdict.Bottleneck.Side, verdict.Bottleneck.Resource) switch
    {
        (BottleneckSide.Client, _) => "this client, not the server",
        (_, { } resource) => resource.Name(),
        (BottleneckSide.None, _) => "nothing: no limit was met",
        _ => Words.OneLine(verdict.Bottleneck.Cause).TrimEnd('.'),
    };

    /// <summary>What a row is in this run, and whether its numbers are not of this run: as in <c>before, lock file</c>; empty where nothing is to be said.</summary>
    internal static string Role(SizeReport sizes, SizeRow row)
    {
        string?[] roles =
        [
            row.Label == sizes.Change?.Before ? "before" : null,
            row.Label == sizes.Change?.After ? "after" : null,
            sizes.Change is null && row.Label == sizes.Chosen ? "chosen" : null,
            row.Source == SizeSource.LockFile ? "lock file" : null,
        ];
        return string.Join(", ", roles.OfType<string>());
    }

    /// <summary>As in <c>512/1024 (after)</c>.</summary>
    internal static string Name(SizeReport sizes, SizeRow row) =>
        Role(sizes, row) is { Length: > 0 } role ? $"{Words.OneLine(row.Label)} ({role})" : Words.OneLine(row.Label);

    /// <summary>That a row is not of this run, and why; null where it was measured.</summary>
    internal static string? NotOfThisRun(SizeRow row)
    {
        var why = Words.OneLine(row.NotMeasured) is { Length: > 0 } known ? known.TrimEnd('.') : "it is not known why";
        return row.Source switch
        {
            SizeSource.LockFile => $"{Words.OneLine(row.Label)} was NOT measured here: {why}. Its numbers are those of the lock file.",
            SizeSource.None => $"{Words.OneLine(row.Label)} was NOT measured: {why}. There are no numbers of it.",
            _ => null,
        };
    }

    /// <summary>What bound a size, in sentences; null where nothing is known.</summary>
    internal static string? Cause(SizeRow row) => Words.OneLine(row.Cause) is { Length: > 0 } cause
        ? $"{Words.OneLine(row.Label)}: {cause.TrimEnd('.')}.{(Words.OneLine(row.Next) is { Length: > 0 } next ? $" Next step: {next}" : "")}"
        : null;

    /// <summary>Which size and run the verdict, the steps and the search are of.</summary>
    internal static string Chosen(SizeReport sizes)
    {
        var label = Words.OneLine(sizes.Chosen);
        if (label.Length == 0)
            return "No size was measured: there are no steps.";
        if (sizes.ChosenRun is not { } run)
            return $"{label} was not measured here: there are no steps of it.";
        var runs = sizes.Runs.Count(one => one.Label == sizes.Chosen);
        return $"The verdict and the steps are those of {label}, run {Words.Plain(run)}{(runs > 1 ? $": the lowest of its {Words.Plain(runs)} runs" : "")}.";
    }

    /// <summary>The change of size as a sentence of its own.</summary>
    internal static string Summary(SizeChange change) =>
        Words.OneLine(change.Summary).TrimEnd('.') is [var first, .. var rest] ? $"{char.ToUpperInvariant(first)}{rest}." : "";

    /// <summary>What is compared with.</summary>
    internal static string Before(SizeChange change) => $"Before: the task definition at {Words.OneLine(change.BeforeIs)}.";

    /// <summary>A comparison with what was accepted.</summary>
    internal static string Accepted(string note) => $"Accepted capacity: {Words.OneLine(note)}";

    /// <summary>What the costs rest on.</summary>
    internal static string Price(SizeReport sizes) => string.Create(
        CultureInfo.InvariantCulture,
        $"Costs: {sizes.Price.VcpuHour:0.######} US dollars a vCPU hour and {sizes.Price.GigabyteHour:0.######} a GB hour ({Words.OneLine(sizes.Price.Of)}); a month has 730 hours.");
}
