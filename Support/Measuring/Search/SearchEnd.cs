using System.Text.Json.Serialization;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>Why a search ended, or did not begin.</summary>
public enum SearchEndKind
{
    /// <summary>Known in words only: a log of version 1.0 or before has no more.</summary>
    Unknown,

    /// <summary>Every count held, if not at once then when it was tried again: a limit lies above.</summary>
    [JsonStringEnumMemberName("nothingBroke")]
    NoLimitReached,

    /// <summary>No count held.</summary>
    NothingHeld,

    /// <summary>One count held and another did not, with nothing left to search between the two.</summary>
    Found,

    /// <summary>Ended between two counts: it had as many probes, or as much time, as it may have.</summary>
    TooLong,

    /// <summary>No connection was ever opened.</summary>
    NeverOpened,

    /// <summary>The run was interrupted.</summary>
    Interrupted,

    /// <summary>This client was the limit.</summary>
    ClientLimit,

    /// <summary>The suite itself failed, or its surroundings did.</summary>
    SuiteFailed,

    /// <summary>The step's time ended, and what was attempted until then was held.</summary>
    OutOfTime,

    /// <summary>Connections are cut off for idleness, at any count.</summary>
    CutOff,

    /// <summary>The target does not answer any more.</summary>
    Gone,

    /// <summary>The target opens no connection any more.</summary>
    Silent,

    /// <summary>
    /// As many as a failing count wanted were held at once all the same: not their number made it fail.
    /// </summary>
    ShareLost,

    /// <summary>
    /// How connections are opened set the limit, and not how many are held: <see cref="SearchResult.Opening"/>.
    /// </summary>
    OpeningLimited,

    /// <summary>The limit differs from probe to probe: <see cref="SearchResult.Varies"/>.</summary>
    Varies,

    /// <summary>The run ended during the search.</summary>
    RunEnded,
}

/// <summary>Why a search ended, or did not begin, with what is to be said about it.</summary>
/// <param name="Kind">Why.</param>
public sealed record SearchEnd(SearchEndKind Kind)
{
    /// <summary>
    /// The highest count that held; 0 where none did. With <see cref="SearchEndKind.NoLimitReached"/>, <see
    /// cref="SearchEndKind.Found"/> and <see cref="SearchEndKind.TooLong"/>.
    /// </summary>
    public int Low { get; init; }

    /// <summary>The lowest count that did not hold, and never did; null where none did not.</summary>
    public int? High { get; init; }

    /// <summary>The probes until then, those at a slower pace left out; null where the search did not begin.</summary>
    [JsonPropertyName("tries")]
    public int? Probes { get; init; }

    /// <summary>How long it had taken, in seconds; with <see cref="SearchEndKind.TooLong"/>.</summary>
    public double Seconds { get; init; }

    /// <summary>The class that speaks for the step or probe that ended it; null where none does.</summary>
    public FailureClass? Failure { get; init; }

    /// <summary>The example of <see cref="Failure"/>; null where there is none.</summary>
    public string? Example { get; init; }

    /// <summary>The connections that the step or probe that ended it wanted.</summary>
    public int Sessions { get; init; }

    /// <summary>Its attempts.</summary>
    public int Attempted { get; init; }

    /// <summary>What it held; with <see cref="SearchEndKind.ShareLost"/> the most that any held.</summary>
    public int Held { get; init; }
}

/// <summary>What was seen where connections were opened slowly.</summary>
/// <param name="Rate">How many a second; null where more failed even one after the other.</param>
/// <param name="Held">How many were held at that pace.</param>
/// <param name="Stop">What else ended it before all were held; null where nothing did.</param>
public sealed record PaceAnswer(double? Rate, int Held, SearchEnd? Stop);
