namespace Support.Verdict;

/// <summary>
/// One way in which a target, a path or the suite's own surroundings misbehave, and how a run shows it.
/// </summary>
/// <param name="Number">
/// Its number in the fault matrix that the suite was built against; null for a row beyond it.
/// </param>
/// <param name="Class">
/// The failure class as the reports spell it; <see cref="FaultCatalog.NoClass"/> where no connection fails for it.
/// </param>
/// <param name="Side">Whose limit the verdict then names; none where nothing is limited.</param>
/// <param name="Behaviour">What happens, seen from outside.</param>
/// <param name="Says">What the suite says and does.</param>
internal sealed record FaultRow(int? Number, string Class, BottleneckSide Side, string Behaviour, string Says)
{
    /// <summary>
    /// Where it is shown, if not by a server that the fault matrix' own test starts: a test as <c>Type.Method</c>, or a
    /// script's path.
    /// </summary>
    public string? ShownBy { get; init; }
}
