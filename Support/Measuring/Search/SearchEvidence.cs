using System.Collections.Immutable;

namespace Support.Measuring.Search;

/// <summary>
/// Every count's results over all steps and probes, judged together: whether they agree with one limit, with a limit
/// that varies, or with a share that is lost at any count. Pure.
/// </summary>
/// <param name="points">The results.</param>
/// <param name="high">The lowest count that did not hold; null where none did not.</param>
/// <param name="most">The most that were held at once, however they were opened.</param>
internal sealed class SearchEvidence(IReadOnlyList<SearchPoint> points, int? high, int most)
{
    /// <summary>
    /// How often the same count is tried where results differ: enough that the low end lies little more than half the
    /// spread below the least that was seen.
    /// </summary>
    public const int MostSamples = 16;

    /// <summary>Of so many samples that all agree, the limit does not vary.</summary>
    public const int AgreeingSamples = 6;

    // Of so many samples one would lie lower.
    private const double OneIn = 1000;

    // Fewer, or counts that lie nearer to each other, may lose the same share by chance.
    private const int LeastFailing = 3;
    private const int LeastRange = 4;

    // Of a share that is lost by chance, 99.9 % of counts lose no more and no less (normal approximation).
    private const double Deviations = 3.3;

    // A binomial scatters by 1; what scatters three times as much is not one.
    private const double MostScatter = 3;

    // That counts lose nothing by chance, where a share is lost, is no rarer.
    private const double LeastChance = 0.00001;

    // A count that shows the limit each time lies above all that were held.
    private const double Above = 1.1;

    /// <summary>The most that were held at once.</summary>
    public int MostHeld => most;

    /// <summary>The count near the limit that held the fewest; null where none failed there.</summary>
    public SearchPoint? Worst => AtLimit.Select(point => (SearchPoint?)point).MinBy(point => point!.Value.Held);

    /// <summary>
    /// The count to try again and again: above all that were held, so that it shows the limit each time.
    /// </summary>
    public int SampledCount => HardCap.Of((int)Math.Ceiling(most * Above)).Breaks;

    /// <summary>
    /// Whether as many were held at once as a count that failed wanted, or clearly more than it held: then the limit
    /// may vary. Not where the server died there: no two deaths come at the same number.
    /// </summary>
    public bool IsSuspicious
    {
        get
        {
            if (points.Any(point => point.Sessions == high && point.LostAt is not null))
                return false;
            var held = AtLimit.Where(point => !point.EndedTogether).Select(point => point.Held).ToList();
            return (high is { } breaks && new SearchPoint(breaks, Math.Min(most, breaks)).Holds)
                || (held.Count > 0 && !LimitSearch.AreNear(held.Min(), most));
        }
    }

    /// <summary>
    /// Whether the same share is lost at every count, as by chance: a limit leaves low counts alone and takes more of
    /// the higher ones.
    /// </summary>
    public bool LosesAShare
    {
        get
        {
            var failing = points.Where(point => !point.Holds && point.LostAt is null).ToList();
            return failing.Count >= LeastFailing
                && failing.Max(point => point.Sessions) >= LeastRange * failing.Min(point => point.Sessions)
                && AgreesWithAShare;
        }
    }

    /// <summary>Between which counts the limit varies; null where what was held does not show that.</summary>
    /// <remarks>
    /// Of n values spread evenly over a range, all lie in its upper part, of a share 1 ÷ (1 + c), with the probability
    /// (1 + c)^(1 − n). The low end is taken c times the seen spread below the least, with c so that this is 1 in
    /// 1,000. Few samples give a low end that is far down, and one alone gives none.
    /// </remarks>
    /// <param name="samples">What one count held, tried again and again.</param>
    /// <param name="limit">The limit that the search came to; null where it came to none.</param>
    public VaryingLimit? Varying(ImmutableArray<int> samples, ExactLimit? limit)
    {
        if (IsSettledBy(samples) && limit is { IsExact: true } && Agree(samples, limit))
            return null;
        ImmutableArray<int> all = samples.Length > 1 ? samples : [.. AtLimit.Select(point => point.Held), .. samples];
        var least = AtLimit.Select(point => point.Held).Concat(all).DefaultIfEmpty(0).Min();
        if (all.Length < 2)
            return new(0, MostHeld, [.. all.DefaultIfEmpty(MostHeld)]);
        var below = (MostHeld - least) * (Math.Pow(OneIn, 1.0 / (all.Length - 1)) - 1);
        return new(Math.Max(0, (int)Math.Floor(least - below)), MostHeld, all);
    }

    /// <summary>
    /// Whether so many samples agree, and so does every count that was tried more than once, that no more are needed.
    /// </summary>
    public bool IsSettledBy(ImmutableArray<int> samples) =>
        samples.Length >= AgreeingSamples && LimitSearch.AreNear(samples.Min(), samples.Max())
        && points.GroupBy(point => point.Sessions).All(same =>
            LimitSearch.AreNear(same.Min(point => point.Held), same.Max(point => point.Held)));

    /// <summary>Whether samples of one count scatter no more than a share that is lost by chance.</summary>
    /// <param name="sessions">The count.</param>
    /// <param name="samples">What it held each time.</param>
    public bool LosesAShareIn(int sessions, ImmutableArray<int> samples)
    {
        if (samples.Length < AgreeingSamples || IsSettledBy(samples) || !AgreesWithAShare)
            return false;
        var expected = samples.Average(held => sessions - held);
        var variance = expected * (1 - (expected / sessions));
        var scatter = samples.Average(held => Math.Pow(sessions - held - expected, 2));
        return variance > 0 && scatter <= MostScatter * variance;
    }

    private IEnumerable<SearchPoint> AtLimit =>
        points.Where(point => point is { Holds: false, LostAt: null } && 2 * point.Sessions > high);

    // The limit claims no more than was held each time.
    private static bool Agree(ImmutableArray<int> samples, ExactLimit limit) =>
        samples.Min() * 100L >= limit.Holds * (long)SearchPoint.HoldsPercent;

    private bool AgreesWithAShare
    {
        get
        {
            var counted = points.Where(point => point.LostAt is null).ToList();
            var share = counted.Sum(point => (double)(point.Sessions - point.Held))
                / counted.Sum(point => (double)point.Sessions);
            var whole = counted.Where(point => point.Held == point.Sessions).Sum(point => point.Sessions);
            return share > 0 && Math.Pow(1 - share, whole) >= LeastChance && counted.TrueForAll(point =>
                Math.Abs(point.Sessions - point.Held - (share * point.Sessions))
                    <= 1 + (Deviations * Math.Sqrt(share * (1 - share) * point.Sessions)));
        }
    }
}
