using System.Collections.Immutable;

namespace Support.Aws.Dashboard;

/// <summary>One chart of a dashboard.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Axis">What its vertical axis counts.</param>
/// <param name="Lines">What is drawn.</param>
internal sealed record DashboardWidget(string Title, string Axis, ImmutableArray<DashboardLine> Lines)
{
    /// <summary>A value that is marked; null where there is none.</summary>
    public double? Threshold { get; init; }
}

/// <summary>A metric or an expression.</summary>
/// <param name="Metric">Namespace, name, and dimensions by name and value; empty for an expression.</param>
/// <param name="Statistic">As CloudWatch calls it; null for an expression.</param>
/// <param name="Label">As the legend names it; null where it is there for an expression only, and not drawn.</param>
internal sealed record DashboardLine(ImmutableArray<string> Metric, string? Statistic, string? Label)
{
    /// <summary>What an expression calls it; null where none does.</summary>
    public string? Id { get; init; }

    /// <summary>Metric math over the ids of others; null for a metric.</summary>
    public string? Expression { get; init; }
}
