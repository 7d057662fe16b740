using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Support.Host;
using Support.Settings;
using Support.Verdict;

namespace Support.Sizes;

/// <summary>Where the numbers of a size come from.</summary>
public enum SizeSource
{
    /// <summary>They were measured in this run.</summary>
    Measured,

    /// <summary>They are those of the baseline file: the size could not be measured here.</summary>
    [JsonStringEnumMemberName("lockFile")]
    Baseline,

    /// <summary>There are none.</summary>
    None,
}

/// <summary>What there is to say about one size, worked out once.</summary>
public sealed record SizeRow
{
    /// <summary>The size, as <see cref="SizeCase.Label"/> has it.</summary>
    public required string Label { get; init; }

    /// <summary>CPU and memory of the task.</summary>
    public required TaskSize Size { get; init; }

    /// <summary>Why it was measured.</summary>
    public ImmutableArray<SizeOrigin> Origins { get; init; } = [];

    /// <summary>Where the numbers come from.</summary>
    public required SizeSource Source { get; init; }

    /// <summary>Why there are no numbers, or none of this run; null where they were measured here.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>The limit of each run in order: what it held at 99 % or better.</summary>
    public ImmutableArray<int> Limits { get; init; } = [];

    /// <summary>The limit as an interval over all runs; null where there are no numbers.</summary>
    public LimitInterval? Limit { get; init; }

    /// <summary>The least <c>maxReliable</c> of the runs; null where there is none.</summary>
    public int? MaxReliable { get; init; }

    /// <summary>The least safe limit of the runs; null where there is none.</summary>
    public int? SafeLimit { get; init; }

    /// <summary>
    /// What bound it in most runs, in a word or two, as in <c>memory</c>; null where nothing is known.
    /// </summary>
    public string? BoundBy { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Next { get; init; }

    /// <summary>Bytes that a held connection adds to what the task is charged for; null where not known.</summary>
    public double? BytesPerConnection { get; init; }

    /// <summary>
    /// The share of the quota's periods in which the server was stopped, at its worst step; 0 to 1, null where not
    /// known.
    /// </summary>
    public double? ThrottledShare { get; init; }

    /// <summary>
    /// The 95th percentile of connecting at the highest step that held 99 %, in milliseconds; the worst of the runs.
    /// </summary>
    public double? ConnectP95 { get; init; }

    /// <summary>The longest start of the server, in seconds.</summary>
    public double? StartSeconds { get; init; }

    /// <summary>How long a run took on average, in seconds.</summary>
    public double? SecondsPerRun { get; init; }

    /// <summary>What was expected; null where nothing is for this size.</summary>
    public ExpectedCapacity? Expected { get; init; }

    /// <summary>The cost of one such task a month, in US dollars; a month has 730 hours.</summary>
    public required double CostPerMonth { get; init; }

    /// <summary>
    /// The cost a month of 1,000 held connections, by the lower end of the limit; null where it holds none.
    /// </summary>
    public double? CostPerThousand { get; init; }

    /// <summary>What was accepted for the size, for the verdict of a run that could not measure it.</summary>
    internal AcceptedCapacity ToAccepted() => new(
        Limit!.Low, MaxReliable, SafeLimit ?? 0, ResourceNames.Find(BoundBy),
        "as accepted in the baseline "
        + $"file{(BoundBy is { } bound ? $" ({bound})" : "")}: {Label} could not be measured here");
}

/// <summary>A limit as an interval: the lowest and the highest of all runs.</summary>
/// <param name="Low">The least that a run found.</param>
/// <param name="Median">The median of the runs; of an even number the lower one.</param>
/// <param name="High">The most that a run found.</param>
/// <param name="IsLowerBound">
/// Whether in some run no limit was reached, or this machine and not the task was the limit: then it may hold more.
/// </param>
public sealed record LimitInterval(int Low, int Median, int High, bool IsLowerBound)
{
    /// <summary>High − low.</summary>
    public int Spread => High - Low;
}
