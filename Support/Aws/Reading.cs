namespace Support.Aws;

/// <summary>What was read from AWS, or why not: one of the two is there.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
/// <param name="Value">What was read; null where it was not.</param>
/// <param name="Fault">Why it was not read; null where it was.</param>
internal sealed record Reading<T>(T? Value, AwsFault? Fault)
    where T : class
{
    /// <summary>It was read.</summary>
    public static implicit operator Reading<T>(T value) => new(value, null);

    /// <summary>It was not read.</summary>
    public static implicit operator Reading<T>(AwsFault fault) => new(null, fault);
}
