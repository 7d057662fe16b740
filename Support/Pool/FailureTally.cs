using System.Collections.Immutable;

namespace Support.Pool;

/// <summary>Failures by class, each with its first example. Safe to use from several threads; failures are rare enough for a lock.</summary>
public sealed class FailureTally
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (int Count, string Example)> classes = new(StringComparer.Ordinal);

    /// <summary>How many of each class.</summary>
    public ImmutableSortedDictionary<string, int> Counts
    {
        get
        {
            lock (gate)
                return classes.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);
        }
    }

    /// <summary>The first example of each class.</summary>
    public ImmutableSortedDictionary<string, string> Examples
    {
        get
        {
            lock (gate)
                return classes.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Example, StringComparer.Ordinal);
        }
    }

    /// <summary>Counts one failure.</summary>
    public void Add(Failure failure)
    {
        var name = failure.Class.ToString();
        lock (gate)
        {
            classes[name] = classes.TryGetValue(name, out var known) ? (known.Count + 1, known.Example) : (1, failure.Example);
        }
    }
}
