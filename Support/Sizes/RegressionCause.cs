using Support.Host;

namespace Support.Sizes;

/// <summary>What differs between an accepted measurement and one that holds fewer, as far as both have it.</summary>
internal enum Changed
{
    /// <summary>The server does not start any more.</summary>
    Start,

    /// <summary>The server's own cap.</summary>
    OwnCap,

    /// <summary>What a connection takes.</summary>
    MemoryPerConnection,

    /// <summary>In how many periods of its quota the server was stopped.</summary>
    Throttling,

    /// <summary>What binds it.</summary>
    Bottleneck,

    /// <summary>How long it takes to start.</summary>
    StartTime,
}

/// <summary>A difference.</summary>
/// <param name="What">Of what.</param>
/// <param name="IsCause">Whether it is of what binds the server now, so that it explains the loss.</param>
/// <param name="Text">Both figures, as in <c>a connection takes 15,200 bytes and took 10,000 (+52 %)</c>.</param>
internal sealed record RegressionCause(Changed What, bool IsCause, string Text)
{
    // Smaller differences lie between two measurements of the same server as well.
    private const double LeastGrowth = 0.1;
    private const double LeastShare = 0.1;
    private const double LeastSeconds = 1;
    private const double LeastStart = 0.5;

    /// <summary>
    /// The differences, what explains the loss first; empty where nothing that both measured differs.
    /// </summary>
    public static IReadOnlyList<RegressionCause> Of(JudgedSize size, BaselineEntry entry)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(entry);
        var (row, now) = (size.Row, ResourceNames.Find(size.Row.BoundBy));
        RegressionCause?[] all =
        [
            size.Counted.Count(run => run.NotStarted is not null) * 2 > size.Counted.Length
                ? new(Changed.Start, true, "the server does not start there any more")
                : null,
            Cap(now, entry), Memory(row, entry, now), Throttling(row, entry, now), Bound(row, entry, now),
            StartTime(row, entry),
        ];
        return [.. all.OfType<RegressionCause>().OrderByDescending(cause => cause.IsCause)];
    }

    /// <summary>As in <c>Cause: …. Also different: …; ….</c>; empty where there are none.</summary>
    public static string Sentence(IReadOnlyList<RegressionCause> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        var (causes, others) = (Joined(all, isCause: true), Joined(all, isCause: false));
        return (causes, others) switch
        {
            ("", "") => "",
            ("", _) => $"Different: {others}. ",
            (_, "") => $"Cause: {causes}. ",
            _ => $"Cause: {causes}. Also different: {others}. ",
        };
    }

    private static string Joined(IReadOnlyList<RegressionCause> all, bool isCause) =>
        string.Join("; ", all.Where(cause => cause.IsCause == isCause).Select(cause => cause.Text));

    private static RegressionCause? Cap(Resource? now, BaselineEntry entry) => now != Resource.OwnCap ? null
        : new(Changed.OwnCap, true, ResourceNames.Find(entry.BoundBy) == Resource.OwnCap
            ? "its own cap is lower"
            : $"it has a cap of its own that it did not reach then{Then(entry)}");

    private static RegressionCause? Memory(SizeRow row, BaselineEntry entry, Resource? now) =>
        (row.BytesPerConnection, entry.BytesPerConnection) is ({ } bytes, > 0 and { } then)
            && (bytes / then) - 1 is >= LeastGrowth and var growth
            ? new(Changed.MemoryPerConnection, now == Resource.Memory,
                Say($"a connection takes {bytes:N0} bytes and took {then:N0} (+{growth * 100:0} %)"))
            : null;

    private static RegressionCause? Throttling(SizeRow row, BaselineEntry entry, Resource? now) =>
        (row.ThrottledShare, entry.ThrottledShare) is ({ } share, { } then) && share - then >= LeastShare
            ? new(Changed.Throttling, now == Resource.Processor,
                Say($"it was stopped in {share * 100:0} % of its quota's periods and in {then * 100:0} % then"))
            : null;

    // A cap of its own is told as such.
    private static RegressionCause? Bound(SizeRow row, BaselineEntry entry, Resource? now) =>
        row.BoundBy is { } bound && entry.BoundBy is { } then && bound != then && now != Resource.OwnCap
            ? new(Changed.Bottleneck, false, $"it is limited by {bound} and was by {then}")
            : null;

    private static RegressionCause? StartTime(SizeRow row, BaselineEntry entry) =>
        (row.StartSeconds, entry.StartSeconds) is ({ } seconds, { } then)
            && seconds - then >= LeastSeconds && seconds >= then * (1 + LeastStart)
            ? new(Changed.StartTime, false, Say($"it starts in {seconds:0.0} s and did in {then:0.0} s"))
            : null;

    private static string Then(BaselineEntry entry) => entry.BoundBy is { } then ? $" (limited by {then})" : "";
}
