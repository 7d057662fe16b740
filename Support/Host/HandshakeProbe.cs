namespace Support.Host;

/// <summary>How one real handshake with the target went.</summary>
/// <param name="Ok">Whether the target answered as RFC 6455, 4.1 wants.</param>
/// <param name="Actual">What happened, without secrets: the class of the failure and what the peer said, or how long it took.</param>
/// <param name="Next">What to do; empty where nothing is to be done.</param>
public record HandshakeProbe(bool Ok, string Actual, string Next);
