using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Support.Measuring;
using Support.Pool;

namespace Support.Measuring.Search;

/// <summary>How a probe began.</summary>
public enum ProbeKind
{
    /// <summary>With nothing open.</summary>
    [JsonStringEnumMemberName("clean")]
    Fresh,

    /// <summary>With what the probe before it held: only what was missing was opened.</summary>
    [JsonStringEnumMemberName("grown")]
    Incremental,

    /// <summary>As <see cref="Incremental"/>, and slowly: does the limit depend on pace?</summary>
    Paced,

    /// <summary>With nothing open, at a gentler pace than the run's own.</summary>
    FreshPaced,
}

/// <summary>What in the way connections are opened set the limit, so that it is none of how many are held.</summary>
public enum OpeningLimit
{
    /// <summary>How many are opened a second.</summary>
    Rate,

    /// <summary>How many handshakes are under way at once.</summary>
    InFlight,

    /// <summary>How many one client address may have.</summary>
    PerAddress,
}

/// <summary>A limit that is not the same in each probe.</summary>
/// <param name="Low">
/// So many are held each time: below the least that a probe held, by what one in a thousand samples of an even spread
/// would need. 0 or more.
/// </param>
/// <param name="High">The most that a probe held.</param>
/// <param name="Samples">What each probe held that was made to see how it varies.</param>
public sealed record VaryingLimit(int Low, int High, ImmutableArray<int> Samples);

/// <summary>One probe of the search.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Kind">How it began.</param>
/// <param name="Pace">How fast it opened.</param>
/// <param name="Result">Its facts.</param>
public sealed record SearchProbe(int Number, ProbeKind Kind, OpenPace Pace, StepResult Result)
{
    /// <summary>Whether it was opened more gently than the run's own pace: it shows no limit of the run.</summary>
    public bool IsPaced => Kind is ProbeKind.Paced or ProbeKind.FreshPaced;

    /// <summary>Whether it held 99 %.</summary>
    public bool Holds => Result.Reaches(StepResult.HoldsShare);
}

/// <summary>A limit that lies higher where connections are opened gently.</summary>
/// <param name="Pace">How gently: the fastest that was shown to do.</param>
/// <param name="Held">The most that were held at that pace.</param>
/// <param name="Limit">What bounds it at that pace; <c>Breaks</c> is null where no limit was reached.</param>
public sealed record PacedLimit(OpenPace Pace, int Held, ExactLimit Limit);

/// <summary>What the search for the exact limit did and found.</summary>
public sealed record SearchResult
{
    private readonly string? words;

    /// <summary>The probes in order; empty where none was needed or possible.</summary>
    [JsonPropertyName("tries")]
    public ImmutableArray<SearchProbe> Probes { get; init; } = [];

    /// <summary>
    /// The limit between the two counts that the probes left; <see cref="ExactLimit.IsExact"/> tells whether that is
    /// near enough. Null where no count held, and where a share is lost at every count.
    /// </summary>
    public ExactLimit? Limit { get; init; }

    /// <summary>Why the search ended or did not begin.</summary>
    public SearchEnd End { get; init; } = new(SearchEndKind.Unknown);

    /// <summary>Counts that failed once and held when they were tried again.</summary>
    public ImmutableArray<int> ByChance { get; init; } = [];

    /// <summary>What opening slowly showed; null where it was not tried.</summary>
    public PaceAnswer? Pace { get; init; }

    /// <summary>All of that in words: those of the log that it was read from, else worked out.</summary>
    public string Ended
    {
        get => words ?? SearchEndText.Of(this);
        init => words = value;
    }

    /// <summary>The same limit at a slower pace; null where the pace makes no difference or was not tried.</summary>
    public PacedLimit? Paced { get; init; }

    /// <summary>
    /// What in the way of opening set the limit: then <see cref="Limit"/> is a lower bound, and no number of it is one
    /// to plan with. Null where it made no difference or was not tried.
    /// </summary>
    public OpeningLimit? Opening { get; init; }

    /// <summary>
    /// How long clean probes waited, in seconds, because the server was not rid of the probe before without that; null
    /// where it was, or nothing showed it.
    /// </summary>
    public double? RestSeconds { get; init; }

    /// <summary>The limit where it differs from probe to probe; <see cref="Limit"/> is null then.</summary>
    public VaryingLimit? Varies { get; init; }

    /// <summary>How long all of it took, in seconds.</summary>
    public double Seconds { get; init; }
}

/// <summary>The search's answer.</summary>
/// <param name="Holds">This many were held at 99 % or better.</param>
/// <param name="Breaks">
/// This many were not; null where no limit was reached, and then <paramref name="Holds"/> is a lower bound.
/// </param>
public sealed record ExactLimit(int Holds, int? Breaks)
{
    /// <summary>
    /// The least that any step or probe held at once where <see cref="Holds"/> were wanted and 99 % were held; null
    /// where that is not known.
    /// </summary>
    public int? Held { get; init; }

    /// <summary>Whether the two lie as close as an exact limit has to: 1 % of <see cref="Holds"/>, or 1.</summary>
    public bool IsExact => Breaks is { } breaks && breaks - Holds <= Math.Max(1, Holds / 100);
}
