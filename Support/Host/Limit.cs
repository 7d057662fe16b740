namespace Support.Host;

/// <summary>
/// A limit that was read from the system: a number, no limit, or not known. The three are never mixed up.
/// </summary>
public abstract record Limit
{
    private Limit(string source) => Source = source;

    /// <summary>Where the value was read: a file, a kernel setting or a runtime property.</summary>
    public string Source { get; }

    /// <summary>The number; null for "no limit" and for "not known".</summary>
    public long? Count => (this as Number)?.Value;

    /// <summary>In bytes, as text.</summary>
    internal string InBytes() => this is Number number ? $"{Words.Bytes(number.Value)} ({Source})" : ToString()!;

    /// <summary>In thousandths of a core, as text.</summary>
    internal string InCores() => this is Number number ? $"{Words.Cores(number.Value)} cores ({Source})" : ToString()!;

    /// <summary>A limit that has a number, in the unit that the holding property names.</summary>
    public sealed record Number(long Value, string Source) : Limit(Source)
    {
        /// <inheritdoc/>
        public override string ToString() => Say($"{Value:N0} ({Source})");
    }

    /// <summary>The system says that there is no limit.</summary>
    public sealed record None(string Source) : Limit(Source)
    {
        /// <inheritdoc/>
        public override string ToString() => $"no limit ({Source})";
    }

    /// <summary>The system gave no usable answer: why, as a clause without a full stop.</summary>
    public sealed record Unknown(string Why, string Source) : Limit(Source)
    {
        /// <inheritdoc/>
        public override string ToString() => $"not known: {Why} ({Source})";
    }

    /// <summary>The answer for a file that is missing or may not be read.</summary>
    public static Limit Absent(string source) => new Unknown("the file is absent or not readable", source);

    /// <summary>Not what the kernel writes there; the text is shortened to 40 characters.</summary>
    public static Limit Malformed(
        string text, string wanted, string source) => new Unknown($"{Words.Quote(text)} is not {wanted}", source);

    /// <summary>A text that is one whole number of at least 0, as most files below <c>/proc/sys</c> hold.</summary>
    public static Limit OfWholeNumber(string? text, string source)
    {
        if (text is null)
            return Absent(source);

        return KernelText.Number(text.AsSpan().Trim()) is { } value
            ? new Number(value, source)
            : Malformed(text, "a whole number", source);
    }

    /// <summary>Of several that all apply: the least number, else "no limit", else the first "not known".</summary>
    public static Limit Least(IReadOnlyCollection<Limit> limits, string source) =>
        limits.OfType<Number>().MinBy(limit => limit.Value)
        ?? limits.OfType<None>().FirstOrDefault()
        ?? limits.FirstOrDefault()
        ?? new Unknown("nothing was read", source);
}
