using System.Collections.Immutable;
using Support.Settings;

namespace Support.Pool;

/// <summary>
/// Failures by class, each with its first example. Safe to use from several threads; failures are rare enough for a
/// lock. What a peer said enters the suite here and nowhere else.
/// </summary>
public sealed class FailureTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<FailureClass, (int Count, string Example)> classes = [];
    private readonly PeerText peers;
    private int endedInTls;

    /// <summary>Empty.</summary>
    /// <param name="options">Whose secrets no example may hold.</param>
    public FailureTally(PoolOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        peers = new(options.Url, options.Headers);
    }

    /// <summary>How many of each class.</summary>
    public ImmutableSortedDictionary<FailureClass, int> Counts
    {
        get
        {
            lock (gate)
                return classes.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Count);
        }
    }

    /// <summary>The first example of each class.</summary>
    public ImmutableSortedDictionary<FailureClass, string> Examples
    {
        get
        {
            lock (gate)
                return classes.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Example);
        }
    }

    /// <summary>
    /// Of those of <see cref="FailureKind.TlsFailure"/>: where the peer ended or reset TCP, and TLS found no fault.
    /// </summary>
    public int EndedInTls => Volatile.Read(ref endedInTls);

    /// <summary>Counts one failure; gives the example of its class.</summary>
    public string Add(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        lock (gate)
        {
            var isKnown = classes.TryGetValue(failure.Class, out var known);
            var example = isKnown ? known.Example : ExampleOf(failure);
            classes[failure.Class] = (known.Count + 1, example);
            endedInTls += failure.IsEndInTls ? 1 : 0;
            return example;
        }
    }

    private string ExampleOf(Failure failure) => failure switch
    {
        { Said: null } => failure.Example,
        { Example: "" } => peers.Quote(failure.Said),
        _ => $"{failure.Example}: '{peers.Quote(failure.Said)}'",
    };
}

/// <summary>One failure: its class, what was seen, and what the peer said.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">As in <see cref="FailureClass.Detail"/>.</param>
/// <param name="Example">What was seen, in words of the suite and of the system; nothing that a peer said.</param>
public sealed record Failure(FailureKind Kind, string? Detail, string Example)
{
    /// <summary>
    /// What the peer said, as it came: it may hold anything. Null where it said nothing. Only
    /// <see cref="FailureTally"/> reads it.
    /// </summary>
    public string? Said { get; init; }

    /// <summary>Kind and detail: what failures are counted by.</summary>
    public FailureClass Class => new(Kind, Detail);

    /// <summary>
    /// With <see cref="FailureKind.TlsFailure"/>: the peer ended or reset TCP before TLS was established, and TLS found
    /// no fault.
    /// </summary>
    public bool IsEndInTls { get; init; }
}
