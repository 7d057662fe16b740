using System.Collections.Immutable;
using System.Globalization;
using Support.Ecs;

namespace Support.Aws.Services;

/// <summary>What a load balancer's counts of connections mean beside what the run held. Pure.</summary>
internal static class ServiceNotes
{
    /// <summary>The id of the query that is compared with what the run held.</summary>
    public const string Active = "active";

    /// <summary>Elastic Load Balancing user guide: both counts are of connections from clients to the load balancer and from it to targets.</summary>
    public const string BothLegs = "counts both legs of a connection, client to load balancer and load balancer to target, so half of it is connections";

    private const double Legs = 2;

    /// <summary>The note with the count of the minute in which the run held the most.</summary>
    public static string Of(ServiceQuery query, ImmutableArray<MetricPoint> points, RunWindow window)
    {
        if (query.Id != Active || points.FirstOrDefault(point => point.At == window.HeldAt) is not { } peak)
            return query.Metric.Note;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{query.Metric.Note}; in the minute of {window.HeldAt:HH:mm} UTC {peak.Value:0.##} ÷ 2 = {peak.Value / Legs:0.##}, and the run held {window.Held}");
    }
}
