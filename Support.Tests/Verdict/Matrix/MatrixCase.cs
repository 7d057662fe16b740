using Support.Verdict;

namespace Support.Tests.Verdict.Matrix;

/// <summary>A row of the fault matrix, and how it is produced for real.</summary>
/// <param name="Number">The row's number.</param>
/// <param name="Class">The row's class.</param>
/// <param name="Side">The row's side.</param>
/// <param name="Name">What makes it, in few words.</param>
/// <param name="ProduceAsync">Runs real steps against it.</param>
internal sealed record MatrixCase(
    int Number, string Class, BottleneckSide Side, string Name, Func<CancellationToken, Task<RunEvidence>> ProduceAsync)
{
    /// <summary>A part of the cause.</summary>
    public string Cause { get; init; } = "";

    /// <summary>The class that the connections are counted by, where the cause has one of its own.</summary>
    public string? Counted { get; init; }

    /// <summary>It changes something of this process: nothing else may run meanwhile.</summary>
    public bool IsAlone { get; init; }

    public bool Shows(FaultRow row) => (row.Number, row.Class, row.Side) == (Number, Class, Side);

    public override string ToString() => $"{Number:00} {Class}: {Name}";
}
