using System.Collections.Immutable;
using System.Net;

namespace Support.Pool;

/// <summary>
/// Attempts and failures by the target's address: one bad address among several shows here. Safe to use from several
/// threads.
/// </summary>
internal sealed class AddressTally(ImmutableArray<IPEndPoint> endPoints)
{
    // Written by Interlocked.
    private readonly int[] opened = new int[endPoints.Length];
    private readonly int[] failed = new int[endPoints.Length];

    /// <summary>A row an address, in the resolver's order. An attempt counts when it ended.</summary>
    public ImmutableArray<AddressCount> Counts =>
    [
        .. endPoints.Select((endPoint, target) =>
        {
            var failures = Volatile.Read(ref failed[target]);
            return new AddressCount(endPoint.ToString(), Volatile.Read(ref opened[target]) + failures, failures);
        }),
    ];

    public void Opened(int target) => Interlocked.Increment(ref opened[target]);

    public void Failed(int target) => Interlocked.Increment(ref failed[target]);
}
