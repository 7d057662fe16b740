namespace Support.Pool;

/// <summary>How fast connections are opened.</summary>
/// <param name="InFlight">Handshakes at once; 1 to 10,000.</param>
/// <param name="Rate">Opens a second; null is unlimited.</param>
public sealed record OpenPace(int InFlight, double? Rate);
