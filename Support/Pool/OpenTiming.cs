namespace Support.Pool;

/// <summary>The stages of one successful open, in microseconds.</summary>
/// <param name="Tcp">Start to TCP established.</param>
/// <param name="Tls">TCP established to TLS established; 0 for <c>ws</c>.</param>
/// <param name="Upgrade">Request sent to answer checked.</param>
public readonly record struct OpenTiming(int Tcp, int Tls, int Upgrade)
{
    /// <summary>All stages together.</summary>
    public long Total => (long)Tcp + Tls + Upgrade;
}
