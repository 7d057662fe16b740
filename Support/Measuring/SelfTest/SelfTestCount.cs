using Support.Pool;
using Support.Targets;

namespace Support.Measuring.SelfTest;

/// <summary>What the pool counted, and what the server counted at that moment.</summary>
/// <param name="Wanted">What the pool was asked for.</param>
/// <param name="Facts">What it counted.</param>
/// <param name="Held">What it found responsive.</param>
/// <param name="Server">The server's own numbers.</param>
internal sealed record SelfTestCount(int Wanted, PoolFacts Facts, int Held, TargetStats Server);
