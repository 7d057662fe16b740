using System.Collections.Immutable;

namespace Support.Pool;

/// <summary>
/// Failures by class, each with its first example. Safe to use from several threads; failures are rare enough for a
/// lock.
/// </summary>
public sealed class FailureTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<FailureClass, (int Count, string Example)> classes = [];
    private int endedInTls;

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

    /// <summary>Counts one failure.</summary>
    public void Add(Failure failure)
    {
        lock (gate)
        {
            var (count, example) = classes.GetValueOrDefault(failure.Class, (0, failure.Example));
            classes[failure.Class] = (count + 1, example);
            endedInTls += failure.IsEndInTls ? 1 : 0;
        }
    }
}

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
