using System.Collections.Immutable;
using Support.Aws.Metrics;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>One metric to read.</summary>
/// <param name="Id">Unique in the request; begins with a lower-case letter (API reference, MetricDataQuery).</param>
/// <param name="Namespace">The namespace of AWS.</param>
/// <param name="Dimensions">The exact set, in the order in which AWS documents it: an emulator finds a metric in that order only.</param>
/// <param name="Metric">What is known before it is read.</param>
/// <param name="Awaited">Whether it is asked for again while minutes are missing: all of them, those with load, or none.</param>
internal sealed record ServiceQuery(string Id, string Namespace, ImmutableArray<MetricDimension> Dimensions, ServiceMetric Metric, Awaited Awaited)
{
    /// <summary>The namespace of ECS.</summary>
    public const string Ecs = "AWS/ECS";

    /// <summary>The namespace of application load balancers.</summary>
    public const string LoadBalancers = "AWS/ApplicationELB";
}

/// <summary>Which minutes of a metric have to come.</summary>
internal enum Awaited
{
    /// <summary>None: it is reported only in minutes in which it is not zero.</summary>
    None,

    /// <summary>Those in which the run held something: there it is not zero.</summary>
    Loaded,

    /// <summary>All.</summary>
    EveryMinute,
}
