using System.Collections.Immutable;
using Support.Measuring;
using Support.Plan.Scaling;
using Support.Reports;
using Support.Verdict;

namespace Support.Aws.Metrics;

/// <summary>Makes the metrics of a step and of a run. Pure.</summary>
internal static class MetricSets
{
    private const string Count = "Count";
    private const string Percent = "Percent";
    private const string Milliseconds = "Milliseconds";
    private const string Seconds = "Seconds";
    private const string Bytes = "Bytes";

    // CloudWatch API reference, MetricDatum: values beyond ±2^360 are refused.
    private static readonly double Greatest = Math.Pow(2, 360);

    /// <summary>Null where it was not attempted.</summary>
    public static MetricSet? OfStep(JudgedStep step)
    {
        if (step is not { Outcome: not StepOutcome.NotAttempted, Result: { Attempted: > 0 } result })
            return null;
        return Set(
            result.StartedAt.AddSeconds(result.Seconds), result.Sessions,
            [
                new("Attempted", Count, result.Attempted), new("Held", Count, result.Held),
                new("SuccessRate", Percent, result.SuccessRate * 100), .. Latency(result), .. Cost(result.Resources),
            ]);
    }

    /// <summary>Null where the run was broken, measured nothing, or tells of an earlier one.</summary>
    /// <remarks>
    /// A broken run's numbers end where it broke, and on a dashboard they would look like a limit. <c>ExactLimit</c> is
    /// there only where a limit was reached: a lower bound is none.
    /// </remarks>
    public static MetricSet? OfVerdict(CapacityReport report)
    {
        var verdict = report.Verdict;
        if (report.Rebuilt is not null || verdict.Outcome is not (RunOutcome.Passed or RunOutcome.Failed))
            return null;
        return Set(
            report.Run.StartedAt.AddSeconds(report.Run.Seconds), null,
            [
                new("SafeLimit", Count, verdict.SafeLimit),
                new("MaxReliable", Count, verdict.MaxReliable),
                new("HeldAtOnce", Count, verdict.PeakConnections),
                new("ExactLimit", Count, verdict.Exact is { Breaks: not null } exact ? exact.Holds : null),
            ]);
    }

    private static IEnumerable<Candidate> Latency(StepResult result) =>
    [
        new("ConnectLatencyP50", Milliseconds, result.ConnectMilliseconds?.P50),
        new("ConnectLatencyP95", Milliseconds, result.ConnectMilliseconds?.P95),
        new("ConnectLatencyP99", Milliseconds, result.ConnectMilliseconds?.P99),
        new("ConnectLatencyMax", Milliseconds, result.ConnectMilliseconds?.Max),
        new("EchoTimeP50", Milliseconds, result.PongMilliseconds?.P50),
        new(EchoMetric.Name, EchoMetric.Unit, result.PongMilliseconds?.P95),
        new("EchoTimeP99", Milliseconds, result.PongMilliseconds?.P99),
        new("EchoTimeMax", Milliseconds, result.PongMilliseconds?.Max),
    ];

    // A target of several processes is read as a whole where it can be.
    private static IEnumerable<Candidate> Cost(StepResources resources) =>
    [
        new("ClientCpu", Percent, resources.Client?.BusyShare * 100),
        new("ClientCpuSeconds", Seconds, OfClient(resources, cost => cost.CpuSeconds)),
        new("ClientMemory", Bytes, OfClient(resources, cost => cost.ResidentBytesHeld)),
        new("ClientMemoryShare", Percent, resources.Client?.MemoryShare * 100),
        new("ClientDescriptors", Count, OfClient(resources, cost => cost.Descriptors)),
        new("TargetCpuSeconds", Seconds, resources.Server?.CpuSeconds ?? resources.Target?.CpuSeconds),
        new("TargetMemory", Bytes, resources.ServerBytes),
        new("TargetDescriptors", Count, resources.Target?.Descriptors ?? resources.Server?.Descriptors),
    ];

    // The suite's own process and its workers; where one of them is not known, the sum is not known either.
    private static double? OfClient(StepResources resources, Func<ProcessCost, double?> read)
    {
        var suite = resources.Suite is { } own ? read(own) : null;
        if (resources.WorkerCount == 0)
            return suite;
        return suite + (resources.Workers is { } workers ? read(workers) : null);
    }

    private static MetricSet Set(DateTimeOffset at, int? sessions, IEnumerable<Candidate> candidates) => new(
        at, sessions,
        [
            .. candidates.Where(one => one.Value is { } value && double.IsFinite(value) && Math.Abs(value) <= Greatest)
                .Select(one => new MetricValue(one.Name, one.Unit, one.Value!.Value)),
        ]);

    private sealed record Candidate(string Name, string Unit, double? Value);
}

/// <summary>Values of one moment: of a step that ended, or of the verdict.</summary>
/// <param name="At">The moment that they belong to: the end of the step, or of the run.</param>
/// <param name="Sessions">The connections that the step wanted; null for the verdict.</param>
/// <param name="Values">The values that are known; what is not known is absent, never 0.</param>
internal sealed record MetricSet(DateTimeOffset At, int? Sessions, ImmutableArray<MetricValue> Values)
{
    /// <summary>In seconds (API reference, StorageResolution): several steps end in one minute.</summary>
    public int Resolution => Sessions is null ? 60 : 1;
}

/// <summary>A finite value, with its unit as CloudWatch calls it (API reference, StandardUnit).</summary>
internal sealed record MetricValue(string Name, string Unit, double Value);

/// <summary>Where metrics belong to: the same for all of a run.</summary>
/// <param name="Namespace">The CloudWatch namespace.</param>
/// <param name="Dimensions">What sets them apart.</param>
/// <param name="RunId">The run's id; a property of a line, not a dimension.</param>
/// <param name="Target">The server under test, secrets replaced; a property of a line, not a dimension.</param>
internal sealed record MetricSource(string Namespace, MetricDimensions Dimensions, string RunId, string Target);
