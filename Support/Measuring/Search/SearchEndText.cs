namespace Support.Measuring.Search;

/// <summary>The end of a search in words, for logs, screen and reports. Pure.</summary>
internal static class SearchEndText
{
    /// <summary>All of it, as in <c>730 held 99 % and 731 did not, after 2 tries</c>.</summary>
    public static string Of(SearchResult search) => string.Join(
        "; ",
        ((string?[])
        [
            Of(search.End),
            .. search.ByChance.Select(count => Say($"{count} failed once and held when tried again")),
            search.ShareLost is { } lost ? Of(lost) : null,
            search.Pace is { } pace ? Of(pace, search.Paced is not null) : null,
        ]).OfType<string>());

    private static string Of(SearchEnd end) => end.Kind switch
    {
        SearchEndKind.NoLimitReached => Say($"nothing broke: at least {end.Low}") + After(end),
        SearchEndKind.NothingHeld => Say($"not even {end.High} held 99 %") + After(end),
        SearchEndKind.Found => Say($"{end.Low} held 99 % and {end.High} did not") + After(end),
        SearchEndKind.TooLong =>
            Say($"ended after {Probes(end.Probes)} and {end.Seconds:0} s between {end.Low} and {end.High}"),
        SearchEndKind.NeverOpened => "no connection was ever opened, so there is no limit to search",
        SearchEndKind.Interrupted => "the run was interrupted",
        SearchEndKind.ClientLimit => Say($"{Failure(end)}: this client was the limit at {end.Held}, not the server"),
        SearchEndKind.SuiteFailed => $"{Failure(end)}: the suite itself failed, which says nothing about the server",
        SearchEndKind.OutOfTime =>
            Say($"the step's time ended after {end.Attempted} of {end.Sessions} attempts, and those were held: ")
                + "raise Ladder.StepTimeout to find the limit",
        SearchEndKind.CutOff =>
            "connections are cut off for idleness, at any count: there is no limit of number to search",
        SearchEndKind.Gone => Say($"the target does not answer any more since {end.Sessions} were attempted"),
        SearchEndKind.Silent =>
            "the target opens no connection any more" + (end.Failure is null ? "" : $": {Failure(end)}"),
        SearchEndKind.ShareLost =>
            Say($"{end.Held} were held at once all the same: a share is lost at every count, ")
                + Say($"and {end.High} is no limit of number"),
        SearchEndKind.RunEnded => "the run ended during the search",
        _ => "the search ended",
    };

    private static string Of(PaceAnswer pace, bool matters)
    {
        if (pace.Rate is not { } rate)
            return "opened slowly, one after the other, more failed as well: pace makes no difference";
        var words = Say($"opened at {rate:0.#} a second, {pace.Held} were held");
        return (matters ? $"the limit depends on pace: {words}" : $"{words}: pace makes little difference")
            + (pace.Stop is { } stop ? $"; {Of(stop)}" : "");
    }

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
