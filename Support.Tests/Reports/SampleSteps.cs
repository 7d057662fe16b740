using System.Collections.Immutable;
using Support.Measuring;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>Steps with figures that grow with their size.</summary>
internal static class SampleSteps
{
    public static JudgedStep Reliable(int number, int sessions, int held, double seconds) =>
        new(sessions, StepOutcome.Reliable, null, Result(number, sessions, held, seconds));

    public static JudgedStep Rejected(int number, int sessions, int held, double seconds)
    {
        var share = (held * 100.0 / sessions).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        return new JudgedStep(
            sessions,
            StepOutcome.Unreliable,
            $"limit found: {held} of {sessions} held ({share} %), threshold 75 %",
            Result(number, sessions, held, seconds) with
            {
                Failures = ImmutableSortedDictionary<string, int>.Empty.Add("HandshakeRejected(503)", sessions - held),
                Examples = ImmutableSortedDictionary<string, string>.Empty.Add(
                    "HandshakeRejected(503)", "127.0.0.1:41873 answered 503 Service Unavailable, Retry-After: 5"),
            });
    }

    public static JudgedStep Mixed(int number, int sessions, int held, double seconds) => new(
        sessions,
        StepOutcome.Unreliable,
        $"limit found: {held} of {sessions} held (62.4 %), threshold 80 %",
        Result(number, sessions, held, seconds) with
        {
            Opened = held + 410,
            Failures = ImmutableSortedDictionary<string, int>.Empty
                .Add("HandshakeTimeout", 1020).Add("ConnectTimeout", 430).Add("DroppedAbnormally(rst)", 380).Add("ClosedByPeer(1013)", 30).Add("ConnectReset", 20),
            Examples = ImmutableSortedDictionary<string, string>.Empty
                .Add("HandshakeTimeout", "10.0.3.17:443 accepted the connection and did not answer the upgrade in 10 s")
                .Add("ConnectTimeout", "10.0.3.17:443 did not answer in 10 s"),
        });

    public static JudgedStep NotAttempted(int sessions, string? reason) => new(sessions, StepOutcome.NotAttempted, reason, null);

    private static StepResult Result(int number, int sessions, int held, double seconds) => new()
    {
        Number = number,
        Sessions = sessions,
        StartedAt = SampleReports.Started.AddSeconds(number * 4),
        Attempted = sessions,
        Opened = held,
        Held = held,
        Seconds = seconds,
        OpenSeconds = seconds - 1,
        CloseSeconds = 0.08,
        ConnectMilliseconds = Latency(sessions, 0.6),
        TcpMilliseconds = Latency(sessions, 0.1),
        UpgradeMilliseconds = Latency(sessions, 0.5),
        PongMilliseconds = Latency(sessions, 0.2),
        Resources = new StepResources
        {
            Suite = new ProcessCost(0.02 + (sessions * 0.00025), 92_000_000 + (number * 40_000), 92_300_000 + (held * 2_400L) + (number % 3 * 21_000), 180 + held),
            Target = new ProcessCost(0.03 + (sessions * 0.0004), 78_500_000, 78_800_000 + (held * 11_800L) + (number % 2 * 64_000), 210 + held),
            CgroupBytes = 310_000_000 + (held * 22_000L),
            KernelSocketBytes = held * 4096L,
            SlabDeltaBytes = (held * 8_900L) + (number % 4 * 30_000),
            TimeWaitAfter = 0,
            TargetOpen = held,
        },
    };

    private static LatencySummary Latency(int sessions, double scale)
    {
        var median = scale * (1 + (sessions * 0.004));
        return new LatencySummary(median, median * 2.2, median * 3.6, median * (5 + (sessions / 200.0)));
    }
}
