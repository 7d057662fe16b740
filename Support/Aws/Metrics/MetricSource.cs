namespace Support.Aws.Metrics;

/// <summary>Where metrics belong to: the same for all of a run.</summary>
/// <param name="Namespace">The CloudWatch namespace.</param>
/// <param name="Dimensions">What sets them apart.</param>
/// <param name="RunId">The run's id; a property of a line, not a dimension.</param>
/// <param name="Target">The server under test, secrets replaced; a property of a line, not a dimension.</param>
public sealed record MetricSource(string Namespace, MetricDimensions Dimensions, string RunId, string Target);
