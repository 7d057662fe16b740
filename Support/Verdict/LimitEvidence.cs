using System.Collections.Immutable;
using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;

namespace Support.Verdict;

/// <summary>What was seen in the step that met the limit, one sentence each; what is not known is left out.</summary>
internal static class LimitEvidence
{
    // A name may have hundreds of addresses; the worst few tell.
    private const int MostAddresses = 8;

    public static ImmutableArray<string> Of(LimitCase limit, BottleneckSide side)
    {
        var result = limit.Result;
        return
        [
            Say($"the step of {limit.Step.Sessions}: {result.Attempted} "
                + $"attempted, {result.Opened} opened, {result.Held} held"),
            .. Failures(result),
            .. Counts(result.Resources),
            .. Losses(result.Losses),
            .. Addresses(result.Addresses),
            .. Server(result.Resources),
            .. ClientEvidence.Of(result),
            .. Answer(result.TargetAnswer),
            .. limit.Run.ServerEnds.Select(end => $"the server: {ServerEndText.Of(end).Words}").Distinct(),
            .. result.StoppedEarly is { } early ? [early] : Array.Empty<string>(),
            .. Search(limit.Run.Search),
            .. KnownPlateaus.Of(limit, side),
        ];
    }

    private static IEnumerable<string> Failures(StepResult result) => result.Failures
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
        .Select(pair => Say($"{pair.Value} × {pair.Key}: {result.Examples.GetValueOrDefault(pair.Key, "no example")}"));

    private static IEnumerable<string> Counts(StepResources resources)
    {
        if (resources.TargetOpen is { } seen)
            yield return Say($"the server itself counted {seen} open at the count");
        if (resources.KernelEstablished is { } established)
            yield return Say($"the kernel counted {established} established at the count");
    }

    private static IEnumerable<string> Losses(LossSummary? losses)
    {
        if (losses is { } lost)
            yield return Say($"{lost.Count} open connections ended, nearly all within {Span(lost.TimeSpreadSeconds)} "
                + $"of each other, at the median {lost.MedianAgeSeconds:0.0} s after their last byte");
    }

    private static IEnumerable<string> Addresses(
        ImmutableArray<Support.Pool.AddressCount> addresses) => addresses.Length < 2
        ? []
        : addresses.OrderByDescending(address => address.Failed).Take(MostAddresses)
            .Select(address => Say($"{address.EndPoint}: {address.Failed} of {address.Attempted} failed"));

    private static IEnumerable<string> Server(StepResources resources)
    {
        if (resources.Server is not { } server)
            yield break;
        var facts = ServerFacts(server, resources.ServerBytes).ToList();
        if (facts.Count > 0)
            yield return $"{server.Name ?? "the server"}: {string.Join(", ", facts)}";
        if (server.Group is { } group && GroupRules.Facts(group) is { } said)
            yield return said;
        if (server.ListenOverflows is { } dropped and > 0)
            yield return $"the kernel dropped {Words.Count(dropped)} connections "
                + "at a full accept queue (ListenOverflows)";
    }

    private static IEnumerable<string> ServerFacts(ServerReading server, long? memory)
    {
        if ((server.Descriptors, server.DescriptorLimit) is ({ } open, { } most))
            yield return $"{Words.Count(open)} of {Words.Count(most)} descriptors open"
                + $"{(server.Processes > 1 ? Say($" in the fullest of its {server.Processes} processes") : "")}";
        if (memory is { } bytes)
            yield return $"{Words.Bytes(bytes)} of resident memory";
        if (server.CpuSeconds is { } seconds)
            yield return Say($"{seconds:0.0} s of processor time in the step");
    }

    private static IEnumerable<string> Answer(TargetAnswer answer) => answer switch
    {
        TargetAnswer.Opens => ["once these were closed, the server opened a connection again"],
        TargetAnswer.Rejects => ["once these were closed, the server answered, but opened no connection"],
        TargetAnswer.Gone => ["once these were closed, nobody answered any more"],
        TargetAnswer.Restarted => ["the server answers as another process than before the step"],
        _ => [],
    };

    private static IEnumerable<string> Search(SearchResult? search)
    {
        if (search is { Limit: { Breaks: { } breaks } found })
            yield return Say($"the search: {found.Holds} wanted were held at 99 %, {breaks} were not, after "
                + $"{search.Probes.Length} probes");
        if (search?.Varies is { } varies)
            yield return Say($"the same count was tried {varies.Samples.Length} times, and held from "
                + $"{varies.Samples.Min()} to {varies.High}");
        foreach (var same in (search?.Probes ?? []).Where(probe => probe.Kind == ProbeKind.Fresh)
            .GroupBy(probe => probe.Result.Sessions).Where(same => same.Count() > 1))
            yield return Say(
                $"{same.Key} wanted were held in {same.Count(probe => probe.Holds)} of {same.Count()} probes");
        if (search?.Paced is { } paced)
            yield return paced.Pace.Rate is { } rate
                ? Say($"at {rate:0.#} opens per second, {paced.Held} were held")
                : Say($"with {paced.Pace.InFlight} handshakes at once, {paced.Held} were held");
    }

    /// <summary>As in <c>40 ms</c> or <c>2.5 s</c>.</summary>
    internal static string Span(double seconds) =>
        seconds < 1 ? Say($"{seconds * 1000:0} ms") : Say($"{seconds:0.0} s");
}
