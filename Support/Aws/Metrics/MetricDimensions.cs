using System.Collections.Immutable;
using Amazon.CloudWatch.Model;
using Support.Ecs;
using Support.Plan.Scaling;

namespace Support.Aws.Metrics;

/// <summary>
/// What sets the metrics of one service, task size and profile apart from those of another. What is not known is left
/// out.
/// </summary>
/// <remarks>
/// All metrics of a run have one and the same set, because CloudWatch finds a metric by its exact set of dimensions.
/// Run id and step are none: each value of a dimension is a metric of its own, and is paid for.
/// </remarks>
/// <param name="Cluster">The cluster's name or ARN; null where not known.</param>
/// <param name="Service">The name or ARN of the service under test; null where not known.</param>
/// <param name="TaskSize">
/// CPU units and MiB of the task that the suite runs in, as in <c>256/512</c>; null outside of a task.
/// </param>
/// <param name="Profile">The ladder's profile.</param>
internal sealed record MetricDimensions(string? Cluster, string? Service, string? TaskSize, string? Profile)
{
    // CloudWatch takes 1,024 (API reference, Dimension); names of ECS end at 255, and a line of embedded metrics has to
    // stay short.
    private const int MostCharacters = 255;

    /// <summary>
    /// As always sent: 1 to 255 printable ASCII characters, no colon first (CloudWatch API reference, Dimension).
    /// </summary>
    public ImmutableArray<MetricDimension> Known =>
    [
        .. new MetricDimension[]
        {
            new(EchoMetric.ClusterDimension, Allowed(EcsNames.ShortName(Cluster))),
            new(EchoMetric.ServiceDimension, Allowed(EcsNames.ShortName(Service))),
            new(nameof(TaskSize), Allowed(TaskSize)),
            new(nameof(Profile), Allowed(Profile)),
        }.Where(dimension => dimension.Value.Length > 0),
    ];

    private static string Allowed(string? value)
    {
        static char Plain(char sign) => sign is >= ' ' and <= '~' and not ('"' or '\\') ? sign : '_';
        var ascii = new string([.. (value ?? "").Trim().Take(MostCharacters).Select(Plain)]);
        return ascii.StartsWith(':') ? "_" + ascii[1..] : ascii;
    }
}

/// <summary>One dimension, as CloudWatch allows and shows it.</summary>
internal sealed record MetricDimension(string Name, string Value)
{
    internal Dimension ToSdk() => new() { Name = Name, Value = Value };
}
