namespace Support.Reports;

/// <summary>What became of the evidence outside of the reports folder.</summary>
/// <param name="Name">What was to be published, as in <c>metrics</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Where">Where to, as in <c>CloudWatch namespace WebSocketCapacity, PutMetricData</c>.</param>
/// <param name="Detail">How much, or why not; one sentence.</param>
/// <param name="Next">What to do about it; empty where there is nothing to do.</param>
public sealed record Publication(
    string Name, PublicationOutcome Outcome, string Where, string Detail, string Next = "");

/// <summary>What became of something that was to be published.</summary>
public enum PublicationOutcome
{
    /// <summary>It is there, as far as the receiver said.</summary>
    Published,

    /// <summary>It was handed on to something that does not answer, as a log driver.</summary>
    HandedOn,

    /// <summary>Measured, and not published.</summary>
    NotPublished,
}
