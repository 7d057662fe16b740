using Support.Host;
using Support.Pool;
using Support.Targets;

namespace Support.Measuring.SelfTest;

/// <summary>Sets what the pool read beside what was so. Pure.</summary>
internal static class SelfTestComparison
{
    public const string CapName = "a hidden cap";
    public const string DropsName = "dropped connections";

    private static readonly FailureClass OverCap = new(FailureKind.HandshakeRejected, "503");
    private static readonly FailureClass Dropped = new(FailureKind.DroppedAbnormally, FailureDetail.Fin);

    /// <summary>The cap is read to the connection: opened, held and the server's own counts are all the cap.</summary>
    public static SelfTestReading OfCap(SelfTestDraw draw, SelfTestCount count, double seconds)
    {
        var drawn = Say($"seed {draw.Seed}, a cap of {draw.Cap}");
        return Of(CapName, drawn, count, seconds, server =>
        [
            Differs("attempted", count.Facts.Counts.Attempted, count.Wanted, "were wanted"),
            Differs("opened", count.Facts.Counts.Opened, draw.Cap, "is the cap"),
            Differs("opened", count.Facts.Counts.Opened, server.Peak, "were open at most by the server's count"),
            Differs("held", count.Held, server.Open, "are open by the server's count"),
            Differs(OverCap.ToString(), count.Facts.Failures.GetValueOrDefault(OverCap), count.Wanted - draw.Cap,
                "were over the cap"),
        ]);
    }

    /// <summary>Each drop is read: what was opened, what is left, and the difference, which is not nothing.</summary>
    public static SelfTestReading OfDrops(SelfTestDraw draw, SelfTestCount count, double seconds)
    {
        var drawn = Say($"seed {draw.Seed}, drops with a chance of {draw.DropShare * 100:0} %");
        return Of(DropsName, drawn, count, seconds, server =>
        [
            Differs("attempted", count.Facts.Counts.Attempted, count.Wanted, "were wanted"),
            Differs("opened", count.Facts.Counts.Opened, server.Total, "were accepted by the server's count"),
            Differs("held", count.Held, server.Open, "are open by the server's count"),
            Differs(Dropped.ToString(), count.Facts.Failures.GetValueOrDefault(Dropped), server.Total - server.Open,
                "were dropped by the server's count"),
            server.Open < server.Total ? null : "the server dropped nothing, so the self-test shows nothing",
        ]);
    }

    /// <summary>Both readings where a server would stand still with every file open that it may have.</summary>
    /// <param name="draw">What was drawn.</param>
    /// <param name="files">How many files a process may have open.</param>
    public static SelfTestResult OutOfDescriptors(SelfTestDraw draw, long files)
    {
        var problem = Say($"a process may have {files} files open, and a server of the self-test needs "
            + $"{ClientBudget.SelfTestDescriptors}");
        return new([Reading(CapName), Reading(DropsName)], 0);

        SelfTestReading Reading(string name) => Failed(name, draw, 0, problem) with
        {
            Lacks = new(FailureKind.ClientLimit, FailureDetail.Descriptors),
        };
    }

    /// <summary>A reading that was not made before the deadline.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="draw">What was drawn.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="isOutOfTime">Whether this side got too little of the processor, and was not stuck.</param>
    public static SelfTestReading Overdue(string name, SelfTestDraw draw, double seconds, bool isOutOfTime)
    {
        var (longest, silence) = (SelfTestDeadline.Longest.TotalSeconds, SelfTestDeadline.Silence.TotalSeconds);
        if (!isOutOfTime)
            return Failed(name, draw, seconds, Say($"nothing moved for {silence:0} s"));
        var slow = Say($"not done after {longest:0} s: this side got too little of the processor");
        return Failed(name, draw, seconds, slow) with
        {
            Lacks = new(FailureKind.ClientLimit, FailureDetail.Processor),
        };
    }

    /// <summary>A reading that could not be made.</summary>
    public static SelfTestReading Failed(string name, SelfTestDraw draw, double seconds, string problem) =>
        new(name, Say($"seed {draw.Seed}; the server was not asked"), "nothing", seconds, problem);

    private static SelfTestReading Of(
        string name, string drawn, SelfTestCount count, double seconds, Func<TargetStats, string?[]> differences)
    {
        var read = Say($"{count.Facts.Counts.Attempted} attempted, {count.Facts.Counts.Opened} opened, {count.Held} "
            + $"held; failures: {Failures(count.Facts)}");
        var server = count.Server;
        var truth = Say($"{drawn}; the server counts {server.Open} open, {server.Peak} at most, {server.Total} "
            + $"accepted, {server.Rejected} refused");
        var found = differences(server).OfType<string>().Distinct().ToList();
        if (found.Count == 0)
            return new(name, truth, read, seconds, null);
        // What this side ran out of it did not open, and so it counts others than the server's draw: no miscount.
        var lacks = count.Facts.Failures.Keys.Where(failure => failure.Kind == FailureKind.ClientLimit)
            .Select(failure => (FailureClass?)failure).FirstOrDefault();
        var problem = lacks is { } limit
            ? count.Facts.Examples.GetValueOrDefault(limit, limit.ToString())
            : string.Join("; ", found);
        return new(name, truth, read, seconds, problem) { Lacks = lacks };
    }

    private static string? Differs(string what, int read, long truth, string because) =>
        read == truth ? null : Say($"{what}: {read} counted, {truth} {because}");

    private static string Failures(PoolFacts facts) => facts.Failures.IsEmpty
        ? "none"
        : string.Join(", ", facts.Failures.Select(failure => Say($"{failure.Value} {failure.Key}")));
}

/// <summary>What the pool counted, and what the server counted at that moment.</summary>
/// <param name="Wanted">What the pool was asked for.</param>
/// <param name="Facts">What it counted.</param>
/// <param name="Held">What it found responsive.</param>
/// <param name="Server">The server's own numbers.</param>
internal sealed record SelfTestCount(int Wanted, PoolFacts Facts, int Held, TargetStats Server);
