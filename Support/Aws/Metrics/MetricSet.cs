using System.Collections.Immutable;

namespace Support.Aws.Metrics;

/// <summary>Values of one moment: of a step that ended, or of the verdict.</summary>
/// <param name="At">The moment that they belong to: the end of the step, or of the run.</param>
/// <param name="Sessions">The connections that the step wanted; null for the verdict.</param>
/// <param name="Values">The values that are known; what is not known is absent, never 0.</param>
internal sealed record MetricSet(DateTimeOffset At, int? Sessions, ImmutableArray<MetricValue> Values)
{
    /// <summary>
    /// The seconds that CloudWatch keeps apart: 1 for a step, for several end in one minute; 60 for the verdict.
    /// </summary>
    /// <remarks>CloudWatch API reference, MetricDatum, StorageResolution: 1 or 60.</remarks>
    public int Resolution => Sessions is null ? 60 : 1;
}

/// <summary>One value.</summary>
/// <param name="Name">The metric's name, as in <c>ConnectLatencyP95</c>.</param>
/// <param name="Unit">As CloudWatch calls it (API reference, StandardUnit), as in <c>Milliseconds</c>.</param>
/// <param name="Value">Finite.</param>
internal sealed record MetricValue(string Name, string Unit, double Value);

/// <summary>Where metrics belong to: the same for all of a run.</summary>
/// <param name="Namespace">The CloudWatch namespace.</param>
/// <param name="Dimensions">What sets them apart.</param>
/// <param name="RunId">The run's id; a property of a line, not a dimension.</param>
/// <param name="Target">The server under test, secrets replaced; a property of a line, not a dimension.</param>
internal sealed record MetricSource(string Namespace, MetricDimensions Dimensions, string RunId, string Target);
