namespace Support.Pool;

/// <summary>What every connector of a pool shares; nothing in it changes.</summary>
/// <param name="Options">The pool's options.</param>
/// <param name="Request">The request's layout.</param>
/// <param name="Addresses">Where to connect.</param>
/// <param name="Tls">Null for <c>ws</c>.</param>
/// <param name="Time">The clock.</param>
internal sealed record ConnectorContext(
    PoolOptions Options, HandshakeRequest Request, TargetAddresses Addresses, TlsSettings? Tls, TimeProvider Time)
{
    /// <summary>How late the pool's threads came to their turn.</summary>
    public LagMeter Lag { get; } = new();

    /// <summary>The time between two timestamps; some 35 minutes at most, which no attempt takes.</summary>
    public int Microseconds(long from, long to) =>
        (int)Math.Min(int.MaxValue, Time.GetElapsedTime(from, to).TotalMicroseconds);
}
