namespace Support.Measuring.Search;

/// <summary>The end of a search in words, for logs, screen and reports. Pure.</summary>
internal static class SearchEndText
{
    /// <summary>All of it, as in <c>730 held 99 % and 731 did not, after 2 probes</c>.</summary>
    public static string Of(SearchResult search) => string.Join(
        "; ",
        ((string?[])
        [
            Of(search.End),
            .. search.ByChance.Select(count => Say($"{count} failed once and held when probed again")),
            search.RestSeconds is { } rest
                ? Say($"closed connections counted on at the server: each probe waited {rest:0} s for it to let go")
                : null,
            search.Varies is { } varies ? Of(varies) : null,
            search.Opening is { } opening ? Of(opening, search) : search.Pace is { } pace ? Of(pace) : null,
        ]).OfType<string>());

    private static string Of(SearchEnd end) => end.Kind switch
    {
        SearchEndKind.NoLimitReached => Say($"no limit reached up to {end.Low}") + After(end),
        SearchEndKind.NothingHeld => Say($"no count held 99 %: the lowest was {end.High}") + After(end),
        SearchEndKind.Found => Say($"{end.Low} held 99 % and {end.High} did not") + After(end),
        SearchEndKind.TooLong =>
            Say($"stopped after {Probes(end.Probes)} and {end.Seconds:0} s: between {end.Low} and {end.High}"),
        SearchEndKind.NeverOpened => "no connection was ever opened, so there is no limit to search",
        SearchEndKind.Interrupted => "the run was interrupted",
        SearchEndKind.ClientLimit => Say($"{Failure(end)}: this client was the limit at {end.Held}, not the server"),
        SearchEndKind.SuiteFailed => $"{Failure(end)}: the suite itself failed, which says nothing about the server",
        SearchEndKind.OutOfTime =>
            Say($"the step's time ended after {end.Attempted} of {end.Sessions} attempts, and those were held: ")
                + "raise Ladder.StepTimeout to find the limit",
        SearchEndKind.CutOff =>
            "idle connections are cut off at any count, so there is no connection limit to search",
        SearchEndKind.Gone => Say($"the target stopped answering when {end.Sessions} connections were attempted"),
        SearchEndKind.Silent =>
            "the target no longer opens a connection" + (end.Failure is null ? "" : $": {Failure(end)}"),
        SearchEndKind.ShareLost =>
            Say($"{end.High} failed although {end.Held} were held at the same time: ")
                + "a share of the connections is lost at every count, so this is not a connection limit",
        SearchEndKind.OpeningLimited =>
            "not the number of connections set the limit, but how they are opened" + After(end),
        SearchEndKind.Varies => "the same count held in one probe and not in another" + After(end),
        SearchEndKind.RunEnded => "the run ended during the search",
        _ => "the search ended",
    };

    private static string Of(VaryingLimit varies) =>
        Say($"{varies.Samples.Length} probes held from {varies.Samples.Min()} to {varies.High}: ")
            + Say($"{varies.Low} are held each time");

    private static string Of(PaceAnswer pace) => pace.Rate is { } rate
        ? Say($"opened at {rate:0.#} per second, {pace.Held} were held: the rate makes little difference")
            + (pace.Stop is { } stop ? $"; {Of(stop)}" : "")
        : "opened slowly, one at a time, more failed as well: the rate makes no difference";

    private static string Of(OpeningLimit opening, SearchResult search) => (opening, search.Paced) switch
    {
        (OpeningLimit.PerAddress, _) => "a second client address opens more: the limit is one for each client",
        (OpeningLimit.InFlight, { } paced) =>
            Say($"the limit is one of handshakes at once: {paced.Held} were held with {paced.Pace.InFlight} at once"),
        (_, { Pace.Rate: { } rate } paced) =>
            Say($"the limit is rate-dependent: opened at {rate:0.#} per second, {paced.Held} were held"),
        _ => "the limit is rate-dependent: opened slowly, one at a time, more were held",
    };

    private static string Failure(SearchEnd end) =>
        end.Example is { } example ? $"{end.Failure} ({example})" : $"{end.Failure}";

    private static string After(SearchEnd end) => end.Probes is null ? "" : $", after {Probes(end.Probes)}";

    private static string Probes(int? probes) => probes switch
    {
        0 => "the ladder's own steps",
        1 => "1 probe",
        var count => Say($"{count} probes"),
    };
}
