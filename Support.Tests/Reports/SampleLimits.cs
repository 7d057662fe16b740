using System.Collections.Immutable;
using Support.Host;
using Support.Measuring.Search;
using Support.Reports;
using Support.Verdict;

namespace Support.Tests.Reports;

/// <summary>Finished reports whose number is not the server's capacity, or not this run's.</summary>
internal static class SampleLimits
{
    /// <summary>
    /// This side ran out of ports: nothing of it is the server's capacity, and the counts don't agree.
    /// </summary>
    public static CapacityReport ClientLimit()
    {
        ImmutableArray<JudgedStep> steps =
        [
            .. new[] { 1000, 2000, 5000 }.Select(
                (sessions, index) => SampleSteps.Reliable(index + 1, sessions, sessions, 1.02 + (sessions * 0.0006))),
            SampleSteps.OutOfPorts(4, 20_000, 12_000, 31.5),
        ];
        return SampleReports.LimitFound() with
        {
            Steps = steps,
            Search = SampleSearches.None,
            MemorySlopes = MemoryFit.FromSteps(steps),
            MemoryPredictions = MemoryFit.Predictions(steps),
            Verdict = new RunVerdict
            {
                Outcome = RunOutcome.Passed, MaxReliable =
                    5000, PeakConnections = 12_000, SafeLimit = 4000, Exact = new ExactLimit(5000, null),
                Findings =
                [
                    new Finding("Counts.Server", "Client and server do not count the same", CheckOutcome.Warning,
                        "12,000, the client's count",
                        "in the step of 20,000 the server counts 11,990 open",
                        "Look whether a proxy answers in the server's place."),
                ],
                Bottleneck = new Bottleneck(
                    BottleneckSide.Client, "this machine has no free port left towards the server",
                    ["8,000 × ClientLimit(ports)"],
                    "Set Pool.SourceAddresses to more addresses, or widen net.ipv4.ip_local_port_range."),
            },
            Plan = SamplePlans.AtMostFive,
            ScalingFiles = [],
        };
    }

    /// <summary>Made anew from what a run left that was killed.</summary>
    public static CapacityReport Rebuilt() => SampleReports.LimitFound() with
    {
        Complete = false,
        Rebuilt = new RebuiltFrom("20261115T081200Z-99ab01", SampleReports.Started.AddHours(-1), 500, 1, false, null),
        Search = SampleSearches.HardCap with
        {
            Probes = [SampleSearches.HardCap.Probes[0]],
            Limit = null,
            Ended = "the run ended during the search",
            Seconds = 0,
        },
        Verdict = SampleReports.LimitFound().Verdict with
        {
            Outcome = RunOutcome.NotAttempted, Exact = null,
            Reasons = ["nothing was measured in this run; the numbers are those of an earlier run's steps.jsonl"],
        },
    };
}
