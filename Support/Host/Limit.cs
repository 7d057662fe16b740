namespace Support.Host;

/// <summary>
/// A bound that was read from the system: a number, no limit, or not known. The three are never mixed up.
/// </summary>
public abstract record Limit
{
    private Limit(string source) => Source = source;

    /// <summary>Where the value was read: a file, a kernel setting or a runtime property.</summary>
    public string Source { get; }

    /// <summary>The number; null for "no limit" and for "not known".</summary>
    public long? Count => (this as Number)?.Value;

    /// <summary>A bound in bytes, in words.</summary>
    internal string InBytes() => this is Number number ? $"{Words.Bytes(number.Value)} ({Source})" : ToString()!;

    /// <summary>A bound in thousandths of a core, in words.</summary>
    internal string InCores() => this is Number number ? $"{Words.Cores(number.Value)} cores ({Source})" : ToString()!;

    /// <summary>A bound that has a number.</summary>
    public sealed record Number : Limit
    {
        /// <summary>A bound of <paramref name="value"/>, in the unit that the holding property names.</summary>
        public Number(long value, string source)
            : base(source) => Value = value;

        /// <summary>The number.</summary>
        public long Value { get; }

        /// <inheritdoc/>
        public override string ToString() => Say($"{Value:N0} ({Source})");
    }

    /// <summary>The system says that there is no bound.</summary>
    public sealed record None : Limit
    {
        /// <summary>No bound, as <paramref name="source"/> says.</summary>
        public None(string source)
            : base(source)
        {
        }

        /// <inheritdoc/>
        public override string ToString() => $"no limit ({Source})";
    }

    /// <summary>The system gave no usable answer.</summary>
    public sealed record Unknown : Limit
    {
        /// <summary>Not known because of <paramref name="why"/>.</summary>
        public Unknown(string why, string source)
            : base(source) => Why = why;

        /// <summary>Why it is not known, as a clause without a full stop.</summary>
        public string Why { get; }

        /// <inheritdoc/>
        public override string ToString() => $"not known: {Why} ({Source})";
    }

    /// <summary>The answer for a file that is missing or may not be read.</summary>
    public static Limit Absent(string source) => new Unknown("the file is absent or not readable", source);

    /// <summary>
    /// The answer for a text that is not what the kernel writes there; the text is shortened to 40 characters.
    /// </summary>
    public static Limit Garbage(
        string text, string wanted, string source) => new Unknown($"{Words.Quote(text)} is not {wanted}", source);

    /// <summary>A text that is one whole number of at least 0, as most files below <c>/proc/sys</c> hold.</summary>
    public static Limit OfWholeNumber(string? text, string source)
    {
        if (text is null)
            return Absent(source);

        return KernelText.Number(text.AsSpan().Trim()) is { } value
            ? new Number(value, source)
            : Garbage(text, "a whole number", source);
    }

    /// <summary>
    /// The one that binds of several that all apply: the least number, else "no limit", else the first "not known".
    /// </summary>
    public static Limit Least(IReadOnlyCollection<Limit> limits, string source) =>
        limits.OfType<Number>().MinBy(limit => limit.Value)
        ?? limits.OfType<None>().FirstOrDefault()
        ?? limits.FirstOrDefault()
        ?? new Unknown("nothing was read", source);
}
