namespace Support.Aws;

/// <summary>What was read from AWS, or why not: a value either way.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public abstract record Reading<T>
{
    private Reading()
    {
    }

    /// <summary>It was read.</summary>
    /// <param name="Value">What was read.</param>
    public sealed record Facts(T Value) : Reading<T>;

    /// <summary>It was not read.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Failed(AwsFault Fault) : Reading<T>;
}
