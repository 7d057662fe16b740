using System.Collections.Immutable;
using Support.Measuring.Search;
using Support.Measuring.SelfTest;
using Support.Pool;

namespace Support.Tests.Reports;

/// <summary>Searches and calibrations of every kind.</summary>
internal static class SampleSearches
{
    private static readonly OpenPace Burst = new(100, null);

    /// <summary>A hard cap of 350: two tries.</summary>
    public static SearchResult HardCap { get; } = new()
    {
        Probes = [
            SampleSteps.Try(1, ProbeKind.Fresh, Burst, 351, 350),
            SampleSteps.Try(2, ProbeKind.Incremental, Burst, 354, 350),
        ],
        Limit = new ExactLimit(351, 354),
        Ended = "351 held and 354 did not, which is 1 % apart",
        Seconds = 4.08,
    };

    /// <summary>Bisected, and higher where connections come slowly.</summary>
    public static SearchResult Paced { get; } = new()
    {
        Probes =
        [
            SampleSteps.Try(1, ProbeKind.Fresh, Burst, 3120, 3001),
            SampleSteps.Try(2, ProbeKind.Fresh, Burst, 2560, 2560),
            SampleSteps.Try(3, ProbeKind.Incremental, Burst, 2840, 2790),
            SampleSteps.Try(4, ProbeKind.Fresh, Burst, 2700, 2700),
            SampleSteps.Try(5, ProbeKind.Incremental, Burst, 2770, 2735),
            SampleSteps.Try(6, ProbeKind.Fresh, Burst, 2735, 2720),
            SampleSteps.Try(7, ProbeKind.Incremental, Burst, 2760, 2728),
            SampleSteps.Try(8, ProbeKind.Paced, new OpenPace(1, 40), 5000, 4998),
        ],
        Limit = new ExactLimit(2735, null),
        Opening = OpeningLimit.Rate,
        Paced = new PacedLimit(new OpenPace(1, 40), 4998, new ExactLimit(5000, null)),
        Seconds = 94.3,
    };

    /// <summary>Nothing to search: the limit was this side's.</summary>
    public static SearchResult None { get; } = new() { Limit = new ExactLimit(
        5000, null), Ended = "the step of 20000 failed by ClientLimit(ports)", Seconds = 0 };

    public static SelfTestResult True { get; } = new(
        [
            new SelfTestReading(
                "a hidden cap", "cap 137 (seed 4711), 137 open, 61 rejected", "137 held of 198", 0.94, null),
            new SelfTestReading(
                "dropped connections",
                "120 opened, 37 dropped (seed 4711), 83 open",
                "83 held, 37 dropped",
                1.31,
                null),
        ],
        1.38);

    public static SelfTestResult Untrue { get; } = True with
    {
        Readings = [True.Readings[0], True.Readings[1] with
        {
            Read = "84 held, 36 dropped",
            Problem = "the suite counts one connection more than the server has",
        }],
    };
}
