namespace Support.Pool;

/// <summary>One failure: its class, and what was seen, in words without secrets.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">As in <see cref="FailureClass.Detail"/>.</param>
/// <param name="Example">What the peer or the system said.</param>
public sealed record Failure(FailureKind Kind, string? Detail, string Example)
{
    /// <summary>Kind and detail: what failures are counted by.</summary>
    public FailureClass Class => new(Kind, Detail);

    /// <summary>
    /// With <see cref="FailureKind.TlsFailure"/>: the peer ended or reset TCP before TLS was established, and TLS found
    /// no fault.
    /// </summary>
    public bool IsEndInTls { get; init; }
}
