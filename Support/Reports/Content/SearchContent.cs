using System.Collections.Immutable;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;
using Support.Reports.Documents;
using Support.Verdict;
using static Support.Reports.Content.Numbers;
using static Support.Reports.Content.Tables;

namespace Support.Reports.Content;

/// <summary>How the limit was searched, and whether the suite measures right.</summary>
internal static class SearchContent
{
    /// <summary>The search: how it ended, a picture of how the limit was closed in on, and each probe.</summary>
    internal static IEnumerable<Block> Of(CapacityReport report)
    {
        if (report.Search is not { } search)
            yield break;
        yield return new Block.Paragraph(Ended(search));
        if (OfOpening(search) is { } rate)
            yield return new Block.Callout(Tone.Warning, rate);
        if (search.Probes.IsEmpty)
            yield break;
        yield return new Block.Picture(Chart(report, search));
        yield return new Block.Table(
            [.. Counts("Probe", "Connections", "Opened", "Held", "Share", "Time"), .. Words("Started", "Errors")],
            [.. search.Probes.Select(ProbeRow)],
            "Probes of the search");
        yield return new Block.Paragraph(
            "Each probe asks for a count between the highest that was held and the lowest that was not, until they lie "
            + "within 1 % of each other, or 1. A count is held when 99 % of it is.");
    }

    /// <summary>Whether the suite read what a server did that misbehaves in a known way.</summary>
    internal static IEnumerable<Block> SelfTest(CapacityReport report)
    {
        if (report.SelfTest is not { } test)
            yield break;
        yield return new Block.Paragraph(Of(test));
        if (test.Readings.IsDefaultOrEmpty)
            yield break;
        yield return new Block.Table(
            [.. Words("Case", "The server did", "The suite counted"), .. Counts("Time"), .. Words("Difference")],
            [
                .. test.Readings.Select(reading => Row(
                    reading.IsTrue ? Tone.Good : Tone.Bad, reading.Name, reading.Truth, reading.Read,
                    Seconds(reading.Seconds), reading.Problem ?? "")),
            ],
            "Self-test");
    }

    /// <summary>The self-test in a sentence.</summary>
    internal static string Of(SelfTestResult test)
    {
        if (test.IsTrue)
        {
            var why = SelfTestText.WhyLong(test) is { } longer ? $", {longer}" : "";
            return $"Passed: {Count(test.Readings.Length)} servers that misbehave in a known way were counted right, "
                + $"in {Seconds(test.Seconds)}{why}.";
        }

        return (test.Lacks is null ? "Failed: " : "Could not be made here: ") + (test.Readings.IsDefaultOrEmpty
            ? "nothing was counted."
            : Phrases.List(test.Readings.Where(one => !one.IsTrue)
                .Select(one => $"{one.Name}: {one.Problem?.TrimEnd('.')}")));
    }

    /// <summary>How a probe started.</summary>
    internal static string Of(SearchProbe probe) => probe.Kind switch
    {
        ProbeKind.Fresh => "fresh",
        ProbeKind.Incremental => "incremental",
        ProbeKind.FreshPaced => $"fresh, {Of(probe.Pace)}",
        _ => $"incremental, {Of(probe.Pace)}",
    };

    private static string Of(OpenPace pace) =>
        $"{Count(pace.InFlight)} at a time" + (pace.Rate is { } rate ? $", {Number(rate)} per second" : "");

    private static string Ended(SearchResult search) => search.Probes.IsEmpty
        ? $"Not searched: {search.Ended.TrimEnd('.')}."
        : $"{Count(search.Probes.Length, "probe", null)} in {Seconds(search.Seconds)}. "
            + $"{Phrases.Sentence(search.Ended)}";

    private static string? OfOpening(SearchResult search) => (search.Opening, search.Paced) switch
    {
        (OpeningLimit.PerAddress, _) =>
            "The limit is one for each client address, and this run came from one: it is not the server's capacity.",
        ({ }, { } gentle) => $"The limit is how connections are opened, not how many: opened {Of(gentle.Pace)}, "
            + $"{Count(gentle.Held)} were held{Own(search)}. There is no plan from such a limit.",
        _ => null,
    };

    private static string Own(SearchResult search) => search.Probes.FirstOrDefault(probe => !probe.IsPaced) is { } own
        ? $", and fewer at the run's own pace ({Of(own.Pace)})"
        : "";

    private static Row ProbeRow(SearchProbe probe) => Row(
        probe.Kind == ProbeKind.Paced ? Tone.Neutral : probe.Holds ? Tone.Good : Tone.Bad,
        Count(probe.Number), Count(probe.Result.Sessions), Count(probe.Result.Opened), Count(probe.Result.Held),
        ShareOf(probe), Seconds(probe.Result.Seconds), Of(probe), Phrases.Failures(probe.Result));

    // Of what was wanted: what 99 % is asked of.
    private static string ShareOf(SearchProbe probe) =>
        Percent(probe.Result.Held, Math.Max(probe.Result.Sessions, probe.Result.Attempted)) + " %";

    private static LineChart Chart(CapacityReport report, SearchResult search)
    {
        var ranges = new List<LimitRange> { LimitRange.Of(report.Steps) };
        foreach (var probe in search.Probes)
            ranges.Add(ranges[^1].After(probe));
        Line Bound(string name, Func<LimitRange, int?> of, int series) => new(
            name, [.. ranges.Select((range, number) => new Point(number, of(range) ?? double.NaN, ""))], series,
            HasPoints: false);
        return new(
            "Closing in on the limit",
            $"{FoundLimit.Of(report).Headline}, after {Count(search.Probes.Length, "probe", null)}.",
            new("probe")
            {
                Ticks = [.. ranges.Select((_, number) => new Tick(number, number == 0 ? "ladder" : Count(number)))],
            },
            new("connections"),
            [
                Bound("lowest that was not held", range => range.Breaks, 1),
                Bound("highest that was held", range => range.Holds, 0),
                new(
                    "probe",
                    [
                        .. search.Probes.Select(probe => new Point(
                            probe.Number, probe.Result.Sessions,
                            $"{Count(probe.Result.Sessions)}: {ShareOf(probe)} held", probe.Holds ? Tone.Good
                                : Tone.Bad)),
                    ],
                    2,
                    HasLine: false),
            ]);
    }
}
