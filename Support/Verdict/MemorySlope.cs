using System.Collections.Immutable;

namespace Support.Verdict;

/// <summary>Memory against held connections: the slope of a least-squares line over the steps.</summary>
/// <param name="Owner">Whose memory.</param>
/// <param name="BytesPerConnection">The slope.</param>
/// <param name="HalfWidth">
/// Half the 95 % interval of the slope, in bytes: the true slope lies within it nineteen times in twenty, if the
/// readings scatter about a line.
/// </param>
/// <param name="InterceptBytes">The line's value at no connection, for each process that held.</param>
/// <param name="RSquared">The share of the variance that the line explains; 0 to 1.</param>
/// <param name="Points">What was read, and the line is drawn through.</param>
public sealed record MemorySlope(
    MemoryOwner Owner, double BytesPerConnection, double HalfWidth, double InterceptBytes, double RSquared,
    ImmutableArray<MemoryPoint> Points)
{
    /// <summary>
    /// Whether a connection takes no more than this, and may take far less: the server's heap had grown over the steps,
    /// and a server that was started anew was not measured.
    /// </summary>
    public bool IsUpperBound { get; init; }

    /// <summary>Whose memory, in words.</summary>
    public string Of => Owner.Name();

    /// <summary>What the line says for so many connections held by so many processes, in bytes.</summary>
    public double At(int held, int processes) => (InterceptBytes * processes) + (BytesPerConnection * held);
}

/// <summary>One measured point.</summary>
/// <param name="Held">Connections held.</param>
/// <param name="Bytes">Memory at the count.</param>
/// <param name="Processes">How many processes held them, each with a base of its own.</param>
public sealed record MemoryPoint(int Held, long Bytes, int Processes = 1);

/// <summary>What the steps before a step said of its memory, and what was read.</summary>
/// <param name="Owner">Whose memory.</param>
/// <param name="Sessions">The step.</param>
/// <param name="Held">The connections that it held: the prediction is for these, not for those that it wanted.</param>
/// <param name="BaseBytes">The part of the prediction that is there without a connection.</param>
/// <param name="PredictedBytes">The line through the steps before it, at that count.</param>
/// <param name="ActualBytes">What was read at the count.</param>
public sealed record MemoryPrediction(
    MemoryOwner Owner, int Sessions, int Held, double BaseBytes, double PredictedBytes, long ActualBytes)
{
    /// <summary>Whose memory, in words.</summary>
    public string Of => Owner.Name();

    /// <summary>Read less predicted, in bytes: above 0 where the step took more.</summary>
    public double OffBytes => ActualBytes - PredictedBytes;

    /// <summary>
    /// <see cref="OffBytes"/> ÷ what the connections were predicted to add; the base would make every error look small.
    /// Null where they add nothing.
    /// </summary>
    public double? OffShare => PredictedBytes > BaseBytes ? OffBytes / (PredictedBytes - BaseBytes) : null;
}
