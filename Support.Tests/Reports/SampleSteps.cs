using System.Collections.Immutable;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
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
                Failures = Classes.Of(("HandshakeRejected(503)", sessions - held)),
                Examples = Classes.Of(
                    ("HandshakeRejected(503)", "127.0.0.1:41873 answered 503 Service Unavailable, Retry-After: 5")),
            });
    }

    public static JudgedStep Mixed(int number, int sessions, int held, double seconds) => new(
        sessions,
        StepOutcome.Unreliable,
        $"limit found: {held} of {sessions} held (62.4 %), threshold 80 %",
        Result(number, sessions, held, seconds) with
        {
            Opened = held + 410,
            Failures = Classes.Of(("HandshakeTimeout", 1020), ("ConnectTimeout", 430), ("DroppedAbnormally(rst)", 380),
                ("ClosedByPeer(1013)", 30), ("ConnectReset", 20)),
            Examples = Classes.Of(
                ("HandshakeTimeout", "10.0.3.17:443 accepted the connection and did not answer the upgrade in 10 s"),
                ("ConnectTimeout", "10.0.3.17:443 did not answer in 10 s")),
        });

    public static JudgedStep NotAttempted(
        int sessions, string? reason) => new(sessions, StepOutcome.NotAttempted, reason, null);

    public static JudgedStep OutOfPorts(int number, int sessions, int held, double seconds)
    {
        var step = Rejected(number, sessions, held, seconds);
        return step with
        {
            Result = step.Result! with
            {
                Failures = Classes.Of(("ClientLimit(ports)", sessions - held)),
                Examples = Classes.Of(("ClientLimit(ports)", "no free local port towards 127.0.0.1:41873")),
            },
        };
    }

    /// <summary>The same step with everything that can be said about one beside its counts.</summary>
    public static JudgedStep Troubled(JudgedStep step)
    {
        var result = step.Result!;
        return step with
        {
            Result = result with
            {
                Losses = new LossSummary(result.Dropped, 1.52, 0.31, 0.04),
                Addresses = [
                    new AddressCount("10.0.3.17:443", result.Attempted / 2, 1210),
                    new AddressCount("10.0.4.18:443", result.Attempted / 2, 240),
                ],
                TargetAnswer = TargetAnswer.Opens,
                Resources = result.Resources with
                {
                    TargetOpen = result.Held - 10,
                    Client = new ClientSaturation(412.5, 1.25, 0.5, 0.97, 0.91, 1),
                    Server = new ServerReading
                    {
                        Name = "nginx",
                        Processes = 3,
                        Descriptors = 1024,
                        DescriptorLimit = 1024,
                        ListenOverflows = 37,
                    },
                },
            },
        };
    }

    /// <summary>A try of the search, answered with 503 beyond what the server holds.</summary>
    public static SearchProbe Try(int number, ProbeKind kind, OpenPace pace, int sessions, int held)
    {
        var result = Result(number, sessions, held, 1.02 + (sessions * 0.001));
        return new(number, kind, pace, held == sessions
            ? result
            : result with { Failures = Classes.Of(("HandshakeRejected(503)", sessions - held)) });
    }

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
            Suite = new ProcessCost(0.05 + (sessions * 0.00002), 92_000_000, 92_300_000 + (number % 3 * 21_000), 180),
            Workers = new ProcessCost(
                0.02 + (sessions * 0.00025),
                31_000_000 + (number * 40_000),
                31_300_000 + (held * 2_400L) + (number % 3 * 21_000),
                80 + held),
            WorkerCount = 1,
            Target = new ProcessCost(
                0.03 + (sessions * 0.0004),
                78_500_000,
                78_800_000 + (held * 11_800L) + (number % 2 * 64_000),
                210 + held),
            CgroupBytes = 310_000_000 + (held * 22_000L),
            KernelSocketBytes = held * 4096L,
            SlabDeltaBytes = (held * 8_900L) + (number % 4 * 30_000),
            TimeWaitAfter = 0,
            TargetOpen = held,
            KernelEstablished = held,
            Client = new ClientSaturation(3.1 + (sessions * 0.004), 0, 2, 0.04 + (sessions * 0.0001), 0.17, 0),
            Server = new ServerReading
            {
                Name = "TargetServer", Processes = 1, Descriptors = 210 + held, DescriptorLimit = 65_535,
                ResidentBytes = 78_800_000 + (held * 11_800L) + (number % 2 * 64_000),
                CpuSeconds = 0.03 + (sessions * 0.0004), ListenOverflows = 0,
            },
        },
    };

    private static LatencySummary Latency(int sessions, double scale)
    {
        var median = scale * (1 + (sessions * 0.004));
        return new LatencySummary(median, median * 2.2, median * 3.6, median * (5 + (sessions / 200.0)));
    }
}
